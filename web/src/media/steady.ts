/**
 * Holds a notice still: it comes at once, stays long enough to be read, and goes a little after its
 * cause, so that a network at the border does not make it flicker. Pure; times are milliseconds.
 */

export interface Steady<T> {
  shown: T | null;
  since: number;
  /** Since when nothing is to be said any more. */
  quietSince: number | null;
}

const AT_LEAST_MS = 3_000;
const AFTER_MS = 2_000;

export const NOTHING: Steady<never> = { shown: null, since: 0, quietSince: null };

/** `next` is what is true now; null is nothing. Equal values must be the same value. */
export function hold<T>(state: Steady<T>, next: T | null, now: number): Steady<T> {
  const { shown } = state;
  if (shown === null) return next === null ? state : { shown: next, since: now, quietSince: null };
  const read = now >= state.since + AT_LEAST_MS;
  if (next === shown) return { ...state, quietSince: null };
  if (next !== null) {
    return read ? { shown: next, since: now, quietSince: null } : { ...state, quietSince: null };
  }
  const quietSince = state.quietSince ?? now;
  return read && now >= quietSince + AFTER_MS ? NOTHING : { ...state, quietSince };
}

/** When to look again although nothing happened; null when there is no such time. */
export function holdsUntil<T>(state: Steady<T>, next: T | null): number | null {
  if (state.shown === null || next === state.shown) return null;
  const read = state.since + AT_LEAST_MS;
  return state.quietSince === null ? read : Math.max(read, state.quietSince + AFTER_MS);
}
