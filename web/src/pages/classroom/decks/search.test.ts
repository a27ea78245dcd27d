import { expect, it } from "vitest";
import { leafOf } from "../../../room/testing/slides";
import type { SlideRow } from "./rows";
import { HITS_MAX, hitsOf } from "./search";

const row = (at: number, texts: string[], over: Partial<SlideRow> = {}): SlideRow => ({
  at,
  title: "",
  notes: "",
  leaves: texts.map((text, step) => ({ page: leafOf(at, step), address: "", text })),
  ...over,
});
const found = (rows: SlideRow[], words: string) =>
  hitsOf(rows, words).map(({ at, page, field, found: part }) => [at, page, field, part]);

it("finds words whatever their case, width and accents, and tells them as they stand there", () => {
  const rows = [row(1, ["Crème brûlée"]), row(2, ["ＡＢＣ 圆的切线"]), row(3, ["각도"])];
  expect(found(rows, "creme BRULEE")).toEqual([[1, "d-1-0", "text", "Crème brûlée"]]);
  expect(found(rows, "abc")).toEqual([[2, "d-2-0", "text", "ＡＢＣ"]]);
  expect(found(rows, "切线")).toEqual([[2, "d-2-0", "text", "切线"]]);
  expect(found(rows, "가")).toEqual([]);
  expect([found(rows, "  "), found(rows, "nothing")]).toEqual([[], []]);
});

it("goes over the ends of lines", () => {
  expect(found([row(1, ["a tangent\n  of a circle"])], "tangent of")[0]?.[3]).toBe("tangent of");
});

it("says each thing once: the step where it first stands, and a title not again as text", () => {
  const steps = row(1, ["Roots one", "Roots one two"], { title: "Roots", notes: "roots, slowly" });
  expect(found([steps], "roots")).toEqual([
    [1, "d-1-0", "title", "Roots"],
    [1, "d-1-0", "notes", "roots"],
  ]);
  expect(found([steps], "two")).toEqual([[1, "d-1-1", "text", "two"]]);
});

it("shows what is near, and no more hits than anybody reads", () => {
  const [hit] = hitsOf([row(1, [`${"x ".repeat(60)}needle${" y".repeat(60)}`])], "needle");
  expect(hit?.before).toMatch(/^….{40}$/u);
  expect(hit?.after).toMatch(/^.{40}…$/u);
  const many = Array.from({ length: 500 }, (_, at) => row(at + 1, ["same"]));
  expect(hitsOf(many, "same")).toHaveLength(HITS_MAX);
});
