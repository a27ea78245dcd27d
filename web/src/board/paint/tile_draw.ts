/** Tiles onto the screen: edges on whole device pixels, so that neighbours leave no seam. */

import { overlap } from "../kernel/rect";
import type { Camera, Rect } from "../model";
import { scaleOf, TILE_PX, type TileId, tileRect } from "./tile_grid";

/** From page space to device pixels. */
export interface Blit {
  camera: Camera;
  ratio: number;
}

export function drawTile(
  ctx: CanvasRenderingContext2D,
  bitmap: HTMLCanvasElement,
  id: TileId,
  blit: Blit,
): void {
  const { x, y, w, h } = onScreen(tileRect(id), blit);
  ctx.drawImage(bitmap, x, y, w, h);
}

/** Only what shows `part` of the page. */
export function drawTileParts(
  ctx: CanvasRenderingContext2D,
  bitmap: HTMLCanvasElement,
  id: TileId,
  part: Rect,
  blit: Blit,
): void {
  const whole = tileRect(id);
  const shown = overlap(whole, part);
  if (!shown || shown.w <= 0 || shown.h <= 0) return;
  const { x, y, w, h } = onScreen(shown, blit);
  if (w <= 0 || h <= 0) return;
  const scale = scaleOf(id.k);
  const sx = Math.max((shown.x - whole.x) * scale, 0);
  const sy = Math.max((shown.y - whole.y) * scale, 0);
  const sw = Math.min(shown.w * scale, TILE_PX - sx);
  const sh = Math.min(shown.h * scale, TILE_PX - sy);
  if (sw > 0 && sh > 0) ctx.drawImage(bitmap, sx, sy, sw, sh, x, y, w, h);
}

/** In whole device pixels. */
export function onScreen(rect: Rect, { camera, ratio }: Blit): Rect {
  const scale = camera.scale * ratio;
  const left = Math.round((rect.x - camera.x) * scale);
  const top = Math.round((rect.y - camera.y) * scale);
  const right = Math.round((rect.x + rect.w - camera.x) * scale);
  const bottom = Math.round((rect.y + rect.h - camera.y) * scale);
  return { x: left, y: top, w: right - left, h: bottom - top };
}
