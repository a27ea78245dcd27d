/** The record button of the call bar, for staff: asks first, then begins, pauses and goes on. */
import { t } from "../../../text/text";
import type { IconName } from "../../../ui/icon";
import { Control } from "../control";
import type { Desk } from "../desk";
import { mayRecord, pressRecord } from "./acts";

interface Face {
  icon: IconName;
  word: string;
  tip: string;
  state?: "live" | "raised";
}

const FACES: Record<string, Face> = {
  off: { icon: "record", word: "recording-record", tip: "recording-tip" },
  asking: { icon: "record", word: "recording-start", tip: "recording-asking-tip", state: "raised" },
  on: { icon: "pause-record", word: "recording-rec", tip: "recording-pause", state: "live" },
  paused: { icon: "record", word: "recording-paused", tip: "recording-resume", state: "raised" },
};

export function RecordControl({ desk }: { desk: Desk }) {
  const face = FACES[desk.room.value.recording.facts.phase];
  if (!mayRecord(desk) || !face) return null;
  const live = face.state === "live";
  return (
    <Control
      icon={face.icon}
      state={live ? undefined : face.state}
      class={live ? "is-recording" : undefined}
      word={t(face.word)}
      tip={t(face.tip)}
      onPress={() => pressRecord(desk)}
    />
  );
}
