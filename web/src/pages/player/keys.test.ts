import { describe, expect, it } from "vitest";
import { hasText } from "../../text/text";
import { KEYS, keyOf } from "./keys";
import { clockOf, spokenOf } from "./times";

const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe("keys of the player", () => {
  it("mean one thing each, and every one is told on the sheet", () => {
    const all = KEYS.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
    expect(KEYS.filter(({ word }) => !hasText(word))).toEqual([]);
  });

  it("are the browser's with a modifier", () => {
    expect(keyOf({ ...plain, key: "K" })?.word).toBe("player-key-play");
    expect(keyOf({ ...plain, key: "k", ctrlKey: true })).toBeNull();
    expect(keyOf({ ...plain, key: "q" })).toBeNull();
  });
});

describe("times", () => {
  it("are shown short and read aloud whole", () => {
    expect(clockOf(65_900)).toBe("1:05");
    expect(clockOf(3_845_000)).toBe("1:04:05");
    expect(clockOf(-5)).toBe("0:00");
    expect(spokenOf(61_000)).toBe("1 minute 1 second");
    expect(spokenOf(7_322_000)).toBe("2 hours 2 minutes 2 seconds");
  });
});
