/** Read-only facts of the page's items for the browser tests. */
import { boundsOf } from "../../../board/kernel/bounds";
import type { Item, Rect } from "../../../board/model";

export interface ItemFacts {
  id: string;
  t: string;
  by: string;
  bounds: Rect;
  text: string;
  /** Ink with real pressure. */
  pressure: boolean;
}

export function itemFacts(items: readonly Item[]): ItemFacts[] {
  return items.map((item) => ({
    id: item.id,
    t: item.t,
    by: item.by,
    bounds: boundsOf(item),
    text: item.t === "tex" ? item.src : item.text,
    pressure: (item.t === "pen" || item.t === "hl") && item.s === 0,
  }));
}
