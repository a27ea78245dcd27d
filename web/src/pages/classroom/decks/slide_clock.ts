/** Since when the class is on its slide, steps of it included; noted here, while one is in the room. */
import { signal } from "@preact/signals";
import type { Board } from "../../../wire/messages";

/** `at` is a moment of `Date.now()`. */
export const slideSince = signal({ slide: "", at: 0 });

export function noteSlide(board: Board, now: number): void {
  const page = board.pages.find((one) => one.id === board.page_id);
  const slide = page && page.placement !== "" ? `${page.placement} ${page.slide}` : "";
  if (slide !== slideSince.peek().slide) slideSince.value = { slide, at: now };
}
