import { expect, it } from "vitest";
import { faded, named, nextFade, type Rings } from "./speaking";

const NONE: Rings = new Map();

it("rings at once and leaves 600 ms after the last word", () => {
  const on = named(NONE, ["amara"], 1_000);
  expect(nextFade(on)).toBeNull();
  const leaving = named(on, [], 2_000);
  expect([...leaving.keys()]).toEqual(["amara"]);
  expect(nextFade(leaving)).toBe(2_600);
  expect(faded(leaving, 2_599).size).toBe(1);
  expect(faded(leaving, 2_600).size).toBe(0);
});

it("stays through a short pause", () => {
  const pause = named(named(NONE, ["amara"], 0), [], 100);
  const again = named(pause, ["amara"], 400);
  expect(nextFade(again)).toBeNull();
  expect(faded(again, 5_000).size).toBe(1);
});

it("does not lengthen a ring that is leaving", () => {
  const leaving = named(named(NONE, ["amara"], 0), [], 100);
  const other = named(leaving, ["lin"], 500);
  expect(nextFade(other)).toBe(700);
});
