/**
 * The room clock here: milliseconds since the lesson began. A snapshot tells it late by its way
 * here; readings that were asked for tell it to within half of their round trip. Pure.
 */
/** What the room clock showed at a moment of `performance.now()`. */
export interface Reading {
  ms: number;
  at: number;
  /** How far it may be off, in ms; infinite for one that came with a snapshot. */
  error: number;
}

/** A question, in `performance.now()`, and what the clock showed in between. */
export interface Probe {
  asked: number;
  heard: number;
  clock: number;
}

/** Two clocks drift apart by this part of the time: a crystal is good for a hundred millionths. */
const DRIFT = 1e-4;
/** A snapshot is late by its way here, seldom by more: then the clock itself is another one. */
const OTHER_MS = 3_000;

/** What it shows at a moment of `performance.now()`. */
export function clockNow(state: { clock: Reading }, now = performance.now()): number {
  return Math.max(0, state.clock.ms + now - state.clock.at);
}

/** The reading of the probe that took the least time; null without one. */
export function readingOf(probes: readonly Probe[]): Reading | null {
  const [best] = [...probes].sort((a, b) => a.heard - a.asked - (b.heard - b.asked));
  if (!best) return null;
  const half = (best.heard - best.asked) / 2;
  return { ms: best.clock, at: best.asked + half, error: half };
}

/** The better one at a moment: what is known of the older one gets worse with time. */
export function better(known: Reading, fresh: Reading, now = fresh.at): Reading {
  return errorAt(fresh, now) <= errorAt(known, now) ? fresh : known;
}

/**
 * After a snapshot. What was measured goes on while it may be the same clock: it is nearer the
 * truth, and whatever follows it does not jump. The next measurement takes its place.
 */
export function afterSnapshot(known: Reading, told: { ms: number; at: number }): Reading {
  const said = { ...told, error: Number.POSITIVE_INFINITY };
  if (known.error === Number.POSITIVE_INFINITY) return said;
  const off = known.ms + told.at - known.at - told.ms;
  return Math.abs(off) < OTHER_MS ? { ...known, error: Number.POSITIVE_INFINITY } : said;
}

function errorAt(reading: Reading, now: number): number {
  return reading.error + Math.abs(now - reading.at) * DRIFT;
}
