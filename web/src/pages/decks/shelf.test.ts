import { describe, expect, it } from "vitest";
import type { Deck, Folder, Making } from "../../wire/decks";
import {
  acceptedBy,
  comingOf,
  decksOf,
  found,
  goesToStage,
  mayGo,
  newsOf,
  pathTo,
  placesFor,
  recentOf,
  sameAs,
} from "./shelf";

const file = (name: string) => new File(["x"], name);
const folder = (id: string, parent_id = ""): Folder => ({ id, name: id, parent_id });
const TREE = [folder("a"), folder("b", "a"), folder("c", "b"), folder("d")];

const READY: Deck = {
  id: "1",
  name: "Circles",
  kind: "pdf",
  folder_id: "",
  updated_at: "2026-03-01T10:00:00Z",
  used_at: null,
  bytes: 10,
  slides: 8,
  leaves: 8,
  state: "ready",
  done: 8,
  fault: "",
  params: {},
  thumbnail: "",
  is_own: true,
  placed_in: [],
  version_id: "v1",
  print_id: "p1",
  newer: null,
  versions: [],
};
const drawn = (done: number): Deck => ({ ...READY, state: "showing", done });
const newer = (making: Partial<Making>): Deck => ({
  ...READY,
  newer: {
    version_id: "v2",
    state: "showing",
    done: 0,
    leaves: 4,
    fault: "",
    params: {},
    ...making,
  },
});

describe("files that come together", () => {
  it("are one deck when all are pictures, in the order of their numbers", () => {
    const decks = decksOf(["p10.png", "p2.JPG", "p1.webp"].map(file));
    expect(decks.map((one) => one.map(({ name }) => name))).toEqual([
      ["p1.webp", "p2.JPG", "p10.png"],
    ]);
  });

  it("are a deck each when another kind is among them, and in their order", () => {
    const decks = decksOf(["b.png", "a.pdf", "a.png"].map(file));
    expect(decks.map((one) => one.map(({ name }) => name))).toEqual([
      ["b.png"],
      ["a.pdf"],
      ["a.png"],
    ]);
  });

  it("offers Office files only where they can be read", () => {
    expect(acceptedBy(true)).toContain(".pptx");
    expect(acceptedBy(false)).not.toContain(".pptx");
    expect(acceptedBy(false)).toContain(".pdf");
  });
});

describe("folders", () => {
  it("have a path from the top", () => {
    expect(pathTo(TREE, "c").map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect(pathTo(TREE, "")).toEqual([]);
    expect(pathTo(TREE, "gone")).toEqual([]);
  });

  it("that lie in each other end somewhere", () => {
    expect(pathTo([folder("a", "b"), folder("b", "a")], "a")).toHaveLength(2);
  });

  it("do not go into themselves", () => {
    expect(placesFor(TREE, "b").map((one) => one.id)).toEqual(["a", "d"]);
    expect(placesFor(TREE, null)).toEqual(TREE);
  });
});

describe("search", () => {
  it("wants every word, in any case", () => {
    const all = [{ name: "Year 8 Circles" }, { name: "Year 9" }, { name: "圆与直线" }];
    expect(found(all, "circ YEAR")).toEqual([all[0]]);
    expect(found(all, "直线")).toEqual([all[2]]);
    expect(found(all, " ")).toEqual(all);
  });
});

describe("what is made", () => {
  it("is the deck itself, or its newer version", () => {
    expect(comingOf(READY)).toBeNull();
    expect(comingOf(drawn(1))?.done).toBe(1);
    expect(comingOf(newer({ state: "waiting" }))?.state).toBe("waiting");
    expect(comingOf(newer({ state: "ready" }))).toBeNull();
    expect(comingOf(newer({ state: "failed" }))).toBeNull();
  });

  it.each<[Deck, Deck, ReturnType<typeof newsOf>]>([
    [drawn(1), drawn(2), { what: "part", percent: 25 }],
    [drawn(2), drawn(3), null],
    [drawn(3), drawn(7), { what: "part", percent: 75 }],
    [drawn(7), drawn(8), null],
    [drawn(8), READY, { what: "ready" }],
    [drawn(0), { ...READY, state: "failed" }, { what: "failed" }],
    [READY, READY, null],
    [newer({ done: 3 }), READY, { what: "ready" }],
    [newer({}), newer({ state: "failed" }), { what: "failed" }],
  ])("is told of at each quarter and at the end (%#)", (before, after, news) => {
    expect(newsOf(before, after)).toEqual(news);
  });
});

describe("what is moved", () => {
  const places = ["", "a", "b", "c", "d", "gone"];

  it("goes into any folder but the one it lies in", () => {
    const thing = { deck: { ...READY, folder_id: "b" } };
    expect(places.filter((to) => mayGo(TREE, thing, to))).toEqual(["", "a", "c", "d"]);
  });

  it("goes not into itself, nor into what lies in it", () => {
    const thing = { folder: folder("b", "a") };
    expect(places.filter((to) => mayGo(TREE, thing, to))).toEqual(["", "d"]);
  });
});

describe("the decks of the last days", () => {
  it("are those that were used or changed last", () => {
    const at = (id: string, updated_at: string, used_at: string | null) => ({
      ...READY,
      id,
      updated_at,
      used_at,
    });
    const decks = [
      at("old", "2026-01-01T00:00:00Z", null),
      at("used", "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"),
      at("new", "2026-02-01T00:00:00Z", null),
      at("changed", "2026-04-01T00:00:00Z", "2026-01-01T00:00:00Z"),
    ];
    expect(recentOf(decks, 3).map(({ id }) => id)).toEqual(["changed", "used", "new"]);
  });
});

describe("a file beside a talk", () => {
  it("goes to the stage by its ending, office files only where they are read", () => {
    expect(goesToStage("Plan.PDF", false)).toBe(true);
    expect(goesToStage("Plan.docx", false)).toBe(false);
    expect(goesToStage("Plan.docx", true)).toBe(true);
    expect(goesToStage("pdf", true)).toBe(false);
    expect(goesToStage("list.csv", true)).toBe(false);
  });

  it("is known again by the deck that was made of it alone", () => {
    const version = { id: "v1" } as Deck["versions"][number];
    const deck = { ...READY, versions: [version] };
    expect(sameAs(deck, { name: "Circles.pdf", bytes: 10 })).toBe(true);
    expect(sameAs(deck, { name: "Circles.pdf", bytes: 11 })).toBe(false);
    expect(
      sameAs({ ...deck, versions: [version, version] }, { name: "Circles.pdf", bytes: 10 }),
    ).toBe(false);
  });
});
