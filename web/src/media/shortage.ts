/**
 * What a weak network takes from us: (the server's reductions, the tracks we have) to what a person
 * is told. Pure.
 */
import type { ReducedConsumer, Reduction, Source } from "../wire/messages";

export interface Shortage {
  /** Of somebody's screen; null when it comes whole. */
  screen: Reduction | null;
  /** Of the cameras, by participant. */
  cameras: ReadonlyMap<string, Reduction>;
}

export const NO_SHORTAGE: Shortage = { screen: null, cameras: new Map() };

/** From the least to the most that is taken. */
const ORDER: readonly Reduction[] = ["frames", "size", "off"];

interface Carried {
  consumerId: string;
  participantId: string;
  source: Source;
}

export function shortageOf(
  reductions: readonly ReducedConsumer[],
  tracks: readonly Carried[],
): Shortage {
  const known = new Map(tracks.map((one) => [one.consumerId, one]));
  let screen: Reduction | null = null;
  const cameras = new Map<string, Reduction>();
  for (const { consumer_id, reduction } of reductions) {
    const track = known.get(consumer_id);
    if (track?.source === "screen") screen = worse(screen, reduction);
    if (track?.source === "camera") cameras.set(track.participantId, reduction);
  }
  return { screen, cameras };
}

function worse(one: Reduction | null, other: Reduction): Reduction {
  return one && ORDER.indexOf(one) > ORDER.indexOf(other) ? one : other;
}

/** What the notice says; fewer frames of a camera are not worth a word. */
export interface ShortageNotice {
  screen: Reduction | null;
  cameras: "size" | "off" | null;
}

const NOTICES = new Map<string, ShortageNotice>();

/** The same value for the same words; null when nothing is to be said. */
export function noticeOf({ screen, cameras }: Shortage): ShortageNotice | null {
  const taken = new Set(cameras.values());
  const small = taken.has("size") ? "size" : null;
  const notice: ShortageNotice = { screen, cameras: taken.has("off") ? "off" : small };
  if (notice.screen === null && notice.cameras === null) return null;
  const key = `${notice.screen}/${notice.cameras}`;
  const known = NOTICES.get(key) ?? notice;
  NOTICES.set(key, known);
  return known;
}
