/**
 * Who is ringed: at once when the server names them, and until 600 ms after it no longer does, so
 * that short pauses do not flicker. Pure; times are milliseconds.
 */

/** Each ringed person with the time the ring leaves; null while the server names them. */
export type Rings = ReadonlyMap<string, number | null>;

export const RING_MS = 600;

export function named(rings: Rings, ids: readonly string[], now: number): Rings {
  const next = new Map<string, number | null>();
  for (const [id, until] of rings) next.set(id, until ?? now + RING_MS);
  for (const id of ids) next.set(id, null);
  return faded(next, now);
}

export function faded(rings: Rings, now: number): Rings {
  const gone = (until: number | null) => until !== null && until <= now;
  return new Map([...rings].filter(([, until]) => !gone(until)));
}

/** When the next ring leaves; null when none is leaving. */
export function nextFade(rings: Rings): number | null {
  const times = [...rings.values()].filter((until) => until !== null);
  return times.length > 0 ? Math.min(...times) : null;
}
