/** Work that nobody waits for. */

/** Calls with the milliseconds that are left; where a browser cannot say that, a little at a time. */
export function whenIdle(call: (left: () => number) => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const id = requestIdleCallback((deadline) => call(() => deadline.timeRemaining()));
    return () => cancelIdleCallback(id);
  }
  const timer = setTimeout(() => {
    const end = performance.now() + 8;
    call(() => end - performance.now());
  }, 50);
  return () => clearTimeout(timer);
}
