import { expect, it } from "vitest";
import type { BoardPage, Placement } from "../../../wire/messages";
import { decksOf, ownPages, slideOf } from "./slides";

const page = (id: string, over: Partial<BoardPage> = {}): BoardPage => ({
  ...{ id, name: "", paper: "plain", width: 1280, height: 720, is_locked: false, epoch: 0 },
  ...{ may_unclear: false, kind: "page", backdrop: "", placement: "", slide: 0, step: 0 },
  is_seen: true,
  ...over,
});
const leaf = (id: string, slide: number, step: number, is_seen = true) =>
  page(id, { kind: "slide", placement: "d", slide, step, is_seen });
const deck: Placement = {
  ...{ id: "d", deck_id: "deck", print_id: "p", name: "Roots", kind: "slides" },
  begun_at: "2026-03-01T09:30:00.000Z",
};
const pages = [
  page("p1"),
  leaf("a", 1, 0),
  page("between"),
  leaf("b", 3, 0),
  leaf("c", 3, 1),
  leaf("d", 4, 0, false),
  page("copy", { is_seen: false }),
];

it("counts slides and their steps, whatever stands between them", () => {
  expect(slideOf(pages, "a")).toEqual({ slide: 1, slides: 3, step: 1, steps: 1 });
  expect(slideOf(pages, "c")).toEqual({ slide: 2, slides: 3, step: 2, steps: 2 });
  expect([slideOf(pages, "p1"), slideOf(pages, "gone")]).toEqual([null, null]);
});

it("lists a deck as one, opened where the class is or was last", () => {
  const shown = (classPage: string) => decksOf(pages, [deck], classPage)[0]?.page.id;
  expect([shown("b"), shown("p1"), shown("d")]).toEqual(["b", "c", "c"]);
  expect(decksOf(pages, [deck], "p1")[0]?.slides).toBe(3);
  expect(decksOf([page("p1")], [deck], "p1")).toEqual([]);
});

it("leaves pages the class was not on to those who lead", () => {
  expect(ownPages(pages, false).map((one) => one.id)).toEqual(["p1", "between"]);
  expect(ownPages(pages, true).map((one) => one.id)).toEqual(["p1", "between", "copy"]);
});
