/**
 * The items of a page as tiles. `work` paints what is missing or out of date, in slices; `draw`
 * puts what there is on the screen, with the nearest other step of zoom where a tile is missing.
 */

import type { PageIndex } from "../kernel/page_index";
import { meets, overlap } from "../kernel/rect";
import type { Item, Rect } from "../model";
import { paintItem } from "./item_painter";
import { type Blit, drawTile, drawTileParts } from "./tile_draw";
import { CanvasPool, enterTile, type Fill, fillOn, repair, Slice } from "./tile_fill";
import { keyOf, scaleOf, type TileId, tileRect, tilesIn } from "./tile_grid";
import { TileStore } from "./tile_store";
import type { PaintPorts } from "./types";

const LIMIT_BYTES = 64 * 1024 * 1024;
/** More items than this in a view not yet painted: it is shown rough first. */
const CROWD = 1_200;
/** A first sight is three steps coarser: an eighth of the pixels. */
const ROUGH_STEPS = 3;
/** At this scale and below ink is thin lines anyway. */
const THIN_SCALE = 0.36;
/** A part with more items than this is not repaired in place. */
const REPAIRABLE = 1_500;
const REPAIR_MS = 20;

export class TileLayer {
  private index: PageIndex | null = null;
  private hidden: ReadonlySet<string> = new Set();
  private readonly store = new TileStore<HTMLCanvasElement>(LIMIT_BYTES);
  private readonly fills = new Map<string, Fill>();
  private readonly pool = new CanvasPool();

  constructor(private readonly ports: PaintPorts) {}

  show(index: PageIndex | null): void {
    this.index = index;
    this.fills.clear();
    this.store.clear();
  }

  hide(ids: ReadonlySet<string>): void {
    this.hidden = ids;
  }

  /** A part of the page is not any more as it was painted. */
  invalidate(rect: Rect): void {
    this.store.invalidate(rect);
    for (const [key, fill] of this.fills) {
      if (meets(tileRect(fill.id), rect)) this.fills.delete(key);
    }
  }

  /** A new item above everything else: painted over the tiles it touches. */
  add(item: Item, rect: Rect): void {
    if (this.hidden.has(item.id)) return;
    for (const tile of this.store.touching(rect)) {
      const ctx = tile.bitmap ? tile.bitmap.getContext("2d") : this.pool.take();
      if (!ctx) continue;
      tile.bitmap = ctx.canvas;
      enterTile(ctx, tile);
      paintItem(ctx, item, this.ports, { scale: scaleOf(tile.k), isRough: tile.isRough });
    }
    for (const fill of this.fills.values()) {
      if (meets(tileRect(fill.id), rect)) fill.items.push(item);
    }
  }

  /** Whether every part of the view has a picture, be it a rough one. */
  isWhole(view: Rect, k: number): boolean {
    return tilesIn(view, k).every(
      (id) => this.store.get(id) !== undefined || this.isStoodIn(overlap(tileRect(id), view), k),
    );
  }

  isDone(view: Rect, k: number): boolean {
    return tilesIn(view, k).every((id) => this.store.isFresh(id));
  }

  /** One slice of work; true when something in the view looks different now. */
  work(view: Rect, k: number, budgetMs: number): boolean {
    if (!this.index) return false;
    const slice = new Slice(budgetMs);
    // Repairs go before the clock: what was dropped must not blink between the two canvases.
    let hasChanged = this.repairAll(view, k, new Slice(Math.max(budgetMs, REPAIR_MS)));
    const missing = tilesIn(view, k).filter((id) => !this.store.isFresh(id));
    if (missing.length > 0) {
      const wanted = [...this.roughTiles(view, k), ...missing];
      for (const id of wanted) {
        if (slice.isOver) break;
        this.goOn(id, id.k !== k, slice);
        hasChanged = true;
      }
      this.dropFills(view, k);
    }
    this.trim(view, k);
    return hasChanged;
  }

  /** Paints tiles nobody sees yet, for the next pan; true while there are some to paint. */
  prepare(around: Rect, k: number, budgetMs: number): boolean {
    const near = tilesIn(around, k).filter((id) => !this.store.get(id));
    const slice = new Slice(budgetMs);
    for (const id of near) {
      if (this.store.bytes > LIMIT_BYTES * 0.8) return false;
      if (slice.isOver) return true;
      this.goOn(id, false, slice);
    }
    return false;
  }

