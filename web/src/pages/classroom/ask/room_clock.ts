/** The room clock in a component: the present reading, again each quarter of a second. */
import { useEffect, useState } from "preact/hooks";
import { clockNow } from "../../../room/clock";
import type { Desk } from "../desk";

const TICK_MS = 250;

/** Whole seconds until `ends_ms`; stands still while there is nothing to wait for. */
export function useSecondsLeft(desk: Desk, ends_ms: number | null): number {
  const [now, setNow] = useState(() => clockNow(desk.room.peek()));
  useEffect(() => {
    if (ends_ms === null) return;
    const tick = () => setNow(clockNow(desk.room.peek()));
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [ends_ms, desk]);
  return ends_ms === null ? 0 : Math.max(0, Math.ceil((ends_ms - now) / 1000));
}
