/** Which page of how many is looked at, and where a page goes in the row. Pure. */
import type { PageFacts } from "../../../board/model";
import { t } from "../../../text/text";

export interface Pager {
  /** From 1; 0 when the page is not in the list any more. */
  at: number;
  count: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

export function pagerOf(pages: readonly { id: string }[], pageId: string): Pager {
  const at = pages.findIndex((page) => page.id === pageId) + 1;
  return { at, count: pages.length, hasBefore: at > 1, hasAfter: at > 0 && at < pages.length };
}

/** The page before which `id` must be put to stand at place `to`; null is the end. */
export function beforeOf(pages: readonly { id: string }[], id: string, to: number): string | null {
  const others = pages.filter((page) => page.id !== id);
  return others[Math.max(0, to)]?.id ?? null;
}

export function nameOfPage(page: PageFacts | { id: string; name: string }, at: number): string {
  return page.name === "" ? t("board-page-number", { number: at }) : page.name;
}
