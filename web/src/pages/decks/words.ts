/** A deck in words: what it is, and how far it is made. */
import { agoOf } from "../../text/dates";
import { sizeOf } from "../../text/figures";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import type { Deck, Making } from "../../wire/decks";
import { comingOf } from "./shelf";

/** `now` in milliseconds since 1970. */
export function factsOf(deck: Deck, now: number): string {
  const used = deck.used_at
    ? t("decks-used", { ago: agoOf(deck.used_at, now) })
    : t("decks-changed", { ago: agoOf(deck.updated_at, now) });
  return [...kindOf(deck), sizeOf(deck.bytes), used].join(" · ");
}

/** How many slides, or what plays; nothing while that is not known. */
export function kindOf({ kind, slides }: Deck): string[] {
  if (kind === "film" || kind === "sound" || kind === "activity") return [t(`decks-kind-${kind}`)];
  return slides > 0 ? [t("decks-slides", { count: slides })] : [];
}

/** Why it was not made. */
export function faultOf({ fault, params }: Making): string {
  if (fault === "type" && "entry" in params) return refusalText("activity.entry");
  return refusalText(`deck.${fault || "failed"}`, params);
}

/** What is wrong with it, or under way; null for a deck that is ready as it is. */
export function standingOf(deck: Deck): { text: string; isFault: boolean } | null {
  if (deck.state === "failed") return { text: faultOf(deck), isFault: true };
  if (deck.newer?.state === "failed")
    return { text: t("decks-newer-failed", { why: faultOf(deck.newer) }), isFault: true };
  const coming = comingOf(deck);
  if (!coming) return null;
  const text = progressOf(coming);
  return { text: coming === deck ? text : t("decks-newer", { text }), isFault: false };
}

function progressOf({ state, done, leaves }: Making): string {
  if (state === "waiting") return t("decks-waiting");
  if (state === "opening" || leaves === 0) return t("decks-opening");
  return t("decks-drawing", { done, leaves });
}
