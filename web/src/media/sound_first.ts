/** What a weak network makes of us, as a person is told it: advice to words. Pure. */
import type { Advice } from "./advice";

/** What becomes of our camera. */
export type CameraFate = "all" | "small" | "off";

/** Which direction is weak: what we receive, what we send, or both. */
export type Weakness = "down" | "up" | "both";

export interface SoundFirst {
  weak: Weakness;
  camera: CameraFate;
}

/** Light and weak share a level; how much is done about it tells them apart. */
const WEAK_BUFFER_MS = 200;
const WEAK_DEPTH = 4;
const HEAVY = 2;

/** Null while there is nothing that a person would notice. Equal values are the same value. */
export function soundFirst(advice: Advice): SoundFirst | null {
  const down = advice.down >= HEAVY || (advice.down > 0 && advice.soundBufferMs >= WEAK_BUFFER_MS);
  const camera = cameraFate(advice);
  const up =
    advice.up >= HEAVY || (advice.up > 0 && advice.depth >= WEAK_DEPTH) || camera !== "all";
  if (!down && !up) return null;
  return same({ weak: down && up ? "both" : down ? "down" : "up", camera });
}

export function cameraFate(advice: Advice): CameraFate {
  if (advice.cameraOff) return "off";
  return advice.cameraSmall ? "small" : "all";
}

const KNOWN = new Map<string, SoundFirst>();

function same(one: SoundFirst): SoundFirst {
  const key = `${one.weak}/${one.camera}`;
  const known = KNOWN.get(key) ?? one;
  KNOWN.set(key, known);
  return known;
}
