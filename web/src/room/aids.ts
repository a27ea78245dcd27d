/** The lesson's aids: (aids, event) to aids. The last event is kept, because a pick has no state. */
import type { Aids, AidsEvent, Timer } from "../wire/messages";

export interface AidsState extends Aids {
  /** A new object with each event; null after a snapshot. */
  news: AidsEvent | null;
}

export const NO_AIDS: AidsState = { timer: null, stars: [], news: null };

export function withAids(aids: AidsState, event: AidsEvent): AidsState {
  switch (event.type) {
    case "timer_changed":
      return { ...aids, timer: event.timer, news: event };
    case "student_picked":
      return { ...aids, news: event };
    case "stars_changed": {
      const { stars } = event;
      const others = aids.stars.filter((one) => one.participant_id !== stars.participant_id);
      return { ...aids, stars: stars.count > 0 ? [...others, stars] : others, news: event };
    }
  }
}

/** Whole seconds on a timer at a moment of the room clock: left, or since a stopwatch began. */
export function secondsOn(timer: Timer, clockMs: number): number {
  const at = timer.paused_ms ?? clockMs;
  const left = timer.ends_ms;
  const seconds =
    left === null ? Math.floor((at - timer.started_ms) / 1000) : Math.ceil((left - at) / 1000);
  return Math.max(0, seconds);
}

export function starsOf(aids: AidsState, id: string): number {
  return aids.stars.find((one) => one.participant_id === id)?.count ?? 0;
}
