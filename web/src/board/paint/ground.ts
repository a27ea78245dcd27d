/** What lies under the tiles: the page's paper, and the picture on it, with a soft shadow on the mat. */

import type { Camera, PageFacts, PageKind, Rect } from "../model";
import { pageRect } from "./camera_fit";
import { paintPaper } from "./paper";
import { onScreen } from "./tile_draw";

const SHADOW = "rgba(29, 28, 26, 0.14)";
const SHADOW_BLUR = 14;

const SEEN_THROUGH: ReadonlySet<PageKind> = new Set(["film", "activity", "ink"]);

/** Clears everything and paints the part of the page in `view` (page space). */
export function paintGround(
  ctx: CanvasRenderingContext2D,
  facts: PageFacts | null,
  camera: Camera,
  ratio: number,
  view: Rect | null,
  backdrop: CanvasImageSource | null = null,
): void {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  // Over a shared screen, and over what plays, there is nothing of ours but the ink.
  if (!facts || !view || SEEN_THROUGH.has(facts.kind)) return;
  const page = pageRect(facts);
  ctx.save();
  if (page) {
    const edge = onScreen(page, { camera, ratio });
    if (!isCovering(edge, ctx.canvas)) paintShadow(ctx, edge, ratio);
    clipTo(ctx, edge);
  }
  const scale = camera.scale * ratio;
  ctx.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
  paintPaper(ctx, facts.paper, view, scale);
  if (page && backdrop) ctx.drawImage(backdrop, page.x, page.y, page.w, page.h);
  ctx.restore();
}

/** Keeps what follows (in whatever coordinates) to a page that has an end. */
export function clipToPaper(
  ctx: CanvasRenderingContext2D,
  facts: PageFacts | null,
  camera: Camera,
  ratio: number,
): void {
  const page = pageRect(facts);
  if (!page) return;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  clipTo(ctx, onScreen(page, { camera, ratio }));
}

function clipTo(ctx: CanvasRenderingContext2D, { x, y, w, h }: Rect): void {
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
}

function isCovering(rect: Rect, canvas: { width: number; height: number }): boolean {
  const right = rect.x + rect.w >= canvas.width;
  return rect.x <= 0 && rect.y <= 0 && right && rect.y + rect.h >= canvas.height;
}

function paintShadow(ctx: CanvasRenderingContext2D, edge: Rect, ratio: number): void {
  const margin = SHADOW_BLUR * ratio;
  const { width, height } = ctx.canvas;
  const left = Math.max(edge.x, -margin * 2);
  const top = Math.max(edge.y, -margin * 2);
  const right = Math.min(edge.x + edge.w, width + margin * 2);
  const bottom = Math.min(edge.y + edge.h, height + margin * 2);
  ctx.save();
  for (let ring = 4; ring >= 1; ring--) {
    const by = (ring * ratio * SHADOW_BLUR) / 8;
    ctx.globalAlpha = 0.12;
    ctx.fillStyle = SHADOW;
    ctx.beginPath();
    ctx.roundRect(
      left - by,
      top - by + ratio,
      right - left + 2 * by,
      bottom - top + 2 * by,
      by + 2,
    );
    ctx.fill();
  }
  ctx.restore();
}
