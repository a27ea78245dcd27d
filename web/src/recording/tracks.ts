/**
 * Which pictures are shown and fetched at a moment: what fills the stage, and a few faces, those of
 * who spoke last. Pure.
 */
import { type Gap, gapAt, type Manifest, type Track } from "./manifest";
import type { Span } from "./playtime";
import type { Scene } from "./story";

export interface Face {
  pid: string;
  /** Null: a quiet card. */
  track: Track | null;
  /** Why there is no picture; null when there is one, or when there never was. */
  why: Gap["why"] | null;
  isSpeaking: boolean;
}

export type Main = { kind: "screen"; track: Track } | { kind: "board" } | { kind: "faces" };

/** A picture that froze for this long is none: a card is quieter. */
const FROZEN_MS = 2_000;

/** What the class looked at, as far as it was told; else what the manifest says. */
export function mainAt(manifest: Manifest, ms: number, stage: Scene["stage"] = null): Main {
  if (stage?.isBoard) return { kind: "board" };
  if (stage) {
    const shared = manifest.tracks.find(
      (one) => one.source === "screen" && one.pid === stage.screenOf && isSeen(one, ms),
    );
    return shared ? { kind: "screen", track: shared } : { kind: "faces" };
  }
  const what = manifest.main.findLast(([from]) => from <= ms)?.[1] ?? "faces";
  if (what === "board") return { kind: "board" };
  const track = manifest.tracks.find(({ id }) => id === what);
  return track && isSeen(track, ms) ? { kind: "screen", track } : { kind: "faces" };
}

/** Whether there is a picture; the end of a gap is what brings it back. */
export function isSeen(track: Track, ms: number): boolean {
  if (ms < track.startMs || ms >= track.endMs) return false;
  const gap = gapAt(track, ms);
  return !gap || (gap.to - gap.from < FROZEN_MS && gap.why === "lost");
}

export interface Present {
  /** Who is in class then, in the order in which they stand. */
  pids: readonly string[];
  voices: ReadonlyMap<string, readonly Span[]>;
  spotlight: string;
}

/** At most `most` faces, in the order of the people, so that nobody jumps while others speak. */
export function facesAt(manifest: Manifest, ms: number, present: Present, most: number): Face[] {
  const all = present.pids.map((pid) => faceOf(manifest, pid, ms, present));
  const worth = ({ pid, track }: Face): number => {
    const spoke = lastSpoke(present.voices.get(pid) ?? [], ms);
    return (pid === present.spotlight ? 1e12 : 0) + (track ? 1e11 : 0) + spoke;
  };
  const chosen = new Set([...all].sort((a, b) => worth(b) - worth(a)).slice(0, most));
  return all.filter((face) => chosen.has(face));
}

function faceOf(manifest: Manifest, pid: string, ms: number, { voices }: Present): Face {
  const cameras = manifest.tracks.filter((one) => one.pid === pid && one.source === "camera");
  const track = cameras.find((one) => isSeen(one, ms)) ?? null;
  const here = cameras.find((one) => one.startMs <= ms && ms < one.endMs);
  const isSpeaking = (voices.get(pid) ?? []).some(([from, to]) => from <= ms && ms < to);
  const why = track ? null : here ? (gapAt(here, ms)?.why ?? null) : cameras.length ? "off" : null;
  return { pid, track, why, isSpeaking };
}

/** -1 for who has not spoken yet. */
function lastSpoke(voice: readonly Span[], ms: number): number {
  const span = voice.findLast(([from]) => from <= ms);
  return span ? Math.min(span[1], ms) : -1;
}
