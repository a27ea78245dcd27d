/** Items on their way: few are painted anew at each frame, many from one picture of them all. */

import type { PageIndex } from "../kernel/page_index";
import { grow, union } from "../kernel/rect";
import type { Item, Rect } from "../model";
import { compareOrder } from "../order";
import { paintItem } from "./item_painter";
import type { LiveShape, PaintPorts } from "./types";

type Moved = Pick<Extract<LiveShape, { kind: "moved" }>, "ids" | "m">;

const FEW = 40;
const MOST_PX = 4_096;

interface Picture {
  ids: readonly string[];
  scale: number;
  rect: Rect;
  canvas: HTMLCanvasElement;
}

export class MovedPainter {
  private readonly pictures = new Map<string, Picture>();

  constructor(private readonly ports: PaintPorts) {}

  /** The transform leads from page space to device pixels, `scale` of them per board unit. */
  paint(
    ctx: CanvasRenderingContext2D,
    key: string,
    moved: Moved,
    index: PageIndex,
    scale: number,
  ): void {
    ctx.save();
    ctx.transform(...(moved.m as [number, number, number, number, number, number]));
    if (moved.ids.length <= FEW) {
      for (const item of itemsOf(moved.ids, index)) paintItem(ctx, item, this.ports, { scale });
    } else {
      const picture = this.pictureOf(key, moved.ids, index, scale);
      if (picture) {
        const { x, y, w, h } = picture.rect;
        ctx.drawImage(picture.canvas, x, y, w, h);
      }
    }
    ctx.restore();
  }

  forget(key: string): void {
    this.pictures.delete(key);
  }

  clear(): void {
    this.pictures.clear();
  }

  private pictureOf(
    key: string,
    ids: readonly string[],
    index: PageIndex,
    scale: number,
  ): Picture | null {
    const known = this.pictures.get(key);
    const isSame =
      known && known.ids.length === ids.length && known.ids.every((id, at) => id === ids[at]);
    if (isSame && known.scale / scale < 1.5 && scale / known.scale < 1.5) return known;
    const items = itemsOf(ids, index);
    const rects = items.flatMap((item) => index.boundsOf(item.id) ?? []);
    const rect = grow(union(rects), 2);
    const good = Math.min(scale, MOST_PX / rect.w, MOST_PX / rect.h);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(Math.ceil(rect.w * good), 1);
    canvas.height = Math.max(Math.ceil(rect.h * good), 1);
    const ctx = canvas.getContext("2d");
    if (!ctx) return null;
    ctx.setTransform(canvas.width / rect.w, 0, 0, canvas.height / rect.h, 0, 0);
    ctx.translate(-rect.x, -rect.y);
    for (const item of items) paintItem(ctx, item, this.ports, { scale: good });
    const picture = { ids, scale, rect, canvas };
    this.pictures.set(key, picture);
    return picture;
  }
}

/** Lowest first. */
function itemsOf(ids: readonly string[], index: PageIndex): Item[] {
  return ids.flatMap((id) => index.doc.items.get(id) ?? []).sort(compareOrder);
}
