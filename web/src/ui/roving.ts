/** A toolbar is one stop of the Tab key; arrow keys, Home and End move in it. */

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const STOPS = "button:not([disabled])";

/** Direct buttons of the toolbar only; what lies in flyouts has its own order. */
function stopsOf(bar: HTMLElement): HTMLElement[] {
  return [...bar.querySelectorAll<HTMLElement>(STOPS)].filter(
    (one) => one.closest("[popover], [role=toolbar]") === bar,
  );
}

export function useRoving(ref: RefObject<HTMLElement | null>): void {
  // After every drawing: buttons come and go, and one of them must be the stop.
  useEffect(() => {
    const bar = ref.current;
    if (!bar) return;
    const stops = stopsOf(bar);
    const now = stops.find((one) => one === document.activeElement);
    const held = now ?? stops.find((one) => one.getAttribute("aria-pressed") === "true");
    const chosen = held ?? stops[0];
    for (const one of stops) one.tabIndex = one === chosen ? 0 : -1;
  });
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** True when the key moved the focus. */
export function moveInBar(bar: HTMLElement, key: string): boolean {
  const stops = stopsOf(bar);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const step = STEPS[key];
  const to =
    key === "Home"
      ? 0
      : key === "End"
        ? stops.length - 1
        : step === undefined || at < 0
          ? null
          : (at + step + stops.length) % stops.length;
  if (to === null) return false;
  for (const [i, one] of stops.entries()) one.tabIndex = i === to ? 0 : -1;
  stops[to]?.focus();
  return true;
}
