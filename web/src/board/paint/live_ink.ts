/**
 * Ink in progress. Up to a thousand points the whole outline is made anew at each frame; of longer
 * strokes the older part is kept as a path, and only the rest is outlined.
 */

import { strokeOutline, traceOutline } from "../kernel/outline";
import type { InkPoint } from "../model";
import type { LiveShape } from "./types";

type LiveInk = Extract<LiveShape, { kind: "ink" }>;

const WHOLE = 1_000;
const PIECE = 500;
/** Points that pieces share: the smoothing needs a run-up. */
const RUN_UP = 40;

interface Settled {
  count: number;
  path: Path2D;
}

/** By the array of points, which lives as long as the stroke. */
const settled = new WeakMap<readonly InkPoint[], Settled>();

export function paintLiveInk(ctx: CanvasRenderingContext2D, ink: LiveInk): void {
  const { style, points } = ink;
  if (points.length === 0) return;
  ctx.save();
  ctx.globalAlpha *= style.o;
  if (style.t === "hl") ctx.globalCompositeOperation = "multiply";
  ctx.fillStyle = style.c;
  const path = new Path2D();
  const old = points.length > WHOLE ? settle(ink) : null;
  if (old) path.addPath(old.path);
  const start = old ? Math.max(old.count - RUN_UP, 0) : 0;
  const rest = [...points.slice(start), ...(ink.predicted ?? [])];
  traceOutline(strokeOutline(rest, style), path);
  ctx.fill(path);
  ctx.restore();
}

function settle({ style, points }: LiveInk): Settled {
  const old = settled.get(points) ?? { count: 0, path: new Path2D() };
  while (points.length - old.count > WHOLE) {
    const from = Math.max(old.count - RUN_UP, 0);
    const upTo = old.count + PIECE;
    traceOutline(strokeOutline(points.slice(from, upTo), style), old.path);
    old.count = upTo;
  }
  settled.set(points, old);
  return old;
}
