/**
 * Holds a notice still: it comes when its cause has lasted a moment, stays long enough to be read,
 * and goes a little after its cause, so that a network at the border does not make it flicker.
 * Pure; times are milliseconds.
 */

export interface Steady<T> {
  shown: T | null;
  /** Since when it is shown. */
  since: number;
  /** Since when there is something to say, while nothing is shown. */
  causeSince: number | null;
  /** Since when there is nothing to say any more, while something is shown. */
  quietSince: number | null;
}

const BEFORE_MS = 1_500;
const AT_LEAST_MS = 3_000;
const AFTER_MS = 2_000;

export const NOTHING: Steady<never> = {
  shown: null,
  since: 0,
  causeSince: null,
  quietSince: null,
};

function showing<T>(shown: T, since: number): Steady<T> {
  return { ...NOTHING, shown, since };
}

/** `next` is what is true now; null is nothing. Equal values must be the same value. */
export function hold<T>(state: Steady<T>, next: T | null, now: number): Steady<T> {
  const { shown } = state;
  if (shown === null) {
    if (next === null) return NOTHING;
    const causeSince = state.causeSince ?? now;
    return now >= causeSince + BEFORE_MS ? showing(next, now) : { ...NOTHING, causeSince };
  }
  const read = now >= state.since + AT_LEAST_MS;
  if (next === null) {
    const quietSince = state.quietSince ?? now;
    return read && now >= quietSince + AFTER_MS ? NOTHING : { ...state, quietSince };
  }
  if (next !== shown && read) return showing(next, now);
  return { ...state, quietSince: null };
}

/** When to look again although nothing happened; null when there is no such time. */
export function holdsUntil<T>(state: Steady<T>, next: T | null): number | null {
  if (state.causeSince !== null) return state.causeSince + BEFORE_MS;
  if (state.shown === null || next === state.shown) return null;
  const read = state.since + AT_LEAST_MS;
  return state.quietSince === null ? read : Math.max(read, state.quietSince + AFTER_MS);
}
