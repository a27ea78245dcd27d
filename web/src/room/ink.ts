/** What is drawn on the shared screen: (ink, event) to ink. The last event is kept for what is said of it. */
import type { Ink, InkChanged } from "../wire/messages";

export interface InkState extends Ink {
  /** A new object with each event; null after a snapshot. */
  news: InkChanged | null;
}

export const NO_INK: InkState = {
  page_id: "",
  share_of: null,
  look: "stay",
  is_open: true,
  news: null,
};

export function withInk(event: InkChanged): InkState {
  return { ...event.ink, news: event };
}
