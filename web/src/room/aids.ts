/** The lesson's aids: (aids, event) to aids. The last event is kept, because a pick has no state. */
import type { Aids, AidsEvent } from "../wire/messages";

export interface AidsState extends Aids {
  /** A new object with each event; null after a snapshot. */
  news: AidsEvent | null;
}

export const NO_AIDS: AidsState = { countdown: null, stars: [], news: null };

export function withAids(aids: AidsState, event: AidsEvent): AidsState {
  switch (event.type) {
    case "countdown_changed":
      return { ...aids, countdown: event.countdown, news: event };
    case "student_picked":
      return { ...aids, news: event };
    case "stars_changed": {
      const { stars } = event;
      const others = aids.stars.filter((one) => one.participant_id !== stars.participant_id);
      return { ...aids, stars: stars.count > 0 ? [...others, stars] : others, news: event };
    }
  }
}

export function starsOf(aids: AidsState, id: string): number {
  return aids.stars.find((one) => one.participant_id === id)?.count ?? 0;
}
