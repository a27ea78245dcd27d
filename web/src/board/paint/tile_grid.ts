/** Which square of the page each tile shows: zoom in steps of 2^(k/2), squares of 512 pixels. */

import type { Rect } from "../model";

export const TILE_PX = 512;
export const TILE_BYTES = TILE_PX * TILE_PX * 4;
/** A picture may be blown up by this much before the next step of zoom is worth its work. */
const SLACK = 0.1;

/** A step of zoom and a place in its grid. */
export interface TileId {
  k: number;
  i: number;
  j: number;
}

/** The step for `scale` device pixels per board unit: never much coarser than the screen. */
export function stepFor(scale: number): number {
  return Math.ceil(2 * Math.log2(scale) - SLACK) + 0; // never -0
}

/** Device pixels of the tile per board unit. */
export function scaleOf(k: number): number {
  return 2 ** (k / 2);
}

export function keyOf({ k, i, j }: TileId): string {
  return `${k}/${i}/${j}`;
}

/** The tile's square, in page space. */
export function tileRect({ k, i, j }: TileId): Rect {
  const side = TILE_PX / scaleOf(k);
  return { x: i * side, y: j * side, w: side, h: side };
}

/** Tiles of a step that a rectangle touches, those next to its middle first. */
export function tilesIn(rect: Rect, k: number): TileId[] {
  const side = TILE_PX / scaleOf(k);
  const [left, right] = [Math.floor(rect.x / side), Math.ceil((rect.x + rect.w) / side) - 1];
  const [top, bottom] = [Math.floor(rect.y / side), Math.ceil((rect.y + rect.h) / side) - 1];
  const tiles: TileId[] = [];
  for (let j = top; j <= Math.max(bottom, top); j++) {
    for (let i = left; i <= Math.max(right, left); i++) tiles.push({ k, i, j });
  }
  const [x, y] = [(rect.x + rect.w / 2) / side - 0.5, (rect.y + rect.h / 2) / side - 0.5];
  const far = (tile: TileId): number => (tile.i - x) ** 2 + (tile.j - y) ** 2;
  return tiles.sort((a, b) => far(a) - far(b));
}
