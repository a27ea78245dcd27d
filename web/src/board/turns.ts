/** Where the keys for turning far lead: past the steps of a slide, and to the ends. Pure. */
import type { PageFacts } from "./model";

export type FarTurn = "slide_before" | "slide_after" | "page_first" | "page_last";

/**
 * Null when there is no other page that way. Ends are those of the deck looked at, else of the
 * board's own pages. Going back leads to a slide's first step.
 */
export function farTurn(pages: readonly PageFacts[], pageId: string, how: FarTurn): string | null {
  const row = pages.filter((page) => !page.isReserved);
  const at = row.findIndex((page) => page.id === pageId);
  const here = row[at];
  if (!here) return null;
  const to =
    how === "slide_after" || how === "slide_before" ? besides(row, at, how) : end(row, here, how);
  return to && to.id !== pageId ? to.id : null;
}

function besides(
  row: readonly PageFacts[],
  at: number,
  how: "slide_before" | "slide_after",
): PageFacts | undefined {
  const here = row[at];
  const isOther = (page: PageFacts) => here === undefined || slideOf(page) !== slideOf(here);
  if (how === "slide_after") return row.slice(at + 1).find(isOther);
  const before = row.slice(0, at).findLast(isOther);
  return before && row.find((page) => slideOf(page) === slideOf(before));
}

function end(row: readonly PageFacts[], here: PageFacts, how: FarTurn): PageFacts | undefined {
  const mates = row.filter((page) => page.placement === here.placement);
  return how === "page_first" ? mates[0] : mates.at(-1);
}

/** A page of no deck is a slide of its own. */
function slideOf(page: PageFacts): string {
  return page.placement === "" ? page.id : `${page.placement} ${page.slide}`;
}
