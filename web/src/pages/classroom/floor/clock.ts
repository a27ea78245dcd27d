/** The room clock for what shows time: one tick a second, and only while somebody looks at it. */
import { useEffect, useState } from "preact/hooks";
import { clockNow } from "../../../room/clock";
import type { Desk } from "../desk";

/** Milliseconds of the room clock, new each second while `ticking`. */
export function useRoomClock(desk: Desk, ticking: boolean): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!ticking) return;
    const timer = setInterval(() => tick((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return clockNow(desk.room.value);
}
