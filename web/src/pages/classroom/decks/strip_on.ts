/** Whether the strip of slides is shown: as it was chosen here, else where there is room for it. */
import { signal } from "@preact/signals";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";

const STORED = "classroom.slide_strip";

const chosen = signal(globalThis.localStorage?.getItem(STORED) ?? null);

export function isStripOn(desk: Desk): boolean {
  if (chosen.value !== null) return chosen.value === "on";
  return mayLead(desk) && desk.form.value === "wide";
}

export function toggleStrip(desk: Desk): void {
  chosen.value = isStripOn(desk) ? "off" : "on";
  globalThis.localStorage?.setItem(STORED, chosen.value);
}
