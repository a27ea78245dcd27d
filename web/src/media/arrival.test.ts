import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Link } from "../wire/socket";
import { Arrival, arrivedOf } from "./arrival";

function setUp() {
  const link = signal<Link>("up");
  const facts = { packets: 100, looks: 0 };
  const reports = async () => {
    facts.looks += 1;
    return [{ type: "inbound-rtp", packetsReceived: facts.packets }];
  };
  return { link, facts, arrival: new Arrival({ reports }, link) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("what arrives while messages wait", () => {
  it("is not looked at while they come", async () => {
    const { facts, arrival } = setUp();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([facts.looks, arrival.goesOn.value]).toEqual([0, false]);
    arrival.close();
  });

  it("goes on as long as something came lately", async () => {
    const { link, facts, arrival } = setUp();
    link.value = "down";
    await vi.advanceTimersByTimeAsync(1_500);
    expect(arrival.goesOn.value).toBe(false);
    facts.packets += 1;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(arrival.goesOn.value).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(arrival.goesOn.value).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(arrival.goesOn.value).toBe(false);
    facts.packets += 1;
    await vi.advanceTimersByTimeAsync(1_000);
    link.value = "up";
    expect(arrival.goesOn.value).toBe(false);
    const { looks } = facts;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(facts.looks).toBe(looks);
  });

  it("counts packets, and checks of a path on which nobody speaks", () => {
    expect(
      arrivedOf([
        { type: "inbound-rtp", packetsReceived: 7 },
        { type: "candidate-pair", responsesReceived: 3 },
        { type: "candidate-pair" },
        { type: "outbound-rtp", packetsSent: 9 },
      ]),
    ).toBe(10);
  });
});
