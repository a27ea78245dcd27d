/**
 * What is said about a connection: findings in words with figures, what was reduced, and what
 * helps. Pure but for the chosen language.
 */
import type { ShortageNotice } from "../../../media/shortage";
import { listOf } from "../../../text/dates";
import { millisecondsOf, percentOf, rateOf } from "../../../text/figures";
import { t } from "../../../text/text";
import type { PersonNetwork, Quality, ReducedSource, Reduction } from "../../../wire/messages";

/** How somebody is connected, in one word. */
export type Standing = Quality | "away";

/** From here on a person notices it: a word lost now and then, an answer that comes late. */
const LOSS = 0.01;
const LATE_MS = 250;
/** From here on the camera takes what the sound needs. */
const LOSS_HEAVY = 0.03;
/** More names than this are not read. */
const NAMES = 3;

export function findingsOf(network: PersonNetwork): string[] {
  const { quality, round_trip_ms: trip, reductions } = network;
  if (quality === "unknown") return [t("net-finds-unknown")];
  const found: string[] = [];
  if (quality !== "good") {
    const { loss_down: there, loss_up: here, downlink_bps: room } = network;
    if ((there ?? 0) >= LOSS)
      found.push(t("net-finds-lost-there", { loss: percentOf(there ?? 0) }));
    if ((here ?? 0) >= LOSS) found.push(t("net-finds-lost-here", { loss: percentOf(here ?? 0) }));
    if ((trip ?? 0) >= LATE_MS)
      found.push(t("net-finds-trip", { trip: millisecondsOf(trip ?? 0) }));
    if (room !== null && reductions.length > 0) {
      found.push(t("net-finds-room", { rate: rateOf(room) }));
    }
  }
  if (network.protocol === "tcp") found.push(t("net-finds-tcp"));
  if (found.length > 0 || quality !== "good") return found;
  return [
    trip === null ? t("net-finds-plain") : t("net-finds-good", { trip: millisecondsOf(trip) }),
  ];
}

/** What the teacher may say to them; at most two things. `camera`: they are sending theirs. */
export function adviceFor(network: PersonNetwork, camera: boolean): string[] {
  const { quality, protocol } = network;
  if (quality === "good" || quality === "unknown") return [];
  const loss = Math.max(network.loss_down ?? 0, network.loss_up ?? 0);
  const advice: string[] = [];
  const upIsFull = (network.loss_up ?? 0) >= LOSS_HEAVY || quality === "poor";
  if (camera && upIsFull) advice.push(t("net-advice-camera"));
  if (protocol === "tcp") advice.push(t("net-advice-network"));
  else if (loss >= LOSS || network.reductions.length > 0) advice.push(t("net-advice-wifi"));
  if ((network.round_trip_ms ?? 0) >= LATE_MS) advice.push(t("net-advice-wait"));
  return advice.slice(0, 2);
}

/** What was taken from a person's view, worst first: the screen by name, cameras together. */
export function reducedOf(
  reductions: readonly ReducedSource[],
  nameOf: (id: string) => string | null,
): string[] {
  const said: string[] = [];
  for (const { source, participant_id, reduction } of reductions) {
    const name = nameOf(participant_id);
    if (source === "screen" && name) said.push(t(`net-reduced-screen-${reduction}`, { name }));
  }
  for (const reduction of ["off", "size", "frames"] as const satisfies Reduction[]) {
    const names = reductions
      .filter((one) => one.source === "camera" && one.reduction === reduction)
      .map((one) => nameOf(one.participant_id))
      .filter((name) => name !== null);
    if (names.length === 0) continue;
    const some =
      names.length > NAMES
        ? t("net-names-more", { names: names.slice(0, NAMES).join(t("net-names-comma")) })
        : listOf(names);
    said.push(t(`net-reduced-cameras-${reduction}`, { count: names.length, names: some }));
  }
  return said;
}

export interface ShortWords {
  title: string;
  /** What it means. */
  note: string;
  /** What else is short; empty when that is all. */
  more: string;
}

export function shortWords(notice: ShortageNotice): ShortWords {
  const { screen, cameras } = notice;
  const key = screen ? `net-short-screen-${screen}` : `net-short-cameras-${cameras}`;
  const more = screen && cameras ? t(`net-short-cameras-${cameras}-more`) : "";
  return { title: t(key), note: t(`${key}-note`), more };
}

/** Sentences one after the other; Chinese has no space between them. */
export function sentences(said: readonly string[]): string {
  return said.join(t("net-between"));
}
