/** What a card says of a recording: how long, who agreed, until when; and how far it is. Pure. */
import { RECORDING_KINDS } from "../../room/recording";
import { dayOf, listOf, timeOf } from "../../text/dates";
import { t } from "../../text/text";
import type { Recording } from "../../wire/recordings";
import { lengthText } from "../lessons/figures";

const DAY_MS = 86_400_000;
/** A recording whose end is nearer than this is said to end soon. */
const SOON_DAYS = 14;

/** Whether it gets nearer to being watched by itself, so that asking again makes sense. */
export function isBeingMade({ state }: Recording): boolean {
  return state !== "ready" && state !== "broken";
}

export function isPlayable({ state }: Recording): boolean {
  return state === "ready";
}

export function momentText(one: Recording): string {
  return `${dayOf(one.began_at)}, ${timeOf(one.began_at)}`;
}

/** When it was, and how long it is. */
export function whenText(one: Recording): string {
  const day = momentText(one);
  return one.duration_ms > 0 ? `${day} · ${lengthText(one.duration_ms)}` : day;
}

export function agreedText({ agreed, people }: Recording): string {
  return t("library-agreed", { agreed, people });
}

/** How many said yes to each kind; empty where nobody is told. */
export function consentText({ consent }: Recording): string {
  const parts = RECORDING_KINDS.filter((kind) => consent[kind]).map((kind) =>
    t("library-consent-kind", { kind: t(`recording-kind-${kind}`), count: consent[kind] ?? 0 }),
  );
  return parts.length > 0 ? t("library-agreed-tip", { kinds: listOf(parts) }) : "";
}

/** Whole days until it is deleted, 0 on the day itself; null when it stays. */
export function daysLeft(one: Recording, now: number): number | null {
  if (one.delete_after === null || one.hold) return null;
  return Math.max(0, Math.ceil((Date.parse(one.delete_after) - now) / DAY_MS) - 1);
}

export function endsSoon(one: Recording, now: number): boolean {
  const days = daysLeft(one, now);
  return days !== null && days < SOON_DAYS;
}

export function keptText(one: Recording, now: number): string {
  if (one.hold) return t("library-held");
  if (one.delete_after === null) return t("library-kept-ever");
  const days = daysLeft(one, now) ?? 0;
  return endsSoon(one, now)
    ? t("library-soon", { days })
    : t("library-kept", { date: dayOf(one.delete_after) });
}

/** How far it is, in words; null when it can be watched. */
export function stateText(one: Recording): string | null {
  if (one.state === "ready") return null;
  const text = t(`library-state-${one.state}`);
  const isCounted = one.state === "processing" || one.state === "erasing";
  return isCounted && one.progress > 0
    ? `${text} · ${t("library-progress", { percent: one.progress })}`
    : text;
}

const WAITS = "making.";

/** Why it is not made yet, though it is tried again by itself; null when nothing is wrong. */
export function faultText({ state, fault }: Recording): string | null {
  if (state === "ready" || state === "broken" || !fault.startsWith(WAITS)) return null;
  const why = fault.slice(WAITS.length);
  return t(`library-waits-${why === "unable" || why === "storage" ? why : "again"}`);
}

/** What became of one that was being made. */
export function newsOf(before: Recording, after: Recording): "ready" | "broken" | null {
  if (before.state === after.state) return null;
  return after.state === "ready" || after.state === "broken" ? after.state : null;
}
