import { decodePDFRawStream, PDFDocument, PDFName, PDFRawStream } from "@cantoo/pdf-lib";
import { describe, expect, it } from "vitest";
import type { Draft, Item } from "../model";
import { FACTS, PNG, sheet } from "../testing/sheet";
import { type ExportPage, gather } from "./kit";
import { pdfOf } from "./pdf";

const drawn: string[] = [];
const raster = {
  itemPng: async (item: Item) => {
    drawn.push(item.t);
    return PNG;
  },
  toPlain: async () => ({ bytes: PNG, type: "image/png" }),
};

async function read(pages: readonly ExportPage[], options = {}) {
  drawn.length = 0;
  const kit = await gather(pages, {
    fetchAsset: async (asset) =>
      asset === "gone"
        ? null
        : new Blob([PNG], { type: `image/${asset === "web" ? "webp" : "png"}` }),
    fetchBackdrop: async (ref) =>
      ref === "/slides/a" ? new Blob([PNG], { type: "image/png" }) : null,
    formulas: { svg: async () => ({ url: "data:,", w: 40, h: 50 }) },
    names: () => "Alice",
  });
  const bytes = await pdfOf(pages, kit, raster, options);
  const pdf = await PDFDocument.load(bytes);
  const contents = pdf.getPages().map((page) => {
    const entry = page.node.context.lookup(page.node.get(PDFName.of("Contents")));
    const streams =
      entry instanceof PDFRawStream
        ? [entry]
        : (page.node.normalizedEntries().Contents?.asArray() ?? []);
    return streams
      .map((one) => page.node.context.lookup(one as never))
      .map((one) =>
        one instanceof PDFRawStream ? decodePDFRawStream(one).decode() : new Uint8Array(),
      )
      .map((part) => new TextDecoder("latin1").decode(part))
      .join("\n");
  });
  return { pdf, contents };
}

/** Words of a content stream, as a reader would select them. */
function wordsOf(content: string): string[] {
  return [...content.matchAll(/<([0-9A-F]*)> Tj/gi)].map(([, text = ""]) =>
    (text.match(/../g) ?? [])
      .map((pair) => String.fromCharCode(Number.parseInt(pair, 16)))
      .join(""),
  );
}

const count = (content: string, pattern: RegExp) => content.match(pattern)?.length ?? 0;

describe("a board as PDF", () => {
  it("has a page for each page, as large as it, with vectors, words and pictures", async () => {
    const plain: Draft & { text?: string } = {
      ...{ t: "text", x: 10, y: 10, w: 400, h: 40, c: "#000080", fs: 24, text: "Area = 12 m²" },
    } as Draft;
    const pages = [
      { facts: FACTS, items: sheet() },
      { facts: { ...FACTS, width: 400, height: 400 }, items: sheet([plain]) },
    ];
    const { pdf, contents } = await read(pages, { title: "Our board" });
    const [first = "", second = ""] = contents;
    expect(pdf.getTitle()).toBe("Our board");
    expect(pdf.getPages().map((page) => page.getSize())).toEqual([
      { width: 960, height: 540 },
      { width: 300, height: 300 },
    ]);
    expect(wordsOf(second)).toEqual(["Area = 12 m\u00b2"]);
    // The two thirds are in no standard font; the words of the note are.
    expect(drawn).toEqual(["text", "tex"]);
    expect(wordsOf(first)).toEqual(["Remember", "this", "Alice"]);
    expect(count(first, / Do$/gm)).toBe(3);
    expect(count(first, / c$/gm)).toBeGreaterThan(20);
    expect(count(first, /^q$/gm)).toBe(count(first, /^Q$/gm));
  });

  it("turns pictures of other kinds into PNG and crosses out what is missing", async () => {
    const at = { x: 0, y: 0, w: 50, h: 50 };
    const items = sheet([
      { t: "img", ...at, asset: "web" },
      { t: "img", ...at, asset: "web" },
      { t: "img", ...at, asset: "gone" },
    ]);
    const { contents } = await read([{ facts: { ...FACTS, paper: "plain" }, items }]);
    expect(count(contents[0] ?? "", / Do$/gm)).toBe(2);
  });

  it("has the picture under the page", async () => {
    const facts = { ...FACTS, paper: "plain" as const, backdrop: "/slides/a" };
    const { contents } = await read([
      { facts, items: [] },
      { facts: { ...facts, backdrop: "/slides/gone" }, items: [] },
    ]);
    expect(contents.map((one) => count(one, / Do$/gm))).toEqual([1, 0]);
  });

  it("has nothing but what was drawn when it is laid over something", async () => {
    const facts = { ...FACTS, paper: "grid" as const, backdrop: "/slides/a" };
    const marks = sheet([
      { t: "rect", x: 9, y: 9, w: 30, h: 20, c: "#000000", sw: 2, ds: 0, fill: "" },
    ]);
    const { pdf, contents } = await read(
      [
        { facts, items: [] },
        { facts: { ...facts, height: 1810 }, items: marks },
      ],
      { isOverlay: true },
    );
    expect(contents[0]).not.toMatch(/ Do$|^f$|^S$| re$/m);
    expect(contents[1]?.match(/^(S|f|B)$/gm)).toEqual(["S"]);
    // As wide and high as the pages it is laid over, in proportion.
    expect(pdf.getPages().map((page) => page.getSize())).toEqual([
      { width: 960, height: 540 },
      { width: 960, height: 1357.5 },
    ]);
  });

  it("has the paper unless told otherwise, however large the page", async () => {
    const facts = { ...FACTS, paper: "graph" as const };
    const far: Draft = {
      t: "rect",
      x: 0,
      y: 0,
      w: 9e5,
      h: 9e5,
      c: "#000000",
      sw: 2,
      ds: 0,
      fill: "",
    };
    const [grid, none, huge] = [
      await read([{ facts, items: [] }]),
      await read([{ facts, items: [] }], { hasPaper: false }),
      await read([{ facts: { ...facts, width: null, height: null }, items: sheet([far]) }]),
    ];
    // 127 + 71 small ones between the edges, and 25 + 14 large ones.
    expect(count(grid.contents[0] ?? "", / l$/gm)).toBe(127 + 71 + 25 + 14);
    expect(count(none.contents[0] ?? "", / l$/gm)).toBe(0);
    expect(count(huge.contents[0] ?? "", / l$/gm)).toBeLessThan(500);
    expect(huge.pdf.getPages()[0]?.getSize().width).toBeCloseTo(14_400, 0);
  });
});
