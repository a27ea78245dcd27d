import { expect, it } from "vitest";
import { drawnIn, leftFor, movedTo, PITCH } from "./strip_window";

it("draws what is near and what must stay, and no more for a long deck", () => {
  const wide = { left: 0, width: 8 * PITCH };
  expect(drawnIn(5, wide, [0])).toEqual([0, 1, 2, 3, 4]);
  const far = drawnIn(500, { left: 100 * PITCH, width: 8 * PITCH }, [0, 499, -1, 900]);
  expect([far[0], far.at(-1), far.length]).toEqual([0, 499, 17]);
  expect(far[1]).toBe(97);
  expect(drawnIn(0, wide, [-1])).toEqual([]);
});

it("scrolls as little as needed to show a slide between its neighbours", () => {
  const sight = { left: 10 * PITCH, width: 5 * PITCH };
  expect(leftFor(12, sight)).toBe(10 * PITCH);
  expect(leftFor(10, sight)).toBe(9 * PITCH);
  expect(leftFor(0, sight)).toBe(0);
  expect(leftFor(20, sight)).toBe(17 * PITCH);
});

it("goes by arrows and to the ends, and stays within", () => {
  const to = (key: string, at: number) => movedTo(key, at, 10);
  expect([to("ArrowRight", 3), to("ArrowLeft", 0), to("ArrowDown", 9)]).toEqual([4, 0, 9]);
  expect([to("Home", 5), to("End", 5), to("Enter", 5)]).toEqual([0, 9, null]);
});
