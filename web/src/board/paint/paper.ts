/** The paper under everything: white in both themes, with dots or lines on it. */

import type { Paper, Rect } from "../model";

const WHITE = "#ffffff";
const DOT = "#cfccc4";
const LINE = "#e3e2de";
const STRONG = "#cbd8d7";

/** Board units between dots and lines; a graph paper has small squares in large ones. */
export const SPACING: Readonly<Record<Paper, number>> = {
  plain: 0,
  dots: 32,
  grid: 32,
  ruled: 40,
  graph: 10,
};
const LARGE_SQUARE = 5;
/** Device pixels below which a pattern is noise: then only every second line is drawn. */
const CLOSEST = 7;

/** Paints `rect` (page space) white with the pattern; the transform leads to device pixels. */
export function paintPaper(
  ctx: CanvasRenderingContext2D,
  paper: Paper,
  rect: Rect,
  scale: number,
): void {
  ctx.fillStyle = WHITE;
  ctx.fillRect(rect.x, rect.y, rect.w, rect.h);
  if (paper === "plain") return;
  const step = spacingAt(SPACING[paper], scale);
  if (paper === "dots") {
    paintDots(ctx, rect, step, scale);
    return;
  }
  const hair = 1 / scale;
  paintLines(ctx, rect, step, hair, LINE, paper !== "ruled");
  if (paper === "graph") paintLines(ctx, rect, step * LARGE_SQUARE, hair, STRONG, true);
}

/** The spacing, doubled until it can be seen. */
export function spacingAt(spacing: number, scale: number): number {
  let step = spacing;
  while (step * scale < CLOSEST) step *= 2;
  return step;
}

function paintDots(ctx: CanvasRenderingContext2D, rect: Rect, step: number, scale: number): void {
  const size = Math.max(1.6, 1.2 / scale);
  ctx.fillStyle = DOT;
  ctx.beginPath();
  for (let y = Math.ceil((rect.y + size) / step) * step; y < rect.y + rect.h; y += step) {
    for (let x = Math.ceil((rect.x + size) / step) * step; x < rect.x + rect.w; x += step) {
      if (size * scale < 2.5) ctx.rect(x - size / 2, y - size / 2, size, size);
      else {
        ctx.moveTo(x + size / 2, y);
        ctx.arc(x, y, size / 2, 0, 2 * Math.PI);
      }
    }
  }
  ctx.fill();
}

function paintLines(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  step: number,
  hair: number,
  colour: string,
  hasUprights: boolean,
): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  for (let y = Math.ceil((rect.y + hair) / step) * step; y < rect.y + rect.h; y += step) {
    ctx.rect(rect.x, y - hair / 2, rect.w, hair);
  }
  if (hasUprights) {
    for (let x = Math.ceil((rect.x + hair) / step) * step; x < rect.x + rect.w; x += step) {
      ctx.rect(x - hair / 2, rect.y, hair, rect.h);
    }
  }
  ctx.fill();
}
