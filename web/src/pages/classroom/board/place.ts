/** Where in its row a page stands, in words: for the foot, and said when somebody turns. */
import { t } from "../../../text/text";
import type { Desk } from "../desk";
import { mayLead } from "./acts";
import { pagerOf } from "./pager";
import { ownPages, slideOf } from "./slides";

/** Null for a page that is not in the class's list. */
export function wordsOfPlace(desk: Desk, id: string): string | null {
  const { pages } = desk.room.peek().board;
  const place = slideOf(pages, id);
  if (!place) {
    const { at, count } = pagerOf(ownPages(pages, mayLead(desk)), id);
    return at > 0 ? t("board-page-of", { at, count }) : null;
  }
  const slide = t("present-slide-of", { at: place.slide, count: place.slides });
  if (place.steps === 1) return slide;
  return `${slide}, ${t("present-step-of", { at: place.step, count: place.steps })}`;
}
