/**
 * The tiles there are, which of them are out of date and where, and which go first when memory
 * is short. Knows nothing of canvases: a bitmap is whatever the painter puts in.
 */

import { meets, overlap, union } from "../kernel/rect";
import type { Rect } from "../model";
import { keyOf, TILE_BYTES, type TileId, tileRect } from "./tile_grid";

/** Empty tiles take no bitmap, but they are not for nothing. */
const MOST_TILES = 2_000;

export interface Tile<Bitmap> extends TileId {
  /** Null: nothing lies there. */
  bitmap: Bitmap | null;
  /** A first sight that has to be painted properly. */
  isRough: boolean;
  /** The part that is out of date, in page space. */
  dirty: Rect | null;
}

export class TileStore<Bitmap> {
  /** Least recently used first. */
  private readonly tiles = new Map<string, Tile<Bitmap>>();

  constructor(private readonly limitBytes: number) {}

  get(id: TileId): Tile<Bitmap> | undefined {
    return this.tiles.get(keyOf(id));
  }

  /** Whether the tile is there, proper and up to date. */
  isFresh(id: TileId): boolean {
    const tile = this.get(id);
    return tile !== undefined && !tile.isRough && tile.dirty === null;
  }

  put(id: TileId, bitmap: Bitmap | null, isRough: boolean): Tile<Bitmap> {
    const { k, i, j } = id;
    const tile: Tile<Bitmap> = { k, i, j, bitmap, isRough, dirty: null };
    this.tiles.delete(keyOf(id));
    this.tiles.set(keyOf(id), tile);
    return tile;
  }

  /** Says that the tile is being looked at. */
  use(id: TileId): void {
    const key = keyOf(id);
    const tile = this.tiles.get(key);
    if (!tile) return;
    this.tiles.delete(key);
    this.tiles.set(key, tile);
  }

  /** All tiles that show a part of the rectangle, whatever their step. */
  touching(rect: Rect): Tile<Bitmap>[] {
    return [...this.tiles.values()].filter((tile) => meets(tileRect(tile), rect));
  }

  /** Notes that a part of the page has changed. */
  invalidate(rect: Rect): void {
    for (const tile of this.touching(rect)) {
      const part = overlap(tileRect(tile), rect);
      if (part) tile.dirty = tile.dirty ? union([tile.dirty, part]) : part;
    }
  }

  drop(id: TileId): void {
    this.tiles.delete(keyOf(id));
  }

  /** Forgets the least recently used tiles over the limit; what `isNeeded` stays in any case. */
  trim(isNeeded: (tile: TileId) => boolean): Tile<Bitmap>[] {
    const gone: Tile<Bitmap>[] = [];
    let bytes = this.bytes;
    for (const [key, tile] of this.tiles) {
      if (bytes <= this.limitBytes && this.tiles.size <= MOST_TILES) break;
      if (isNeeded(tile) || (tile.bitmap === null && this.tiles.size <= MOST_TILES)) continue;
      this.tiles.delete(key);
      if (tile.bitmap !== null) bytes -= TILE_BYTES;
      gone.push(tile);
    }
    return gone;
  }

  clear(): void {
    this.tiles.clear();
  }

  get bytes(): number {
    let count = 0;
    for (const tile of this.tiles.values()) if (tile.bitmap !== null) count++;
    return count * TILE_BYTES;
  }

  /** The steps of zoom of which there is a tile in the rectangle, nearest to `k` first. */
  stepsIn(rect: Rect, k: number): number[] {
    const steps = new Set(this.touching(rect).map((tile) => tile.k));
    return [...steps].sort((a, b) => Math.abs(a - k) - Math.abs(b - k) || b - a);
  }
}
