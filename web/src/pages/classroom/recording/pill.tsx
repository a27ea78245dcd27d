/** The red mark in the top bar, on every screen: that it records, for how long, and what to press. */
import { isAbout, recordedMs } from "../../../room/recording";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { Desk } from "../desk";
import { useRoomClock } from "../floor/clock";
import { clockOf } from "../layout";
import { begin, hasOpen, mayRecord, openAnswers, ownText, pause, stop } from "./acts";
import { catchUp } from "./catching_up";

export function RecordingPill({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const time = useRecorded(desk);
  if (!isAbout(facts)) return null;
  const open = hasOpen(desk);
  const words = wordsOf(facts.phase, time);
  const items: (MenuItem | MenuBreak)[] = [
    { heading: words },
    { heading: ownText(desk) },
    ...(mayRecord(desk) ? leadItems(desk) : []),
    ...catchUpItems(desk),
    {
      label: t(open ? "recording-answer" : "recording-mine"),
      icon: "shield",
      run: () => openAnswers(desk),
    },
  ];
  return (
    <Menu label={words} items={items} class="rec-button">
      <span class="rec" data-phase={facts.phase} data-tip={words}>
        <span class="vh">{words}</span>
        <RecordingSign phase={facts.phase} time={time} />
        {open && (
          <span class="badge badge-signal" aria-hidden="true">
            !
          </span>
        )}
      </span>
    </Menu>
  );
}

/** The same without a press, where the top bar is out of sight. */
export function RecordingMark({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const time = useRecorded(desk);
  if (facts.phase !== "on" && facts.phase !== "paused") return null;
  const words = wordsOf(facts.phase, time);
  return (
    <span class="rec rec-inside" data-phase={facts.phase} data-tip={words}>
      <span class="vh">{words}</span>
      <RecordingSign phase={facts.phase} time={time} />
    </span>
  );
}

function RecordingSign({ phase, time }: { phase: string; time: string }) {
  const word = phase === "on" ? "rec" : phase;
  return (
    <span class="rec-sign" aria-hidden="true">
      {phase === "paused" ? (
        <Icon name="pause" />
      ) : (
        <i class={phase === "on" ? "rec-dot" : "rec-ring"} />
      )}
      <span class="rec-word">{t(`recording-${word}`)}</span>
      {phase !== "asking" && <span class="num">{time}</span>}
    </span>
  );
}

function useRecorded(desk: Desk): string {
  const { facts } = desk.room.value.recording;
  const clockMs = useRoomClock(desk, facts.phase === "on");
  return clockOf(recordedMs(facts, clockMs) / 1000);
}

function wordsOf(phase: string, time: string): string {
  return t(`recording-mark-${phase}`, { time });
}

/** There is something to catch up with as soon as something is written. */
function catchUpItems(desk: Desk): MenuItem[] {
  const { phase } = desk.room.value.recording.facts;
  if (phase !== "on" && phase !== "paused") return [];
  return [{ label: t("recording-catch-up"), icon: "back10", run: () => void catchUp(desk) }];
}

function leadItems(desk: Desk): MenuItem[] {
  const { phase } = desk.room.value.recording.facts;
  const overlay = (name: "answers" | "mark" | "stop") => () => {
    desk.overlay.value = name;
  };
  const answers: MenuItem = {
    label: t("recording-answers"),
    icon: "people",
    run: overlay("answers"),
  };
  if (phase === "asking") {
    return [
      { label: t("recording-start"), icon: "record", run: () => void begin(desk) },
      answers,
      { label: t("recording-cancel"), icon: "close", run: () => void stop(desk) },
    ];
  }
  const isOn = phase === "on";
  const mark: MenuItem = { label: t("recording-mark"), icon: "chapter", run: overlay("mark") };
  return [
    {
      label: t(isOn ? "recording-pause" : "recording-resume"),
      icon: isOn ? "pause-record" : "record",
      run: () => void pause(desk, isOn),
    },
    ...(isOn ? [mark] : []),
    answers,
    { label: t("recording-stop"), icon: "stop", danger: true, run: overlay("stop") },
  ];
}