  draw(ctx: CanvasRenderingContext2D, view: Rect, k: number, blit: Blit): void {
    for (const id of tilesIn(view, k)) {
      const tile = this.store.get(id);
      if (tile) {
        this.store.use(id);
        if (tile.bitmap) drawTile(ctx, tile.bitmap, id, blit);
        continue;
      }
      const part = overlap(tileRect(id), view);
      if (part && this.drawStandIn(ctx, part, k, blit)) continue;
      const started = this.fills.get(keyOf(id))?.ctx;
      if (started) drawTile(ctx, started.canvas, id, blit);
    }
  }

  private repairAll(view: Rect, k: number, slice: Slice): boolean {
    let hasChanged = false;
    for (const id of tilesIn(view, k)) {
      const tile = this.store.get(id);
      if (!tile?.dirty || tile.isRough) continue;
      if (slice.isOver && hasChanged) break;
      const items = this.itemsIn(tile.dirty);
      if (items.length > REPAIRABLE) continue;
      const ctx = tile.bitmap ? tile.bitmap.getContext("2d") : this.pool.take();
      if (!ctx) continue;
      tile.bitmap = ctx.canvas;
      repair(ctx, id, tile.dirty, items, this.ports, slice);
      tile.dirty = null;
      hasChanged = true;
    }
    return hasChanged;
  }

  /** Coarse tiles to show first when there is much to paint and nothing to show meanwhile. */
  private roughTiles(view: Rect, k: number): TileId[] {
    if (scaleOf(k) <= THIN_SCALE) return [];
    const bare = tilesIn(view, k).some(
      (id) => !this.store.get(id) && !this.isStoodIn(overlap(tileRect(id), view), k),
    );
    if (!bare || (this.index?.count(view) ?? 0) < CROWD) return [];
    return tilesIn(view, k - ROUGH_STEPS).filter((id) => !this.store.get(id));
  }

  private goOn(id: TileId, isRough: boolean, slice: Slice): void {
    const key = keyOf(id);
    let fill = this.fills.get(key);
    if (!fill) {
      const detail = { scale: scaleOf(id.k), isRough };
      fill = { id, items: this.itemsIn(tileRect(id)), next: 0, detail, ctx: null };
      this.fills.set(key, fill);
    }
    if (!fillOn(fill, this.ports, this.pool, slice)) return;
    this.fills.delete(key);
    const old = this.store.get(id)?.bitmap ?? null;
    this.store.put(id, fill.ctx?.canvas ?? null, isRough);
    this.pool.give(old);
  }

  /** Started tiles that nobody looks at any more are given up. */
  private dropFills(view: Rect, k: number): void {
    for (const [key, fill] of this.fills) {
      const isNear = meets(tileRect(fill.id), view);
      if (isNear && (fill.id.k === k || fill.id.k === k - ROUGH_STEPS)) continue;
      this.fills.delete(key);
      this.pool.give(fill.ctx?.canvas ?? null);
    }
  }

  private trim(view: Rect, k: number): void {
    const gone = this.store.trim((id) => id.k === k && meets(tileRect(id), view));
    for (const tile of gone) this.pool.give(tile.bitmap);
  }

  private itemsIn(rect: Rect): Item[] {
    const found = this.index?.search(rect) ?? [];
    return this.hidden.size === 0 ? found : found.filter((item) => !this.hidden.has(item.id));
  }

  private isStoodIn(part: Rect | null, k: number): boolean {
    if (!part) return true;
    return this.store.stepsIn(part, k).some((step) => this.isCovered(part, step));
  }

  private isCovered(part: Rect, step: number): boolean {
    return tilesIn(part, step).every((id) => this.store.get(id) !== undefined);
  }

  private drawStandIn(ctx: CanvasRenderingContext2D, part: Rect, k: number, blit: Blit): boolean {
    const steps = this.store.stepsIn(part, k);
    const step = steps.find((one) => this.isCovered(part, one)) ?? steps[0];
    if (step === undefined) return false;
    for (const id of tilesIn(part, step)) {
      const bitmap = this.store.get(id)?.bitmap;
      if (bitmap) drawTileParts(ctx, bitmap, id, part, blit);
    }
    return true;
  }
}
