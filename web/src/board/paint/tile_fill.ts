/**
 * The painting of one tile in pieces: lowest item first, as many as fit into a slice of time. The
 * old picture, if there is one, stays on show until the new one is complete.
 */

import type { Item, Rect } from "../model";
import { costOf, type Detail, paintItem } from "./item_painter";
import { scaleOf, TILE_PX, type TileId } from "./tile_grid";
import type { PaintPorts } from "./types";

/** Time that may be spent, and what of it is gone. */
export class Slice {
  private readonly end: number;
  private charged = 0;

  constructor(budgetMs: number) {
    this.end = performance.now() + budgetMs;
  }

  /** Raster time that comes later but belongs to this slice. */
  charge(ms: number): void {
    this.charged += ms;
  }

  get isOver(): boolean {
    return performance.now() + this.charged >= this.end;
  }
}

export interface Fill {
  id: TileId;
  items: Item[];
  next: number;
  detail: Detail;
  ctx: CanvasRenderingContext2D | null;
}

/** Canvases of tiles that went, for those that come. */
export class CanvasPool {
  private readonly free: HTMLCanvasElement[] = [];

  take(): CanvasRenderingContext2D | null {
    const canvas = this.free.pop() ?? document.createElement("canvas");
    if (canvas.width !== TILE_PX) canvas.width = TILE_PX;
    if (canvas.height !== TILE_PX) canvas.height = TILE_PX;
    const ctx = canvas.getContext("2d");
    ctx?.setTransform(1, 0, 0, 1, 0, 0);
    ctx?.clearRect(0, 0, TILE_PX, TILE_PX);
    return ctx;
  }

  give(canvas: HTMLCanvasElement | null): void {
    if (canvas && this.free.length < 8) this.free.push(canvas);
  }
}

/** Page space to the tile's pixels. */
export function enterTile(ctx: CanvasRenderingContext2D, id: TileId): void {
  const scale = scaleOf(id.k);
  ctx.setTransform(scale, 0, 0, scale, -id.i * TILE_PX, -id.j * TILE_PX);
}

/** Goes on until the tile is complete (true) or the slice is over (false). */
export function fillOn(fill: Fill, ports: PaintPorts, pool: CanvasPool, slice: Slice): boolean {
  if (fill.items.length === 0) return true;
  if (!fill.ctx) {
    fill.ctx = pool.take();
    if (!fill.ctx) return true;
    enterTile(fill.ctx, fill.id);
  }
  while (fill.next < fill.items.length) {
    if (slice.isOver) return false;
    const item = fill.items[fill.next++];
    if (!item) continue;
    paintItem(fill.ctx, item, ports, fill.detail);
    slice.charge(costOf(item, fill.detail));
  }
  return true;
}

/** Paints a part of a tile anew: whole pixels, so that no seam is left. */
export function repair(
  ctx: CanvasRenderingContext2D,
  id: TileId,
  part: Rect,
  items: readonly Item[],
  ports: PaintPorts,
  slice: Slice,
): void {
  const scale = scaleOf(id.k);
  const left = Math.floor(part.x * scale - id.i * TILE_PX) - 1;
  const top = Math.floor(part.y * scale - id.j * TILE_PX) - 1;
  const right = Math.ceil((part.x + part.w) * scale - id.i * TILE_PX) + 1;
  const bottom = Math.ceil((part.y + part.h) * scale - id.j * TILE_PX) + 1;
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  ctx.clearRect(left, top, right - left, bottom - top);
  enterTile(ctx, id);
  for (const item of items) {
    paintItem(ctx, item, ports, { scale });
    slice.charge(costOf(item, { scale }));
  }
  ctx.restore();
}
