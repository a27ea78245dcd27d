/** Words and sticky notes on a canvas, line for line where the editor has them. */

import type { Sizes } from "../kernel/bounds";
import { LINE_HEIGHT, type Measure } from "../kernel/text_layout";
import {
  fontOf,
  type Layout,
  layoutWords,
  NOTE_INK,
  NOTE_NAME_INK,
  NOTE_RADIUS,
  noteNameSize,
  notePadding,
  TEXT_FONT,
  type TextItem,
} from "../kernel/words";
import type { PaintPorts } from "./types";

const SHADOW = [
  { dy: 1, blur: 2, colour: "rgba(29, 28, 26, 0.10)" },
  { dy: 3, blur: 10, colour: "rgba(29, 28, 26, 0.10)" },
] as const;
const KEPT = 1_000;

const layouts = new Map<string, Layout>();
let meter: CanvasRenderingContext2D | null = null;

/** With the fonts of this device. Outside a browser widths are guessed. */
export function measuredLayout(item: TextItem): Layout {
  const key = `${item.t} ${item.x} ${item.y} ${item.w} ${item.h} ${item.fs} ${item.text}`;
  const known = layouts.get(key);
  if (known) return known;
  const layout = layoutWords(item, measureOf(fontOf(item)));
  layouts.set(key, layout);
  if (layouts.size > KEPT) {
    const [oldest] = layouts.keys();
    if (oldest !== undefined) layouts.delete(oldest);
  }
  return layout;
}

/** Sizes for bounds and hits, from the same fonts and formulas that are painted. */
export function sizesOf(ports: Pick<PaintPorts, "formulas">): Sizes {
  return {
    formula: (src) => ports.formulas.sizeOf(src),
    words: (item) => measuredLayout(item).height,
  };
}

export function paintWords(
  ctx: CanvasRenderingContext2D,
  item: TextItem,
  names: ((author: string) => string) | undefined,
): void {
  const layout = measuredLayout(item);
  if (item.t === "note") paintPaper(ctx, item, layout);
  ctx.fillStyle = item.t === "note" ? NOTE_INK : item.c;
  ctx.font = fontOf(item);
  ctx.textBaseline = "alphabetic";
  const drop = baselineOf(ctx, layout.lineHeight);
  layout.lines.forEach((line, at) => {
    ctx.fillText(line, layout.x, layout.y + at * layout.lineHeight + drop);
  });
  if (item.t === "note") paintName(ctx, item, layout, names?.(item.by) ?? "");
}

/** From the top of a line to its baseline, as CSS puts it: half of what is left on each side. */
export function baselineOf(ctx: CanvasRenderingContext2D, lineHeight: number): number {
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ctx.measureText("x");
  return (lineHeight - up - down) / 2 + up;
}

function paintPaper(ctx: CanvasRenderingContext2D, item: TextItem, layout: Layout): void {
  const zoom = ctx.getTransform();
  const scale = Math.hypot(zoom.a, zoom.b);
  ctx.fillStyle = item.c;
  ctx.beginPath();
  ctx.roundRect(item.x, item.y, item.w, layout.height, NOTE_RADIUS);
  ctx.save();
  for (const { dy, blur, colour } of SHADOW) {
    ctx.shadowColor = colour;
    ctx.shadowOffsetY = dy * scale;
    ctx.shadowBlur = blur * scale;
    ctx.fill();
  }
  ctx.restore();
}

function paintName(
  ctx: CanvasRenderingContext2D,
  item: TextItem,
  layout: Layout,
  name: string,
): void {
  if (name === "") return;
  const padding = notePadding(item.fs);
  const size = noteNameSize(item.fs);
  ctx.font = `400 ${size}px ${TEXT_FONT}`;
  ctx.fillStyle = NOTE_NAME_INK;
  const top = item.y + layout.height - padding - size * LINE_HEIGHT;
  const drop = baselineOf(ctx, size * LINE_HEIGHT);
  ctx.fillText(shorten(ctx, name, layout.width), item.x + padding, top + drop);
}

function shorten(ctx: CanvasRenderingContext2D, name: string, width: number): string {
  if (ctx.measureText(name).width <= width) return name;
  const letters = [...name];
  while (letters.length > 1 && ctx.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

function measureOf(font: string): Measure | undefined {
  if (typeof document === "undefined") return undefined;
  meter ??= document.createElement("canvas").getContext("2d");
  const ctx = meter;
  if (!ctx) return undefined;
  const widths = new Map<string, number>();
  return (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    ctx.font = font;
    const { width } = ctx.measureText(text);
    widths.set(text, width);
    return width;
  };
}
