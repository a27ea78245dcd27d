/** The server's time, once a second: for how long they wait is seen to grow. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";

const TICK_MS = 1_000;

export function useTick(): number {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return serverNow();
}
