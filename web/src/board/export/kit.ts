/**
 * What an export needs beside the items: images and formulas fetched before, words laid out with
 * the fonts of this device, the part of the page that is written.
 */
import { boundsOf, type Sizes } from "../kernel/bounds";
import { grow, union } from "../kernel/rect";
import { type Layout, noteFooter, noteNameSize, notePadding, TEXT_FONT } from "../kernel/words";
import type { Item, PageFacts, Rect } from "../model";
import { pageRect } from "../paint/camera_fit";
import type { FormulaSvg, Formulas } from "../paint/types";
import { baselineOf, measuredLayout } from "../paint/words_painter";

export interface ExportPage {
  facts: PageFacts;
  /** Lowest first. */
  items: readonly Item[];
}

export interface ExportPorts {
  fetchAsset(asset: string): Promise<Blob | null>;
  /** The picture under a page, as fine as there is one; null where it cannot be had. */
  fetchBackdrop(ref: string): Promise<Blob | null>;
  formulas: Pick<Formulas, "svg">;
  /** Name at the bottom of a note. */
  names?(author: string): string;
}

export interface ExportOptions {
  /** Whether dots, lines or squares are exported with the page. On unless told otherwise. */
  hasPaper?: boolean;
  /** Only what was drawn, on nothing: to be laid over the page it was drawn on. */
  isOverlay?: boolean;
}

export interface Picture {
  bytes: Uint8Array;
  /** Media type, like `image/png`. */
  type: string;
}

export interface Kit {
  /** null where it could not be had: drawn as a crossed box, as on the screen. */
  picture(asset: string): Picture | null;
  /** The picture under the page; null without one. */
  backdrop(facts: PageFacts): Picture | null;
  /** null for a faulty one: its source is written instead. */
  formula(src: string, colour: string): FormulaSvg | null;
  name(author: string): string;
  sizes: Sizes;
}

type FormulaItem = Extract<Item, { t: "tex" }>;
export type WordsItem = Extract<Item, { t: "text" | "note" }>;

/** Round what lies on an infinite page. */
const MARGIN = 24;
const STANDARD: Rect = { x: 0, y: 0, w: 1280, h: 720 };
const AT_ONCE = 6;

/** Fetches every image and sets every formula of the pages once. */
export async function gather(pages: readonly ExportPage[], ports: ExportPorts): Promise<Kit> {
  const items = pages.flatMap((page) => page.items);
  const assets = new Set(items.flatMap((item) => (item.t === "img" ? [item.asset] : [])));
  const pictures = new Map<string, Picture>();
  await eachOf([...assets], async (asset) => {
    const blob = await ports.fetchAsset(asset).catch(() => null);
    if (!blob) return;
    pictures.set(asset, { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type });
  });
  const backdrops = new Map<string, Picture>();
  const under = new Set(pages.map(({ facts }) => facts.backdrop).filter((ref) => ref !== ""));
  await eachOf([...under], async (ref) => {
    const blob = await ports.fetchBackdrop(ref).catch(() => null);
    if (!blob) return;
    backdrops.set(ref, { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type });
  });
  const formulas = new Map<string, FormulaSvg>();
  const written = items.filter((item): item is FormulaItem => item.t === "tex");
  const wanted = new Map(written.map((item) => [formulaKey(item.src, item.c), item]));
  await eachOf([...wanted], async ([key, { src, c }]) => {
    const made = await ports.formulas.svg(src, c).catch(() => null);
    if (made && "url" in made) formulas.set(key, made);
  });
  const sizeOf = new Map(written.map(({ src, c }) => [src, formulas.get(formulaKey(src, c))]));
  return {
    picture: (asset) => pictures.get(asset) ?? null,
    backdrop: ({ backdrop }) => backdrops.get(backdrop) ?? null,
    formula: (src, colour) => formulas.get(formulaKey(src, colour)) ?? null,
    name: (author) => ports.names?.(author) ?? "",
    sizes: {
      formula: (src) => sizeOf.get(src) ?? null,
      words: (item) => measuredLayout(item).height,
    },
  };
}

/** The page itself, or on an infinite one everything that lies on it, with a margin. */
export function areaOf({ facts, items }: ExportPage, kit: Pick<Kit, "sizes">): Rect {
  const page = pageRect(facts);
  if (page) return page;
  if (items.length === 0) return STANDARD;
  const { x, y, w, h } = grow(union(items.map((item) => boundsOf(item, kit.sizes))), MARGIN);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, w: Math.ceil(x + w) - left, h: Math.ceil(y + h) - top };
}

/** A line of words: where its baseline begins, and how it is written. */
export interface WrittenLine {
  text: string;
  x: number;
  y: number;
  size: number;
  weight: number;
  /** Of the author's name on a note. */
  isName: boolean;
}

/** Every line of a text or note, the note's author last. */
export function linesOf(item: WordsItem, name: string): { lines: WrittenLine[]; layout: Layout } {
  const layout = measuredLayout(item);
  const weight = item.t === "note" ? 500 : 400;
  const drop = baseline(weight, item.fs, layout.lineHeight);
  const lines = layout.lines.map((text, at) => ({
    ...{ text, x: layout.x, y: layout.y + at * layout.lineHeight + drop },
    ...{ size: item.fs, weight, isName: false },
  }));
  if (item.t === "note" && name !== "") {
    const size = noteNameSize(item.fs);
    const padding = notePadding(item.fs);
    const top = item.y + layout.height - padding - noteFooter(item.fs);
    const y = top + baseline(400, size, noteFooter(item.fs) * 1.3);
    lines.push({ text: name, x: item.x + padding, y, size, weight: 400, isName: true });
  }
  return { lines: lines.filter(({ text }) => text !== ""), layout };
}

/** Width of a line with this device's fonts; null where there are none. */
export function widthOf({ text, weight, size }: WrittenLine): number | null {
  const ctx = meterOf(weight, size);
  return ctx ? ctx.measureText(text).width : null;
}

let meter: CanvasRenderingContext2D | null = null;

function meterOf(weight: number, size: number): CanvasRenderingContext2D | null {
  if (typeof document === "undefined") return null;
  meter ??= document.createElement("canvas").getContext("2d");
  if (meter) meter.font = `${weight} ${size}px ${TEXT_FONT}`;
  return meter;
}

/** From the top of a line to its baseline; without fonts what most faces have. */
function baseline(weight: number, size: number, lineHeight: number): number {
  const ctx = meterOf(weight, size);
  return ctx ? baselineOf(ctx, lineHeight) : (lineHeight - size * 1.17) / 2 + size * 0.93;
}

function formulaKey(src: string, colour: string): string {
  return `${colour} ${src}`;
}

/** A few at a time. */
async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const next = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
