/** Where the next question is asked, and the one whose card stands on the page looked at. */
import { signal } from "@preact/signals";
import { type Asked, askedOn } from "../../../room/ask";
import type { QuestionPlace } from "../../../wire/messages";
import type { Desk } from "../desk";

export type Where = "panel" | QuestionPlace;
export const PLACES: readonly Where[] = ["panel", "beside", "over"];

/** As the teacher chose it last. */
export const where = signal<Where>("panel");

/** The page and the place to ask with; nothing for a question in the panel alone. */
export function pageAsked(desk: Desk): { page_id?: string; place?: QuestionPlace } {
  const place = where.peek();
  if (place === "panel" || desk.content.peek() !== "board") return {};
  return { page_id: desk.room.peek().board.page_id, place };
}

/** Null while no card stands on the page this person looks at. */
export function questionHere(desk: Desk): Asked | null {
  const view = desk.session.board.open.value?.view;
  if (!view || desk.content.value !== "board") return null;
  const { ask, rights } = desk.room.value;
  return askedOn(ask, view.pageId.value, rights.may_ask);
}
