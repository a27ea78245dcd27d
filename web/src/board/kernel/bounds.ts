/** Which part of the page an item covers: its strokes' width, its matrix and overflow included. */

import type { Item, Point, Rect } from "../model";
import { isIdentity } from "./matrix";
import { inkReach } from "./outline";
import { packedBounds } from "./packed";
import { around, grow, normal, transformed } from "./rect";
import { arrowHead } from "./shape";
import { layoutWords, type TextItem } from "./words";

/** What geometry alone cannot know: it needs fonts. */
export interface Sizes {
  /** Of a formula at scale 1, in board units; null as long as it is unknown. */
  formula(src: string): { w: number; h: number } | null;
  /** Height of a text or a note, which is more than its box when the words overflow. */
  words(item: TextItem): number;
}

/** Fair guesses where there are no fonts. */
export const ROUGH: Sizes = {
  formula: () => null,
  words: (item) => layoutWords(item).height,
};

/** In page space: everything the item paints lies inside. */
export function boundsOf(item: Item, sizes: Sizes = ROUGH): Rect {
  const rect = grow(localBounds(item, sizes), reachOf(item));
  return isIdentity(item.m) ? rect : transformed(item.m, rect);
}

/** The item's box in its own coordinates, without the width of its strokes. */
export function localBounds(item: Item, sizes: Sizes = ROUGH): Rect {
  switch (item.t) {
    case "pen":
    case "hl":
    case "poly":
      return packedBounds(item.d);
    case "line":
      return normal(item);
    case "arrow":
      return around([{ x: item.x, y: item.y } as Point, ...arrowHead(item)]);
    case "text":
    case "note":
      return { x: item.x, y: item.y, w: item.w, h: sizes.words(item) };
    case "tex": {
      const size = sizes.formula(item.src) ?? roughFormula(item.src);
      return { x: item.x, y: item.y, w: size.w * item.s, h: size.h * item.s };
    }
    default:
      return normal(item);
  }
}

/** By how much paint reaches over the box. */
function reachOf(item: Item): number {
  switch (item.t) {
    case "pen":
    case "hl":
      return inkReach(item);
    case "note":
      return item.fs;
    case "text":
      return item.fs * 0.2;
    case "tex":
    case "img":
      return 1;
    default:
      return item.sw / 2 + 0.5;
  }
}

/** Wide enough for the source itself, which is shown while a formula is faulty. */
function roughFormula(src: string): { w: number; h: number } {
  return { w: Math.min(14 * Math.max(src.length, 2), 2_000), h: 44 };
}
