import { describe, expect, it } from "vitest";
import { afterSilence } from "./silence";

const SPEECH = [
  [5_000, 9_000],
  [6_000, 12_000],
  [13_000, 14_000],
  [20_000, 30_000],
] as const;

describe("skipping silence", () => {
  it("goes to just before the next word", () => {
    expect(afterSilence(1_000, SPEECH)).toBe(4_700);
    expect(afterSilence(15_000, SPEECH)).toBe(19_700);
  });

  it("leaves what is spoken, short pauses, and the last words' end", () => {
    for (const ms of [5_000, 10_000, 12_500, 14_100, 19_800, 25_000]) {
      expect(afterSilence(ms, SPEECH)).toBeNull();
    }
  });

  it("leaves what comes after the last word: there is nowhere to go", () => {
    expect(afterSilence(31_000, SPEECH)).toBeNull();
    expect(afterSilence(0, [])).toBeNull();
  });
});
