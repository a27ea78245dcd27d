/** Where nobody speaks for a while, and where it goes on. Pure; milliseconds of recording time. */
import type { Span } from "./playtime";

/** Shorter pauses belong to speaking. */
const SILENCE_MS = 2_000;
/** So long before the next word one is there, and so long after the last one one stays. */
const RIM_MS = 300;

/** When everybody's spans are in one list, in order of their beginnings: where to jump to, or null. */
export function afterSilence(ms: number, speech: readonly Span[]): number | null {
  let before = 0;
  for (const [from, to] of speech) {
    if (from > ms) {
      const isLong = from - before >= SILENCE_MS;
      return isLong && ms >= before + RIM_MS && ms < from - RIM_MS ? from - RIM_MS : null;
    }
    if (to > ms) return null;
    before = Math.max(before, to);
  }
  return null;
}
