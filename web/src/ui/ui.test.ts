import { describe, expect, it } from "vitest";
import { initialsOf, tintOf } from "./avatar";
import { placeOf } from "./place";

describe("initialsOf", () => {
  it.each([
    ["Amara Okafor", "AO"],
    ["Tomás", "T"],
    ["  Park   Min-jun ", "PM"],
    ["林悦", "林"],
    ["émile zola", "ÉZ"],
    ["🙂 Zoë", "🙂Z"],
    ["", ""],
  ])("takes from %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

it("gives the same person the same tint", () => {
  expect(tintOf("p1")).toBe(tintOf("p1"));
  expect(new Set(["a", "b", "c", "d", "e", "f"].map(tintOf)).size).toBeGreaterThan(2);
});

describe("placeOf", () => {
  const window = { width: 1000, height: 800 };
  const size = { width: 200, height: 100 };
  const anchor = { left: 400, top: 300, width: 40, height: 40 };

  it("centres below or above the anchor", () => {
    expect(placeOf(anchor, size, window, "below")).toEqual({ left: 320, top: 346 });
    expect(placeOf(anchor, size, window, "above")).toEqual({ left: 320, top: 194 });
  });

  it("turns over where there is no room, and stays inside the window", () => {
    expect(placeOf({ ...anchor, top: 750 }, size, window, "below").top).toBe(644);
    expect(placeOf({ ...anchor, top: 20 }, size, window, "above").top).toBe(66);
    expect(placeOf({ ...anchor, left: 950 }, size, window, "below").left).toBe(790);
    expect(placeOf({ ...anchor, left: 10 }, size, window, "below").left).toBe(10);
  });

  it("stands level with its anchor at either side", () => {
    expect(placeOf(anchor, size, window, "right")).toEqual({ left: 446, top: 300 });
    expect(placeOf(anchor, size, window, "left")).toEqual({ left: 194, top: 300 });
    expect(placeOf({ ...anchor, left: 100, top: 780 }, size, window, "left")).toEqual({
      left: 8,
      top: 692,
    });
  });

  it("stays inside the window when neither side has room", () => {
    const high = { width: 200, height: 780 };
    expect(placeOf({ ...anchor, top: 750 }, high, window, "above").top).toBe(12);
    expect(placeOf({ ...anchor, top: 20 }, high, window, "below").top).toBe(8);
  });
});
