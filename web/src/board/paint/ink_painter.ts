/**
 * Ink on a canvas. Outlines are kept per stroke within a bound. What is thinner than a pixel is a
 * plain line: nobody sees the difference, and it is five times cheaper.
 */

import { inkOutline, traceOutline } from "../kernel/outline";
import { packedLine } from "../kernel/packed";
import type { Item } from "../model";

export type InkItem = Extract<Item, { t: "pen" | "hl" }>;

/** Device pixels of width up to which a stroke is drawn as a plain line. */
const THIN = 1.1;
/** Width up to which the outline's corners need no rounding. */
const COARSE = 4.5;
const KEPT = 8_000;
const DOT = 0.01;

interface Kept {
  w: number;
  s: number;
  t: string;
  isFine: boolean;
  path: Path2D;
}

const kept = new Map<Uint8Array, Kept>();

/**
 * In the item's own coordinates; `scale` is device pixels per unit of them. `isRough` draws thin
 * lines whatever the width: a first sight of a crowded page.
 */
export function paintInk(
  ctx: CanvasRenderingContext2D,
  ink: InkItem,
  scale: number,
  isRough = false,
): void {
  const width = ink.w * scale;
  ctx.globalAlpha *= ink.o;
  if (ink.t === "hl") ctx.globalCompositeOperation = "multiply";
  if ((isRough && ink.t === "pen") || width <= THIN) {
    strokeLine(ctx, ink, isRough ? Math.min(width, 1) / scale : ink.w, (isRough ? 2 : 1) / scale);
  } else {
    ctx.fillStyle = ink.c;
    ctx.fill(pathOf(ink, width > COARSE || ink.t === "hl"));
  }
}

/** What painting it costs beyond the time its calls take: the raster works later (ms, measured). */
export function inkCost(ink: InkItem, scale: number, isRough: boolean): number {
  return isRough || ink.w * scale <= THIN ? 0.008 : 0.025;
}

function strokeLine(
  ctx: CanvasRenderingContext2D,
  ink: InkItem,
  width: number,
  step: number,
): void {
  const line = packedLine(ink.d, step);
  ctx.strokeStyle = ink.c;
  ctx.lineWidth = width;
  ctx.lineCap = "round";
  ctx.lineJoin = "bevel";
  ctx.beginPath();
  for (let at = 0; at + 1 < line.length; at += 2) ctx.lineTo(line[at] ?? 0, line[at + 1] ?? 0);
  if (line.length === 2) ctx.lineTo((line[0] ?? 0) + DOT, line[1] ?? 0);
  ctx.stroke();
}

function pathOf(ink: InkItem, isFine: boolean): Path2D {
  const known = kept.get(ink.d);
  if (known && known.w === ink.w && known.s === ink.s && known.t === ink.t) {
    if (known.isFine || !isFine) return known.path;
  }
  const path = new Path2D();
  const outline = inkOutline(ink);
  if (isFine) traceOutline(outline, path);
  else for (const corner of outline) path.lineTo(corner[0] ?? 0, corner[1] ?? 0);
  kept.delete(ink.d);
  kept.set(ink.d, { w: ink.w, s: ink.s, t: ink.t, isFine, path });
  if (kept.size > KEPT) {
    const [oldest] = kept.keys();
    if (oldest) kept.delete(oldest);
  }
  return path;
}
