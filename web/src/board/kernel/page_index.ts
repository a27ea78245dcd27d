/**
 * Where the items of a page lie: an R-tree that follows the document. It hears every change
 * first and tells its own listeners which parts of the page have to be painted again.
 */

import RBush, { type BBox } from "rbush";
import type { Change, Item, PageDoc, Point, Rect } from "../model";
import { compareOrder } from "../order";
import { boundsOf, ROUGH, type Sizes } from "./bounds";
import { isHit } from "./hit";

interface Entry extends BBox {
  id: string;
}

export interface IndexChange {
  change: Change;
  /** Before and after the change, of what lay or lies there. */
  dirty: readonly { id: string; rect: Rect }[];
}

type Listener = (change: IndexChange) => void;

export class PageIndex {
  private readonly tree = new RBush<Entry>();
  private readonly entries = new Map<string, Entry>();
  private readonly listeners = new Set<Listener>();
  private readonly stop: () => void;

  constructor(
    readonly doc: PageDoc,
    private readonly sizes: Sizes = ROUGH,
  ) {
    const entries: Entry[] = [];
    for (const item of doc.items.values()) entries.push(this.entryOf(item));
    this.tree.load(entries);
    this.stop = doc.onChange((change) => this.follow(change));
  }

  /** Bounds of everything on the page; null when it is empty. */
  get bounds(): Rect | null {
    if (this.entries.size === 0) return null;
    const { minX, minY, maxX, maxY } = this.tree.toJSON() as BBox;
    return { x: minX, y: minY, w: maxX - minX, h: maxY - minY };
  }

  boundsOf(id: string): Rect | null {
    const entry = this.entries.get(id);
    return entry ? rectOf(entry) : null;
  }

  /** Items whose bounds meet the rectangle, lowest first. */
  search(rect: Rect): Item[] {
    const found: Item[] = [];
    for (const entry of this.tree.search(boxOf(rect))) {
      const item = this.doc.items.get(entry.id);
      if (item) found.push(item);
    }
    return found.sort(compareOrder);
  }

  /** How many items meet the rectangle. */
  count(rect: Rect): number {
    return this.tree.search(boxOf(rect)).length;
  }

  /** The topmost item under a point; `tolerance` in board units. */
  at(point: Point, tolerance: number): Item | null {
    return this.allAt(point, tolerance)[0] ?? null;
  }

  /** Everything under a point, topmost first. */
  allAt(point: Point, tolerance: number): Item[] {
    const reach = 2 * tolerance;
    const near = { x: point.x - tolerance, y: point.y - tolerance, w: reach, h: reach };
    const hit = this.search(near).filter((item) => isHit(item, point, tolerance, this.sizes));
    return hit.reverse();
  }

  /** After the document's changes; the tree is up to date by then. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Measures items again whose size has become known (formulas, words in a late font). */
  refresh(ids: readonly string[]): void {
    this.follow({ added: [], changed: ids, removed: [], local: false });
  }

  destroy(): void {
    this.stop();
    this.listeners.clear();
  }

  private follow(change: Change): void {
    const dirty: { id: string; rect: Rect }[] = [];
    for (const id of [...change.removed, ...change.changed]) {
      const entry = this.entries.get(id);
      if (!entry) continue;
      dirty.push({ id, rect: rectOf(entry) });
      this.tree.remove(entry);
      this.entries.delete(id);
    }
    const entries: Entry[] = [];
    for (const id of [...change.changed, ...change.added]) {
      const item = this.doc.items.get(id);
      const old = this.entries.get(id);
      if (old) this.tree.remove(old);
      if (!item) continue;
      const entry = this.entryOf(item);
      entries.push(entry);
      dirty.push({ id, rect: rectOf(entry) });
    }
    this.tree.load(entries);
    for (const listener of [...this.listeners]) listener({ change, dirty });
  }

  private entryOf(item: Item): Entry {
    const { x, y, w, h } = boundsOf(item, this.sizes);
    const entry = { id: item.id, minX: x, minY: y, maxX: x + w, maxY: y + h };
    this.entries.set(item.id, entry);
    return entry;
  }
}

function rectOf(entry: Entry): Rect {
  return { x: entry.minX, y: entry.minY, w: entry.maxX - entry.minX, h: entry.maxY - entry.minY };
}

function boxOf(rect: Rect): BBox {
  return { minX: rect.x, minY: rect.y, maxX: rect.x + rect.w, maxY: rect.y + rect.h };
}
