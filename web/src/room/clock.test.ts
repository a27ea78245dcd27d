import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure, success } from "../result";
import type { Request } from "../wire/socket";
import { afterSnapshot, better, clockNow, type Reading, readingOf } from "./clock";
import { ClockWatch } from "./clock_watch";
import { EMPTY_ROOM } from "./state";

const told = (ms: number, at: number, error = Number.POSITIVE_INFINITY) => ({ ms, at, error });

describe("the room clock", () => {
  it("goes on from what was read", () => {
    const state = { ...EMPTY_ROOM, clock: told(60_000, 1_000) };
    expect(clockNow(state, 1_000)).toBe(60_000);
    expect(clockNow(state, 3_500)).toBe(62_500);
  });

  it("never shows less than nothing", () => {
    expect(clockNow({ ...EMPTY_ROOM, clock: told(0, 500) }, 100)).toBe(0);
  });

  it("takes a better reading, and a worse one once the good one is old", () => {
    const good = told(10_000, 0, 5);
    expect(better(good, told(11_000, 1_000, 40))).toBe(good);
    expect(better(good, told(11_000, 1_000, 4)).ms).toBe(11_000);
    const late = told(610_000, 600_000, 40);
    expect(better(good, late)).toBe(late);
    expect(better(told(9_000, 0), told(10_000, 1_000, 900)).ms).toBe(10_000);
  });

  it("goes on with what was measured after a snapshot, unless it is another clock", () => {
    const known = told(10_000, 0, 5);
    const same = afterSnapshot(known, { ms: 14_900, at: 5_000 });
    expect([same.ms, same.at]).toEqual([10_000, 0]);
    expect(better(same, told(15_020, 5_000, 80)).ms).toBe(15_020);
    expect(afterSnapshot(known, { ms: 400, at: 5_000 }).ms).toBe(400);
    expect(afterSnapshot(told(10_000, 0), { ms: 14_900, at: 5_000 }).ms).toBe(14_900);
  });
});

/** A server that is some time ahead, over a way that is as long as each draw says. */
function farAway(ahead: number, ways: [there: number, back: number][], lost: number[] = []) {
  let count = 0;
  const request = vi.fn(async () => {
    const at = count++;
    const [there, back] = ways[at % ways.length] ?? [0, 0];
    await new Promise((resolve) => setTimeout(resolve, there));
    const clock_ms = performance.now() + ahead;
    await new Promise((resolve) => setTimeout(resolve, back));
    return lost.includes(at)
      ? failure({ code: "wire.timeout", params: {} })
      : success({ clock_ms });
  });
  return { request: request as unknown as Request, asked: request };
}

describe("measuring it", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const error = (reading: Reading, ahead: number) => Math.abs(reading.ms - reading.at - ahead);

  it.each([
    ["even", [[40, 40]], []],
    ["lopsided", [[180, 10]], []],
    [
      "wild",
      [
        [300, 20],
        [5, 90],
        [30, 31],
        [900, 4],
        [2, 60],
      ],
      [],
    ],
    [
      "lossy",
      [
        [20, 400],
        [10, 12],
        [50, 50],
      ],
      [1, 3],
    ],
  ] as [string, [number, number][], number[]][])(
    "is off by half the least round trip at most: %s",
    async (_, ways, lost) => {
      const readings: Reading[] = [];
      const server = farAway(7_000, ways, lost);
      const watch = new ClockWatch(server, (reading) => readings.push(reading));
      watch.start();
      await vi.advanceTimersByTimeAsync(20_000);
      const kept =
        ways.length === 1
          ? ways
          : [...Array(5).keys()]
              .filter((at) => !lost.includes(at))
              .map((at) => ways[at % ways.length] ?? [0, 0]);
      const least = Math.min(...kept.map(([there = 0, back = 0]) => there + back));
      expect(readings).toHaveLength(1);
      expect(readings[0]?.error).toBeCloseTo(least / 2, 0);
      expect(error(readings[0] as Reading, 7_000)).toBeLessThanOrEqual(least / 2 + 0.001);
      watch.stop();
    },
  );

  it("asks again each half minute, and no more once it is stopped", async () => {
    const readings: Reading[] = [];
    const server = farAway(0, [[10, 10]]);
    const watch = new ClockWatch(server, (reading) => readings.push(reading));
    watch.start();
    await vi.advanceTimersByTimeAsync(65_000);
    expect([readings.length, server.asked.mock.calls.length]).toEqual([3, 15]);
    watch.start();
    await vi.advanceTimersByTimeAsync(15);
    watch.stop();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(readings).toHaveLength(3);
  });

  it("says nothing when nobody answers", async () => {
    const readings: Reading[] = [];
    const watch = new ClockWatch(farAway(0, [[10, 10]], [0, 1, 2, 3, 4]), (reading) =>
      readings.push(reading),
    );
    watch.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(readings).toEqual([]);
    expect(readingOf([])).toBeNull();
    watch.stop();
  });
});
