/** Pages as PNG pictures, painted by the very code that paints the screen. Browsers only. */
import type { Item, Pictures, Rect } from "../model";
import { paintItem } from "../paint/item_painter";
import { paintPaper } from "../paint/paper";
import type { Formulas, PaintPorts } from "../paint/types";
import { areaOf, type ExportOptions, type ExportPage, type Kit, type Picture } from "./kit";

/** Twice the board's units: as sharp as a good screen. */
export const PNG_SCALE = 2;
const LONGEST_SIDE = 16_000;
const MOST_PIXELS = 64_000_000;
/** Of photographs. */
const QUALITY = 0.9;
/** Looked at together. */
const LINES = 256;

/** Images and formulas decoded for painting. `close` gives their memory back. */
export interface PaintKit extends PaintPorts {
  close(): void;
}

/** Null where a picture of this size cannot be made on this device. */
export async function pngOf(
  page: ExportPage,
  kit: Kit,
  options: ExportOptions = {},
): Promise<Blob | null> {
  const area = areaOf(page, kit);
  const paint = await paintKit(page.items, kit, PNG_SCALE);
  const under = kit.backdrop(page.facts);
  const backdrop = under && (await decode(under.bytes, under.type));
  try {
    return await pictureOf(area, PNG_SCALE, (ctx, scale) => {
      paintPaper(ctx, options.hasPaper === false ? "plain" : page.facts.paper, area, scale);
      if (backdrop) ctx.drawImage(backdrop, area.x, area.y, area.w, area.h);
      for (const item of page.items) paintItem(ctx, item, paint, { scale });
    });
  } finally {
    backdrop?.close();
    paint.close();
  }
}

/** One item alone on nothing, as a PNG: for what a PDF's fonts cannot write. */
export async function itemPng(
  item: Item,
  area: Rect,
  kit: Kit,
  scale: number,
): Promise<Uint8Array | null> {
  const paint = await paintKit([item], kit, scale);
  try {
    const blob = await pictureOf(area, scale, (ctx, at) => {
      paintItem(ctx, item, paint, { scale: at });
    });
    return blob && new Uint8Array(await blob.arrayBuffer());
  } finally {
    paint.close();
  }
}

/**
 * Any picture that this browser can read, as a PDF can have it: a photograph as JPEG, which has a
 * tenth of the bytes, what shows through or is sharp as PNG.
 */
export async function toPlain({ bytes, type }: Picture): Promise<Picture | null> {
  const bitmap = await decode(bytes, type);
  if (!bitmap) return null;
  const area = { x: 0, y: 0, w: bitmap.width, h: bitmap.height };
  const blob = await pictureOf(
    area,
    1,
    (ctx) => ctx.drawImage(bitmap, 0, 0),
    (ctx) => (type === "image/webp" && isOpaque(ctx) ? "image/jpeg" : "image/png"),
  );
  bitmap.close();
  return blob && { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type };
}

function isOpaque(ctx: CanvasRenderingContext2D): boolean {
  const { width, height } = ctx.canvas;
  for (let y = 0; y < height; y += LINES) {
    const { data } = ctx.getImageData(0, y, width, Math.min(LINES, height - y));
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  }
  return true;
}

/** The scale at which an area stays within what canvases can do. */
export function scaleFor({ w, h }: Rect, wanted: number): number {
  const bySide = LONGEST_SIDE / Math.max(w, h);
  const byPixels = Math.sqrt(MOST_PIXELS / (w * h));
  return Math.min(wanted, bySide, byPixels);
}

async function pictureOf(
  area: Rect,
  wanted: number,
  paint: (ctx: CanvasRenderingContext2D, scale: number) => void,
  kindOf: (ctx: CanvasRenderingContext2D) => string = () => "image/png",
): Promise<Blob | null> {
  const scale = scaleFor(area, wanted);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(area.w * scale));
  canvas.height = Math.max(1, Math.round(area.h * scale));
  const ctx = canvas.getContext("2d");
  if (!ctx) return null;
  ctx.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  paint(ctx, scale);
  const kind = kindOf(ctx);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, kind, QUALITY));
  canvas.width = 0;
  return blob;
}

async function paintKit(items: readonly Item[], kit: Kit, scale: number): Promise<PaintKit> {
  const bitmaps = new Map<string, ImageBitmap>();
  const formulas = new Map<string, HTMLImageElement>();
  for (const item of items) {
    if (item.t === "img" && !bitmaps.has(item.asset)) {
      const picture = kit.picture(item.asset);
      const bitmap = picture && (await decode(picture.bytes, picture.type));
      if (bitmap) bitmaps.set(item.asset, bitmap);
    }
    if (item.t === "tex" && !formulas.has(`${item.c} ${item.src}`)) {
      const image = await formulaImage(item, kit, scale);
      if (image) formulas.set(`${item.c} ${item.src}`, image);
    }
  }
  return {
    pictures: picturesOf(bitmaps),
    formulas: formulasOf(formulas, kit),
    names: (author) => kit.name(author),
    close: () => {
      for (const bitmap of bitmaps.values()) bitmap.close();
    },
  };
}

function picturesOf(bitmaps: ReadonlyMap<string, ImageBitmap>): Pictures {
  return {
    get: (asset) => bitmaps.get(asset) ?? null,
    state: (asset) => (bitmaps.has(asset) ? "ready" : "failed"),
    onReady: () => () => undefined,
  };
}

function formulasOf(images: ReadonlyMap<string, HTMLImageElement>, kit: Kit): Formulas {
  return {
    sizeOf: (src) => kit.sizes.formula(src),
    fault: (src) => (kit.sizes.formula(src) ? null : "unknown"),
    picture: (src, colour) => images.get(`${colour} ${src}`) ?? null,
    onReady: () => () => undefined,
    svg: async (src, colour) => kit.formula(src, colour) ?? { fault: "unknown" },
  };
}

async function formulaImage(
  item: Extract<Item, { t: "tex" }>,
  kit: Kit,
  scale: number,
): Promise<HTMLImageElement | null> {
  const made = kit.formula(item.src, item.c);
  if (!made) return null;
  // An image of an SVG document is drawn sharp at any size in Chromium; elsewhere at its own.
  const image = new Image(Math.ceil(made.w * item.s * scale), Math.ceil(made.h * item.s * scale));
  image.src = made.url;
  try {
    await image.decode();
    return image;
  } catch {
    return null;
  }
}

async function decode(bytes: Uint8Array, type: string): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  } catch {
    // Not a picture; drawn as a crossed box, as on the screen.
    return null;
  }
}
