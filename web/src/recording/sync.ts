/**
 * How a picture is kept in step with the sound. Pure: from how far a video is from where it should
 * be to the speed it plays with, or a jump. Seconds of media time.
 */

/** A jump beyond this at any time, beyond the second one for a while after a seek. */
const FAR_S = 0.5;
const NEAR_S = 0.15;
const AFTER_SEEK_MS = 2_000;
/** Nobody sees less than this. */
const STILL_S = 0.03;
/** A video catches up by playing this much faster or slower, at most. */
const MOST = 0.1;
/** Within so many seconds it should be in step. */
const WITHIN_S = 1;

export interface Place {
  /** Where it is less where it should be. */
  drift: number;
  /** Milliseconds since the last seek. */
  sinceSeek: number;
  speed: number;
}

export type Correction = { jump: true } | { jump: false; rate: number };

export function corrected({ drift, sinceSeek, speed }: Place): Correction {
  const off = Math.abs(drift);
  if (off > FAR_S || (sinceSeek < AFTER_SEEK_MS && off > NEAR_S)) return { jump: true };
  if (off < STILL_S) return { jump: false, rate: speed };
  const by = Math.max(-MOST, Math.min(MOST, -drift / WITHIN_S));
  return { jump: false, rate: Math.round(speed * (1 + by) * 1000) / 1000 };
}
