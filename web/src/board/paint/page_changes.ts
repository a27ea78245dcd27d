/** From changes of the document to changes of the picture: what to paint over, what anew. */

import type { Sizes } from "../kernel/bounds";
import { type IndexChange, PageIndex } from "../kernel/page_index";
import type { Item, PageDoc } from "../model";
import type { TileLayer } from "./tile_layer";
import type { PaintPorts } from "./types";

/** More new items at once are painted with everything under them, in slices. */
const FEW = 64;

export class PageChanges {
  private index: PageIndex | null = null;
  private readonly stops: (() => void)[];

  constructor(
    ports: PaintPorts,
    private readonly sizes: Sizes,
    private readonly tiles: Pick<TileLayer, "add" | "invalidate">,
    private readonly onPaint: () => void,
  ) {
    this.stops = [
      ports.pictures.onReady((asset) => this.pictureCame(asset)),
      ports.formulas.onReady((src) => this.formulaCame(src)),
    ];
  }

  /** The index of the document's items; the one before is given up. */
  follow(doc: PageDoc | null): PageIndex | null {
    this.index?.destroy();
    this.index = doc ? new PageIndex(doc, this.sizes) : null;
    this.index?.onChange((change) => this.changed(change));
    return this.index;
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.index?.destroy();
  }

  private changed({ change, dirty }: IndexChange): void {
    const fresh = this.index ? itemsOnTop(this.index.doc, change.added) : [];
    const rects = new Map(dirty.map(({ id, rect }) => [id, rect]));
    const painted = new Set<string>();
    if (fresh.length <= FEW) {
      for (const item of fresh) {
        const rect = rects.get(item.id);
        if (!rect) continue;
        this.tiles.add(item, rect);
        painted.add(item.id);
      }
    }
    for (const { id, rect } of dirty) if (!painted.has(id)) this.tiles.invalidate(rect);
    this.onPaint();
  }

  private pictureCame(asset: string): void {
    for (const item of this.index?.doc.items.values() ?? []) {
      if (item.t !== "img" || item.asset !== asset) continue;
      const rect = this.index?.boundsOf(item.id);
      if (rect) this.tiles.invalidate(rect);
    }
    this.onPaint();
  }

  private formulaCame(src: string): void {
    const ids: string[] = [];
    for (const item of this.index?.doc.items.values() ?? []) {
      if (item.t === "tex" && item.src === src) ids.push(item.id);
    }
    if (ids.length > 0) this.index?.refresh(ids);
    else this.onPaint();
  }
}

/** The new items, lowest first, when they lie above all others; none of them otherwise. */
export function itemsOnTop(
  doc: Pick<PageDoc, "ordered">,
  added: readonly string[],
): readonly Item[] {
  if (added.length === 0) return [];
  const top = doc.ordered().slice(-added.length);
  const fresh = new Set(added);
  return top.every((item) => fresh.has(item.id)) ? top : [];
}
