import { expect, it } from "vitest";
import { swipeOf } from "./swipes";

it("turns forward to the left and back to the right", () => {
  expect(swipeOf(-80, 10)).toBe(1);
  expect(swipeOf(120, -60)).toBe(-1);
});

it("is neither a tap nor a scroll", () => {
  expect(swipeOf(-30, 0)).toBeNull();
  expect(swipeOf(60, 55)).toBeNull();
  expect(swipeOf(0, 300)).toBeNull();
});
