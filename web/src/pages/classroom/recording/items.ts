/** What the menu of a small window has of the recording, and everybody's own answers. */
import { isAbout } from "../../../room/recording";
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Desk } from "../desk";
import { hasOpen, mayRecord, openAnswers, pressRecord } from "./acts";

/** While it is asked for or goes on; at any time one may think otherwise. */
export function ownItems(desk: Desk): MenuItem[] {
  if (!isAbout(desk.room.value.recording.facts)) return [];
  const open = hasOpen(desk);
  return [
    {
      label: t(open ? "recording-answer-to" : "recording-mine"),
      icon: "shield",
      badge: open ? 1 : 0,
      run: () => openAnswers(desk),
    },
  ];
}

const WORDS = {
  off: "recording-record",
  asking: "recording-start",
  on: "recording-pause",
  paused: "recording-resume",
} as const;

/** In the place of the bar's button. */
export function recordItems(desk: Desk): MenuItem[] {
  if (!mayRecord(desk)) return [];
  const { phase } = desk.room.value.recording.facts;
  return [
    {
      label: t(WORDS[phase]),
      icon: phase === "on" ? "pause-record" : "record",
      run: () => pressRecord(desk),
    },
  ];
}
