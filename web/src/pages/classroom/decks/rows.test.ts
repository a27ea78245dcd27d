import { expect, it } from "vitest";
import { leafOf, pageOf, slideOf } from "../../../room/testing/slides";
import type { BoardPage } from "../../../wire/messages";
import { nextLeaf, type RowSource, rowOfPage, rowsOf } from "./rows";

const source = (over: Partial<RowSource> = {}): RowSource => ({
  pages: [
    pageOf({ id: "p1" }),
    leafOf(1),
    leafOf(3),
    leafOf(3, 1, false),
    pageOf({ id: "between" }),
    leafOf(4, 0, false),
    { ...leafOf(9), id: "e-9-0", placement: "e" },
  ],
  placement: "d",
  slides: [],
  texts: new Map(),
  addressOf: (page: BoardPage) => page.backdrop,
  ...over,
});
const told = [
  slideOf(1, ["Roots"], { title: "Roots", notes: "Say hello" }),
  slideOf(3, ["two", "two three"]),
  slideOf(4, ["end"], { notes: "Homework" }),
];

it("makes a row of each slide, with its steps, in the order of the board", () => {
  const rows = rowsOf(source({ slides: told }), true);
  expect(rows.map((row) => [row.at, row.title, row.notes, row.leaves.length])).toEqual([
    [1, "Roots", "Say hello", 1],
    [2, "", "", 2],
    [3, "", "Homework", 1],
  ]);
  expect(rows[1]?.leaves.map((leaf) => leaf.text)).toEqual(["two", "two three"]);
});

it("gives who does not lead only what the class saw, numbered as for everybody", () => {
  const pages = source().pages.map((page) =>
    page.id === "d-1-0" ? { ...page, is_seen: false, backdrop: "" } : page,
  );
  const texts = new Map([["/s/3-0", "two"]]);
  const rows = rowsOf(source({ pages, texts }), false);
  expect(rows.map((row) => [row.at, row.leaves.map((leaf) => leaf.text)])).toEqual([[2, ["two"]]]);
});

it("knows where a page is, and what comes after it in its deck", () => {
  const rows = rowsOf(source({ slides: told }), true);
  expect([rowOfPage(rows, "d-3-1"), rowOfPage(rows, "p1")]).toEqual([1, -1]);
  const after = (id: string) => nextLeaf(rows, id)?.page.id ?? null;
  expect(["d-1-0", "d-3-0", "d-3-1", "d-4-0", "p1"].map(after)).toEqual([
    "d-3-0",
    "d-3-1",
    "d-4-0",
    null,
    null,
  ]);
});
