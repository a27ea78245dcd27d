/**
 * Since when the class is on its slide, steps of it included: noted here, while one is in the room,
 * and kept when the page is loaded anew.
 */
import { signal } from "@preact/signals";
import type { Board } from "../../../wire/messages";

/** `at` is a moment of `Date.now()`. */
interface Since {
  slide: string;
  at: number;
}

const STORED = "classroom.slide_since";
const NONE: Since = { slide: "", at: 0 };

function stored(): Since {
  try {
    const found = JSON.parse(globalThis.sessionStorage?.getItem(STORED) ?? "null") as Since | null;
    const isSound = typeof found?.slide === "string" && Number.isFinite(found.at);
    return found && isSound ? found : NONE;
  } catch {
    return NONE;
  }
}

export const slideSince = signal(stored());

export function noteSlide(board: Board, now: number): void {
  // Before the room is known there is no page, which says nothing.
  if (board.page_id === "") return;
  const page = board.pages.find((one) => one.id === board.page_id);
  const slide = page && page.placement !== "" ? `${page.placement} ${page.slide}` : "";
  if (slide === slideSince.peek().slide) return;
  slideSince.value = { slide, at: now };
  globalThis.sessionStorage?.setItem(STORED, JSON.stringify(slideSince.peek()));
}
