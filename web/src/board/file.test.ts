import { describe, expect, it } from "vitest";
import { type BoardFile, readFile, writeFile } from "./file";
import type { Draft } from "./model";
import { YPage } from "./page_doc";
import { DRAFTS, FACTS, PNG, sheet } from "./testing/sheet";

const pictures = new Map([["picture", { bytes: PNG, type: "image/png" }]]);

async function text(): Promise<string> {
  const items = sheet().map((item, n) =>
    n === 2 ? { ...item, m: [2, 0, 0, 2, 5, 5] as const } : item,
  );
  return writeFile(
    [
      { facts: FACTS, items },
      { facts: { ...FACTS, width: null, height: null }, items: [] },
    ],
    pictures,
  ).text();
}

function read(text: string): BoardFile {
  const result = readFile(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** The file with one value of it changed. */
async function changed(change: (file: ReturnType<typeof JSON.parse>) => void): Promise<unknown> {
  const file = JSON.parse(await text());
  change(file);
  const result = readFile(JSON.stringify(file));
  return result.ok ? "fine" : result.error;
}

describe("a board's file", () => {
  it("brings back pages, items, words, places and pictures", async () => {
    const board = read(await text());
    expect(board.pages.map((page) => page.facts)).toEqual([
      { name: "Fractions & more", paper: "grid", width: 1280, height: 720 },
      { name: "Fractions & more", paper: "grid", width: null, height: null },
    ]);
    expect(board.pictures).toEqual(pictures);
    const items = board.pages[0]?.items ?? [];
    expect(items.map(({ draft, text }) => (text ? { ...draft, text } : draft))).toEqual(DRAFTS);
    expect(items.map(({ m }) => m)).toEqual(
      DRAFTS.map((_, n) => (n === 2 ? [2, 0, 0, 2, 5, 5] : null)),
    );
    const page = new YPage("board/p2/0", { author: "bob", clientId: 9 });
    page.edit((edit) => {
      for (const { draft, text, m } of items) {
        const id = edit.insert(draft, { text });
        if (m) edit.patch(id, { m });
      }
    });
    expect(page.ordered().length).toBe(DRAFTS.length);
  });

  it.each([
    ["no JSON", "{", "file.malformed"],
    ["something else", '{"kind":"drawing","version":1}', "file.malformed"],
    ["a list", "[]", "file.malformed"],
    ["a later version", '{"kind":"whiteboard","version":2}', "file.version"],
    ["no pages", '{"kind":"whiteboard","version":1,"pages":[],"pictures":{}}', "file.malformed"],
    ["too much", " ".repeat(50 * 1024 * 1024 + 1), "file.large"],
  ])("is refused when it is %s", (_, text, fault) => {
    expect(readFile(text)).toEqual({ ok: false, error: fault });
  });

  it("is refused when anything in it breaks a rule", async () => {
    const breaks: ((file: ReturnType<typeof JSON.parse>) => void)[] = [
      (file) => (file.pages[0].paper = "music"),
      (file) => (file.pages[0].width = 5),
      (file) => (file.pages[0].height = null),
      (file) => (file.pages[0].name = 7),
      (file) => (file.pages[0].items = {}),
      (file) => (file.pages[0].items[0].d = "AQ=="),
      (file) => (file.pages[0].items[0].d = "%"),
      (file) => (file.pages[0].items[0].w = 1e6),
      (file) => (file.pages[0].items[0].extra = 1),
      (file) => (file.pages[0].items[0].t = "toString"),
      (file) => (file.pages[0].items[2].m = [1, 2]),
      (file) => (file.pages[0].items[2].c = "red"),
      (file) => delete file.pages[0].items[2].ds,
      (file) => (file.pages[0].items[7].text = "x".repeat(5_001)),
      (file) => (file.pictures.picture.type = "text/html"),
      (file) => (file.pictures["../x"] = file.pictures.picture),
    ];
    expect(await changed(() => undefined)).toBe("fine");
    for (const spoil of breaks) expect(await changed(spoil), String(spoil)).toBe("file.malformed");
    const many = Array.from({ length: 201 }, () => ({ ...FACTS, items: [] }));
    expect(await changed((file) => (file.pages = many))).toBe("file.large");
  });

  it("cuts names that are too long", async () => {
    const file = JSON.parse(await text());
    file.pages[0].name = "😀".repeat(70);
    expect([...(read(JSON.stringify(file)).pages[0]?.facts.name ?? "")].length).toBe(60);
  });
});

it("inserts only what drafts have", () => {
  const page = new YPage("board/p/0", { author: "a", clientId: 1 });
  const [item] = sheet([{ t: "text", x: 0, y: 0, w: 10, h: 10, c: "#000000", fs: 20 } as Draft]);
  page.edit((edit) => edit.insert(item as unknown as Draft));
  expect(page.ydoc.getMap("el").get("1-1")).not.toHaveProperty("m");
});
