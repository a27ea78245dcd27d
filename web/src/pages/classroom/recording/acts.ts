/** What is pressed about recording: asked of the room, with a word about it when it was refused. */
import { type Answers, agreedKinds, askingOf, isAbout, openKinds } from "../../../room/recording";
import { listOf } from "../../../text/dates";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { RecordingKind } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

export function mayRecord(desk: Desk): boolean {
  return desk.room.value.rights.may_record;
}

/** Whether something was asked of this person that they put off, or have not looked at. */
export function hasOpen(desk: Desk): boolean {
  return openKinds(desk.room.value.recording).length > 0;
}

/** Whether the sheet with the question lies on the screen. */
export function isAsked(desk: Desk): boolean {
  const { recording } = desk.room.value;
  return hasOpen(desk) && desk.putOff.value !== askingOf(recording.facts);
}

export function putOff(desk: Desk): void {
  desk.putOff.value = askingOf(desk.room.value.recording.facts);
}

/** Opens what there is for this person to press: the question, or the answers they gave. */
export function openAnswers(desk: Desk): void {
  if (hasOpen(desk)) desk.putOff.value = "";
  else desk.overlay.value = "consent";
}

/** The button in the bar and its key: ask, begin, and after that the pause. */
export function pressRecord(desk: Desk): void {
  if (!mayRecord(desk)) return;
  const { facts, terms } = desk.room.value.recording;
  const { phase } = facts;
  if (phase === "off" && terms.refusal) toast(refusalText(terms.refusal));
  else if (phase === "off") desk.overlay.value = "record";
  else if (phase === "asking") void begin(desk);
  else void pause(desk, phase === "on");
}

export const begin = (desk: Desk) => ask(desk, "recording.begin", {});
export const stop = (desk: Desk) => ask(desk, "recording.stop", {});
export const pause = (desk: Desk, on: boolean) =>
  ask(desk, on ? "recording.pause" : "recording.resume", {});

/** What was said, in a sentence. */
export function sayAnswers(desk: Desk, answers: Answers): void {
  const { kinds } = desk.room.value.recording.facts;
  toast(answeredText(kinds, answers));
}

function answeredText(kinds: readonly RecordingKind[], answers: Answers): string {
  const agreed = agreedKinds(kinds, answers);
  if (agreed.length === 0) return t("recording-answered-no");
  if (agreed.length === kinds.length) return t("recording-answered-yes");
  return t("recording-answered-some", { kinds: kindsText(agreed) });
}

export function kindsText(kinds: readonly RecordingKind[]): string {
  return listOf(kinds.map((kind) => t(`recording-kind-${kind}`)));
}

/** What is kept of oneself now, in a sentence. */
export function ownText(desk: Desk): string {
  const { facts, own } = desk.room.value.recording;
  if (!isAbout(facts)) return "";
  if (hasOpen(desk)) return t("recording-own-open");
  const agreed = agreedKinds(facts.kinds, own);
  return agreed.length > 0
    ? t("recording-own-all", { kinds: kindsText(agreed) })
    : t("recording-own-none");
}
