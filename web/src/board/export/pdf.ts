/**
 * Pages as one PDF: ink and shapes as vector paths, words as text where the standard fonts have the
 * letters, everything else as pictures at four times the board's units. Comes with its own chunk.
 */
import {
  BlendMode,
  concatTransformationMatrix,
  PDFDocument,
  type PDFFont,
  type PDFImage,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  StandardFonts,
} from "@cantoo/pdf-lib";
import { boundsOf, localBounds } from "../kernel/bounds";
import { grow } from "../kernel/rect";
import { IDENTITY, type Item, type Rect } from "../model";
import {
  areaOf,
  type ExportOptions,
  type ExportPage,
  type Kit,
  linesOf,
  type Picture,
} from "./kit";
import * as ink from "./pdf_ink";
import { paperOf } from "./pdf_paper";

/** Points per board unit: a standard page is 13 1/3 by 7 1/2 inches, as a slide. */
const POINTS = 0.75;
/** No side may be longer. */
const LONGEST_POINTS = 14_400;
const PICTURE_SCALE = 4;

/** What needs a canvas; a test without a browser gives its own. */
export interface Raster {
  itemPng(item: Item, area: Rect, kit: Kit, scale: number): Promise<Uint8Array | null>;
  toPlain(picture: Picture): Promise<Picture | null>;
}

interface Writing {
  pdf: PDFDocument;
  page: PDFPage;
  kit: Kit;
  raster: Raster;
  fonts: { text: PDFFont; mono: PDFFont };
  images: Map<string, PDFImage | null>;
}

export async function pdfOf(
  pages: readonly ExportPage[],
  kit: Kit,
  raster: Raster,
  options: ExportOptions & { title?: string } = {},
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(options.title ?? pages[0]?.facts.name ?? "");
  const fonts = {
    text: await pdf.embedFont(StandardFonts.Helvetica),
    mono: await pdf.embedFont(StandardFonts.Courier),
  };
  const images = new Map<string, PDFImage | null>();
  for (const source of pages) {
    const area = areaOf(source, kit);
    const scale = Math.min(POINTS, LONGEST_POINTS / Math.max(area.w, area.h));
    const page = pdf.addPage([area.w * scale, area.h * scale]);
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(scale, 0, 0, -scale, -area.x * scale, (area.y + area.h) * scale),
      ...(options.isOverlay
        ? []
        : paperOf(options.hasPaper === false ? "plain" : source.facts.paper, area)),
    );
    const writing: Writing = { pdf, page, kit, raster, fonts, images };
    const under = options.isOverlay ? null : kit.backdrop(source.facts);
    const backdrop = under && (await embed(writing, under));
    if (backdrop) page.pushOperators(...ink.imageOf(page, backdrop, area));
    for (const item of source.items) await writeItem(writing, item);
    page.pushOperators(popGraphicsState());
  }
  return pdf.save();
}

async function writeItem(writing: Writing, item: Item): Promise<void> {
  const { page } = writing;
  page.pushOperators(pushGraphicsState(), concatTransformationMatrix(...ink.six(item.m)));
  switch (item.t) {
    case "pen":
    case "hl": {
      const blend = item.t === "hl" ? BlendMode.Multiply : BlendMode.Normal;
      page.pushOperators(ink.see(page, item.o, blend), ...ink.inkOf(item));
      break;
    }
    case "text":
    case "note":
      await writeWords(writing, item);
      break;
    case "tex":
      await writePicture(writing, item);
      break;
    case "img":
      await writeImage(writing, item);
      break;
    default:
      page.pushOperators(...ink.shapeOf(item));
  }
  page.pushOperators(popGraphicsState());
}

async function writeWords(
  writing: Writing,
  item: Extract<Item, { t: "text" | "note" }>,
): Promise<void> {
  const { page, fonts, kit } = writing;
  const name = kit.name(item.by);
  const { lines, layout } = linesOf(item, name);
  if (!lines.every((line) => isCovered(fonts.text, line.text))) {
    await writePicture(writing, item);
    return;
  }
  const key = page.node.newFontDictionary(fonts.text.name, fonts.text.ref);
  if (item.t === "note") page.pushOperators(...ink.noteOf(page, item, layout.height));
  for (const line of lines) {
    const colour = item.t === "note" ? null : item.c;
    page.pushOperators(...ink.lineOf(page, line, fonts.text, key, colour));
  }
}

/** The item as it looks on the screen; where even that cannot be had, a formula's source. */
async function writePicture(
  writing: Writing,
  item: Extract<Item, { t: "text" | "note" | "tex" }>,
): Promise<void> {
  const { pdf, page, kit, raster, fonts } = writing;
  const plain = { ...item, m: IDENTITY };
  const area = grow(boundsOf(plain, kit.sizes), 4);
  const png = await raster.itemPng(plain, area, kit, PICTURE_SCALE);
  if (png) {
    page.pushOperators(...ink.imageOf(page, await pdf.embedPng(png), area));
    return;
  }
  if (item.t !== "tex" || !isCovered(fonts.mono, item.src)) return;
  const box = localBounds(item, kit.sizes);
  const line = { text: item.src, x: box.x, y: box.y + box.h / 2, size: 20 * item.s };
  const key = page.node.newFontDictionary(fonts.mono.name, fonts.mono.ref);
  const written = { ...line, weight: 400, isName: false };
  page.pushOperators(...ink.lineOf(page, written, fonts.mono, key, item.c));
}

async function writeImage(writing: Writing, item: Extract<Item, { t: "img" }>): Promise<void> {
  const { page, kit, images } = writing;
  if (!images.has(item.asset)) {
    const picture = kit.picture(item.asset);
    images.set(item.asset, picture && (await embed(writing, picture)));
  }
  const image = images.get(item.asset);
  page.pushOperators(...(image ? ink.imageOf(page, image, item) : ink.missingOf(item)));
}

/** PNG and JPEG as they are, everything else made one of them; null for what is no picture. */
async function embed(writing: Writing, picture: Picture): Promise<PDFImage | null> {
  try {
    const image = await embedPlain(writing, picture);
    if (image) return image;
  } catch {
    // Of a kind that the library cannot read, though a browser may.
  }
  const plain = await writing.raster.toPlain(picture);
  return plain && embedPlain(writing, plain);
}

async function embedPlain({ pdf }: Writing, { bytes, type }: Picture): Promise<PDFImage | null> {
  if (type === "image/jpeg") return pdf.embedJpg(bytes);
  return type === "image/png" ? pdf.embedPng(bytes) : null;
}

/** Whether the font has every letter; the library leaves out silently what it has not. */
function isCovered(font: PDFFont, text: string): boolean {
  let letters = charsets.get(font);
  if (!letters) {
    letters = new Set(font.getCharacterSet());
    charsets.set(font, letters);
  }
  for (const letter of text) if (!letters.has(letter.codePointAt(0) ?? 0)) return false;
  return true;
}

const charsets = new WeakMap<PDFFont, ReadonlySet<number>>();
