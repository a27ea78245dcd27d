/** A finger drawn to the side turns the page; the mouse and drawings up and down do not. */

/** CSS pixels to the side, and how much more that must be than up or down. */
const LEAST = 48;
const SLOPE = 1.5;

/** What a finger meant: 1 is the next page, -1 the one before; null is something else. */
export function swipeOf(dx: number, dy: number): 1 | -1 | null {
  if (Math.abs(dx) < LEAST || Math.abs(dx) < Math.abs(dy) * SLOPE) return null;
  return dx < 0 ? 1 : -1;
}

export function followSwipes(element: HTMLElement, turn: (step: 1 | -1) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let start: { id: number; x: number; y: number } | null = null;
  element.addEventListener(
    "pointerdown",
    (event) => {
      const at = event.target instanceof Element ? event.target : null;
      // What lies on the stage has its own use for fingers.
      const finger = event.pointerType === "touch" && event.isPrimary && !at?.closest(".stage");
      start = finger ? { id: event.pointerId, x: event.clientX, y: event.clientY } : null;
    },
    { signal },
  );
  element.addEventListener(
    "pointerup",
    (event) => {
      if (event.pointerId !== start?.id) return;
      const step = swipeOf(event.clientX - start.x, event.clientY - start.y);
      start = null;
      if (step) turn(step);
    },
    { signal },
  );
  element.addEventListener(
    "pointercancel",
    () => {
      start = null;
    },
    { signal },
  );
  return () => stop.abort();
}
