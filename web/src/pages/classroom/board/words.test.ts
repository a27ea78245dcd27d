import { afterEach, describe, expect, it } from "vitest";
import { type Draft, IDENTITY, type Item } from "../../../board/model";
import { setLanguage } from "../../../text/text";
import { beforeOf, nameOfPage, pagerOf } from "./pager";
import { colourName, groundOf, inReadingOrder, placeName, wordsOf } from "./words";

const PAGE = { x: 0, y: 0, w: 1280, h: 720 };

function item(id: string, draft: Draft, text = ""): Item {
  return { ...draft, id, by: "a", at: 0, z: id, m: IDENTITY, text } as Item;
}

function note(id: string, x: number, y: number, text = "note"): Item {
  return item(id, { t: "note", x, y, w: 100, h: 100, c: "#fdeeb3", fs: 24 }, text);
}

const ids = (items: readonly Item[]) => items.map((one) => one.id);

afterEach(() => setLanguage("en"));

describe("an item in words", () => {
  it("says what, who, the words and where", () => {
    setLanguage("en");
    const words = wordsOf(note("1", 20, 20, "Which triangle?"), "Priya", PAGE);
    expect(words).toBe("Sticky note by Priya: Which triangle?, top left");
    setLanguage("zh-CN");
    expect(wordsOf(note("1", 20, 20, "哪个？"), "王芳", PAGE)).toBe("王芳 的便签：哪个？，左上");
  });

  it("says the colour of what is drawn, and a formula as it was written", () => {
    setLanguage("en");
    const line = { t: "line", x: 1000, y: 600, w: 100, h: 50, c: "#c0392b", sw: 3, ds: 0 } as const;
    expect(wordsOf(item("1", line), "", PAGE)).toBe("Line, red, bottom right");
    const tex = { t: "tex", x: 600, y: 340, s: 1, c: "#1d1c1a", src: "x^2" } as const;
    expect(wordsOf(item("2", tex), "Lin", PAGE)).toContain("Formula by Lin: x^2");
  });

  it("cuts long words and says when there are none", () => {
    setLanguage("en");
    expect(wordsOf(note("1", 20, 20, "a".repeat(500)), "", PAGE).length).toBeLessThan(200);
    expect(wordsOf(note("1", 20, 20, "  "), "", PAGE)).toContain("empty");
  });

  it("knows the nearest colour and the ninth of the page", () => {
    expect(colourName("#12656d")).toBe("petrol");
    expect(colourName("#d04030")).toBe("red");
    expect(placeName({ x: 600, y: 340, w: 80, h: 40 }, PAGE)).toBe("middle-centre");
    expect(placeName({ x: -500, y: 900, w: 10, h: 10 }, PAGE)).toBe("bottom-left");
  });
});

describe("reading order", () => {
  it("goes down, and in a line from left to right even when it is not quite level", () => {
    const items = [
      note("d", 100, 400),
      note("b", 500, 95),
      note("c", 900, 110),
      note("a", 100, 120),
    ];
    expect(ids(inReadingOrder(items))).toEqual(["a", "b", "c", "d"]);
  });

  it("keeps every item once", () => {
    const items = Array.from({ length: 200 }, (_, i) =>
      note(`${i}`, (i * 37) % 1000, (i * 91) % 600),
    );
    expect(new Set(ids(inReadingOrder(items))).size).toBe(200);
  });

  it("takes the page as ground, or what an infinite one holds", () => {
    expect(groundOf(null, [note("a", 0, 0), note("b", 900, 300)]).w).toBeGreaterThan(900);
    expect(groundOf(null, [])).toEqual({ x: 0, y: 0, w: 0, h: 0 });
  });
});

describe("the pager", () => {
  const pages = ["a", "b", "c"].map((id) => ({ id, name: "" }));

  it("says which of how many", () => {
    expect(pagerOf(pages, "b")).toEqual({ at: 2, count: 3, hasBefore: true, hasAfter: true });
    expect(pagerOf(pages, "gone")).toEqual({
      at: 0,
      count: 3,
      hasBefore: false,
      hasAfter: false,
    });
  });

  it("finds the page before which another one goes", () => {
    expect(beforeOf(pages, "a", 1)).toBe("c");
    expect(beforeOf(pages, "a", 2)).toBeNull();
    expect(beforeOf(pages, "c", 0)).toBe("a");
  });

  it("names a page by its number until it has a name", () => {
    setLanguage("en");
    expect(nameOfPage({ id: "a", name: "" }, 2)).toBe("Page 2");
    expect(nameOfPage({ id: "a", name: "Circles" }, 2)).toBe("Circles");
  });
});
