/**
 * Play time: recording time without what is left out of it (pauses and cuts). All times are whole
 * milliseconds. A moment within a hole is played where the hole begins; a moment of play at which a
 * hole lies is the one after it. `recording/playtime.py` does the same; `tests/corpus/playtime.json`
 * holds both to it.
 */

/** From and to in recording time. */
export type Span = readonly [number, number];

/** Ascending and apart from each other; empty ones are left out. */
export function mergedHoles(pairs: readonly Span[]): Span[] {
  const holes: Span[] = [];
  for (const [start, end] of [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= start) continue;
    const last = holes.at(-1);
    if (last && start <= last[1]) holes[holes.length - 1] = [last[0], Math.max(last[1], end)];
    else holes.push([start, end]);
  }
  return holes;
}

export function toPlay(ms: number, holes: readonly Span[]): number {
  let leftOut = 0;
  for (const [start, end] of holes) {
    if (start >= ms) break;
    leftOut += Math.min(end, ms) - start;
  }
  return ms - leftOut;
}

export function toRecorded(ms: number, holes: readonly Span[]): number {
  let at = ms;
  for (const [start, end] of holes) {
    if (start > at) break;
    at += end - start;
  }
  return at;
}
