/** What the queue says of those who wait; pure. */

import type { Checked, Desk, DeskVisit } from "../../wire/waiting";
import { clockOf } from "../player/times";

const WAITING: readonly string[] = ["checking", "ready", "called"];

export const isWaiting = (visit: DeskVisit) => WAITING.includes(visit.state);
export const waitingOf = (desk: Desk) => desk.visits.filter(isWaiting);
export const insideOf = (desk: Desk) => desk.visits.filter((one) => !isWaiting(one));

/** Minutes and seconds somebody has waited: 4:12; from an hour on 1:04:12. */
export function waitedText(came: string, now: number): string {
  return clockOf(now - Date.parse(came));
}

export type Sign = "cam" | "mic" | "speaker" | "net";
const WELL: readonly string[] = ["works", "heard", "good", "fair"];
const KINDS: readonly [keyof Checked, Sign][] = [
  ["camera", "cam"],
  ["microphone", "mic"],
  ["speaker", "speaker"],
  ["network", "net"],
];

/** What was checked: a sign each, and whether it is well; what nobody looked at is left out. */
export function signsOf(
  checked: Checked,
): { sign: Sign; kind: string; found: string; ok: boolean }[] {
  return KINDS.flatMap(([kind, sign]) => {
    const found = checked[kind];
    if (typeof found !== "string" || found === "skipped") return [];
    return [{ sign, kind, found, ok: WELL.includes(found) }];
  });
}

/** Those who became ready since the desk was told before; nobody when it is told first. */
export function newlyReady(before: Desk | null, now: Desk): DeskVisit[] {
  if (before === null) return [];
  const known = new Set(
    before.visits.filter((one) => one.state !== "checking").map(({ id }) => id),
  );
  return now.visits.filter((one) => one.state === "ready" && !known.has(one.id));
}
