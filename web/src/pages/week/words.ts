/** Appointments in words: who comes, when in whose zone, and why something cannot be. */
import type { Verdict } from "../../booking/drag";
import { isSecond, type Span } from "../../booking/zone";
import { cityOf, dayIn, listOf, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import type { Shown } from "./shown";

export function nameOf({ told, people }: Shown): string {
  if (told.kind === "block") return told.title || t("week-block");
  if (told.kind === "class") return told.title;
  const [first] = people;
  if (told.kind === "talk" && first) return first.name;
  return told.offer || told.title;
}

export function noteOf({ told }: Shown): string {
  if (told.kind === "group") return t("week-seats", { taken: told.taken, seats: told.seats });
  if (told.kind === "class") return t("week-class");
  return told.kind === "talk" ? told.offer || told.title : "";
}

/** What is not yet so of it; empty for what stands. */
export function stateOf({ people, kind }: Shown): string {
  const state = people[0]?.state ?? "";
  const told = ["unconfirmed", "unpaid", "live", "held", "missed"].includes(state);
  return kind === "talk" && told ? t(`week-state-${state}`) : "";
}

/** 09:00 to 09:45; an hour's second time says so. */
export function timesOf(zone: string, { from, to }: Span): string {
  const text = t("week-from-to", { from: timeIn(zone, from), to: timeIn(zone, to) });
  return isSecond(zone, from) ? t("week-second-time", { time: text }) : text;
}

/** Monday, 29 March, 09:00 in Berlin. */
export function momentIn(zone: string, at: number): string {
  return t("week-moment", { day: dayIn(zone, at), time: timeIn(zone, at), city: cityOf(zone) });
}

/** Both walls where two people are concerned, one where they agree. */
export function momentFor(zone: string, other: string, at: number): string {
  const own = momentIn(zone, at);
  const agree = dayIn(zone, at) === dayIn(other, at) && timeIn(zone, at) === timeIn(other, at);
  return agree ? own : t("week-both", { own, other: momentIn(other, at) });
}

export const verdictText = (verdict: Verdict) => t(`week-verdict-${verdict}`);

/** What is read out for something in the week. */
export function labelOf(zone: string, one: Shown): string {
  const words = [nameOf(one), noteOf(one), stateOf(one)].filter(Boolean);
  return `${listOf(words)}, ${dayIn(zone, one.from)}, ${timesOf(zone, one)}`;
}

/** The instants a refusal says are free next. */
export function nextOf(params: Record<string, unknown>): number[] {
  const { next } = params;
  if (!Array.isArray(next)) return [];
  return next.map((one) => Date.parse(String(one))).filter(Number.isFinite);
}
