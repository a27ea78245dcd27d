/** The room clock in a component: the present reading, again each quarter of a second. */
import { useEffect, useState } from "preact/hooks";
import { secondsOn } from "../../../room/aids";
import { clockNow } from "../../../room/clock";
import type { Desk } from "../desk";

const TICK_MS = 250;

/** The reading now; `what` is what is waited for, and null lets it stand still. */
function useClock(desk: Desk, what: unknown): number {
  const [now, setNow] = useState(() => clockNow(desk.room.peek()));
  useEffect(() => {
    if (what === null) return;
    const tick = () => setNow(clockNow(desk.room.peek()));
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [what, desk]);
  return now;
}

/** What the timer of the class shows; 0 without one. */
export function useTimer(desk: Desk): number {
  const { timer } = desk.room.value.aids;
  const now = useClock(desk, timer?.paused_ms === null ? timer : null);
  return timer ? secondsOn(timer, now) : 0;
}

/** Whole seconds until `ends_ms`; stands still while there is nothing to wait for. */
export function useSecondsLeft(desk: Desk, ends_ms: number | null): number {
  const now = useClock(desk, ends_ms);
  return ends_ms === null ? 0 : Math.max(0, Math.ceil((ends_ms - now) / 1000));
}
