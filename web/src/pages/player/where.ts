/** Where somebody was in a recording, kept in this browser; and how long they watched, told to the server. */
import { noteWatched } from "../../wire/recordings";
import type { PlayerDesk } from "./desk";

const KEPT_EACH_MS = 5_000;
const TOLD_EACH_MS = 30_000;
/** Who was at the very end begins anew. */
const END_MS = 10_000;

/** In play time: `?t=` of the address, else where one was; null for the beginning. */
export function placeFor(id: string, lengthMs: number): number | null {
  const asked = Number.parseFloat(new URLSearchParams(location.search).get("t") ?? "");
  if (asked >= 0) return Math.min(asked * 1000, lengthMs);
  const kept = Number.parseFloat(localStorage.getItem(keyOf(id)) ?? "");
  return kept > 0 && kept < lengthMs - END_MS ? kept : null;
}

interface Kept {
  id: string;
  session: string;
  isPlaceKept: boolean;
}

/** While it plays; the last of it is told when it stops. */
export function keepPlace(desk: PlayerDesk, { id, session, isPlaceKept }: Kept): () => void {
  let since = performance.now();
  const keep = () => {
    if (isPlaceKept) localStorage.setItem(keyOf(id), String(Math.round(desk.playback.playMs)));
  };
  const tell = () => {
    const seconds = Math.min(60, Math.round((performance.now() - since) / 1000));
    since = performance.now();
    if (seconds > 0) void noteWatched(id, session, seconds);
  };
  const timers = [setInterval(keep, KEPT_EACH_MS), setInterval(tell, TOLD_EACH_MS)];
  return () => {
    for (const timer of timers) clearInterval(timer);
    keep();
    tell();
  };
}

function keyOf(id: string): string {
  return `classroom.player.${id}`;
}
