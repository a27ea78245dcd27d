import { describe, expect, it } from "vitest";
import { clockNow } from "./clock";
import { EMPTY_ROOM } from "./state";

describe("the room clock", () => {
  it("goes on from what the snapshot said", () => {
    const state = { ...EMPTY_ROOM, clock: { ms: 60_000, at: 1_000 } };
    expect(clockNow(state, 1_000)).toBe(60_000);
    expect(clockNow(state, 3_500)).toBe(62_500);
  });

  it("never shows less than nothing", () => {
    expect(clockNow({ ...EMPTY_ROOM, clock: { ms: 0, at: 500 } }, 100)).toBe(0);
  });
});
