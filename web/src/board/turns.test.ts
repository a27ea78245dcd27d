import { expect, it } from "vitest";
import type { PageFacts } from "./model";
import { farTurn } from "./turns";

const page = (id: string, placement = "", slide = 0, isReserved = false) =>
  ({ id, placement, slide, isReserved }) as PageFacts;
const PAGES = [
  page("p1"),
  page("own", "", 0, true),
  page("a", "d", 1),
  page("b", "d", 1),
  page("c", "d", 2),
  page("c2", "d", 2),
  page("p2"),
];

it.each([
  ["a", "slide_after", "c"],
  ["b", "slide_after", "c"],
  ["c", "slide_after", "p2"],
  ["p2", "slide_after", null],
  ["c2", "slide_before", "a"],
  ["p2", "slide_before", "c"],
  ["a", "slide_before", "p1"],
  ["p1", "slide_before", null],
  ["c", "page_first", "a"],
  ["a", "page_last", "c2"],
  ["p1", "page_last", "p2"],
  ["p1", "page_first", null],
  ["gone", "page_last", null],
] as const)("from %s, %s leads to %s", (from, how, to) => {
  expect(farTurn(PAGES, from, how)).toBe(to);
});
