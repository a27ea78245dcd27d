/**
 * Says what happens to the recording: aloud, as words for everybody, and by a run of notes of its
 * own for each turn. And tells the server that the red mark was on this screen.
 */
import { effect } from "@preact/signals";
import { type Chime, playChime } from "../../../media/chime";
import { chosen } from "../../../media/devices";
import { newsOf, openKinds, type RecordingNews } from "../../../room/recording";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { Recording } from "../../../wire/messages";
import type { Desk } from "../desk";

/** Upwards it begins, downwards it ends; a pause is one note twice. A4, E5, C5. */
const UP: Chime = { notes: [440, 659.25], noteS: 0.18, gain: 0.16 };
const DOWN: Chime = { notes: [659.25, 440], noteS: 0.18, gain: 0.16 };
const SAME: Chime = { notes: [523.25, 523.25], noteS: 0.16, gain: 0.14 };
const CHIMES: Partial<Record<RecordingNews, Chime>> = {
  on: UP,
  resumed: UP,
  paused: SAME,
  off: DOWN,
};

export function followRecording(desk: Desk): () => void {
  const ends = [
    sayNews(desk),
    tellSeen(desk),
    effect(() => {
      if (desk.session.notKept.value > 0) toast(refusalText("consent.not_kept"));
    }),
    effect(() => {
      if (desk.session.recorded.value !== "") announce(t("recording-say-ready"));
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function sayNews(desk: Desk): () => void {
  let before: Recording | null = null;
  return effect(() => {
    const room = desk.room.value;
    const { facts } = room.recording;
    const known = before;
    // The first snapshot is what there was when we came.
    if (room.seq === 0 || known === facts) return;
    before = facts;
    const news = known && newsOf(known, facts);
    if (!news) {
      if (!known && facts.phase === "on") announce(t("recording-mark-on", { time: "" }).trim());
      return;
    }
    const chime = CHIMES[news];
    if (chime) void playChime(chime, chosen.peek().speaker ?? "");
    say(desk, news, facts);
  });
}

function say(desk: Desk, news: RecordingNews, facts: Recording): void {
  const room = desk.room.peek();
  const name = facts.asked_name;
  if (news === "asks") {
    // Who asked sees the answers come in; the others have the question before them.
    if (facts.asked_by !== room.selfId) announce(t("recording-say-asks", { name }));
    return;
  }
  if (news === "off" && facts.why !== "") {
    const text = `${t(`recording-banner-${facts.why}`)}${t("room-full-stop")}`;
    // Staff has it above the stage, with what to press.
    if (room.rights.may_record) announce(text);
    else toast(text);
    return;
  }
  const isOpen = news === "on" && openKinds(room.recording).length > 0;
  toast(t(isOpen ? "recording-say-on-you" : `recording-say-${news}`));
}

/** Once a phase, when this page is looked at. */
function tellSeen(desk: Desk): () => void {
  let told = "";
  const tell = () => {
    const { facts } = desk.room.peek().recording;
    const what = `${facts.recording_id} ${facts.phase}`;
    const isMarked = facts.phase === "on" || facts.phase === "paused";
    if (!isMarked || told === what || document.visibilityState !== "visible") return;
    told = what;
    void desk.session.wire.request("recording.seen", {});
  };
  const end = effect(() => {
    const { facts } = desk.room.value.recording;
    if (facts.phase !== "off") tell();
  });
  document.addEventListener("visibilitychange", tell);
  return () => {
    end();
    document.removeEventListener("visibilitychange", tell);
  };
}
