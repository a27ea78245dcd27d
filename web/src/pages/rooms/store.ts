/** The host's own rooms as the pages share them; refreshed while somebody looks at them. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { createRoom, listRooms, type Room } from "../../wire/api";
import type { Problem } from "../../wire/http";
import { loadSession } from "../account";

const PERIOD_MS = 10_000;

/** null until the first answer; newest first, running ones before all others. */
export const rooms = signal<readonly Room[] | null>(null);
export const roomsFault = signal<Problem | null>(null);

export function inOrder(list: readonly Room[]): Room[] {
  const rank = (room: Room) => (room.live ? 1 : 0);
  return [...list].sort(
    (a, b) => rank(b) - rank(a) || Date.parse(b.created_at) - Date.parse(a.created_at),
  );
}

export async function refreshRooms(): Promise<void> {
  const result = await listRooms();
  if (result.ok) rooms.value = inOrder(result.value);
  roomsFault.value = result.ok ? null : result.error;
  // Signed out elsewhere: the page becomes the sign-in, and comes back after it.
  if (!result.ok && result.error.code === "session.required") await loadSession();
}

/** Keeps the list fresh while the page is open and visible. */
export function useRooms(): void {
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === "visible") void refreshRooms();
    };
    refresh();
    const timer = setInterval(refresh, PERIOD_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, []);
}

/** The room behind "Start a class now": the idle one of that name, else a new one. */
export async function roomToStart(title: string): Promise<{ code: string } | { problem: Problem }> {
  const idle = rooms.value?.find((room) => room.title === title && !room.live);
  if (idle) return { code: idle.code };
  const made = await createRoom(title);
  return made.ok ? { code: made.value.code } : { problem: made.error };
}
