import { expect, it } from "vitest";
import { type Face, Lips } from "./lips";

const FACE: Face = { sound: "s", picture: "p" };

/** Looks one after the other; `ahead` is how much newer the picture is than the sound. */
function looks(lips: Lips, ahead: readonly (number | null)[], faces: Face[] = [FACE]): number[] {
  return ahead.map((ms, round) => {
    const at = 1_000_000 + round * 2_000;
    const row = (track: string, played: number | undefined, packetsReceived: number) => ({
      type: "inbound-rtp",
      trackIdentifier: track,
      estimatedPlayoutTimestamp: played,
      packetsReceived,
    });
    lips.see(
      [
        row("s", ms === null ? undefined : at, 100 * (round + 1)),
        row("p", at + (ms ?? 0), 30 * (round + 1)),
        { type: "transport", id: "T" },
      ],
      faces,
    );
    return lips.waitMs("p");
  });
}

it("lets a picture wait that is ahead of its sound, and no longer than it is", () => {
  expect(looks(new Lips(), [200, 200, 100, 60, 60])).toEqual([0, 100, 150, 150, 150]);
  expect(looks(new Lips(), [0, 400, 200, -40, -400, -400])).toEqual([0, 200, 300, 280, 80, 0]);
});

it("leaves alone what nobody notices", () => {
  expect(looks(new Lips(), [0, 80, -30, 50])).toEqual([0, 0, 0, 0]);
});

it("never waits for long, nor for sound that stands still or says nothing", () => {
  expect(Math.max(...looks(new Lips(), Array(20).fill(1_400)))).toBe(600);
  expect(looks(new Lips(), [0, 2_000, null, null])).toEqual([0, 0, 0, 0]);
  const lips = new Lips();
  const stands = { type: "inbound-rtp", trackIdentifier: "s", packetsReceived: 5 };
  const shows = { type: "inbound-rtp", trackIdentifier: "p", estimatedPlayoutTimestamp: 900 };
  for (const packetsReceived of [1, 2, 3]) {
    lips.see(
      [
        { ...stands, estimatedPlayoutTimestamp: 0 },
        { ...shows, packetsReceived },
      ],
      [FACE],
    );
  }
  expect(lips.waitMs("p")).toBe(0);
});

it("forgets who left", () => {
  const lips = new Lips();
  expect(looks(lips, [200, 200])).toEqual([0, 100]);
  lips.see([], []);
  expect(lips.waitMs("p")).toBe(0);
});
