/** The pages around a class: on the way in, left, ended, gone on in another tab, refused. */
import type { ComponentChildren } from "preact";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import type { Refusal } from "../../wire/messages";
import { DoorFrame, useTitle } from "../frame";
import { RecordedWhileWaiting } from "../green_room/recorded";
import { AfterTalk } from "./visit/after";
import { talk } from "./visit/talk";

interface EndingProps {
  title: string;
  text: string;
  children?: ComponentChildren;
}

function Ending({ title, text, children }: EndingProps) {
  useTitle(title);
  return (
    <DoorFrame class="ending">
      <div class="ending-card" role="status">
        <svg class="art" viewBox="0 0 120 84" aria-hidden="true">
          <path class="mark-ring" d="M86.5 26.7A31 31 0 1 1 71.4 13.2" />
          <circle class="mark-dot" cx="83" cy="14.5" r="6.5" />
        </svg>
        <h1>{title}</h1>
        <p>{text}</p>
        <div class="row row-wrap">{children}</div>
      </div>
    </DoorFrame>
  );
}

interface ReturnProps {
  title: string;
  onReturn(): void;
}

/** A talk goes on elsewhere: for a client at their appointment, for the host with what follows. */
function Onward({ place, first }: { place: string; first: boolean }) {
  if (place === "") return null;
  return (
    <ButtonLink look={first ? "primary" : "line"} icon="right" href={place}>
      {t("room-onward")}
    </ButtonLink>
  );
}

export function LeftPage({ title, onReturn, onward }: ReturnProps & { onward: string }) {
  return (
    <Ending title={t("room-left")} text={t("room-left-note", { title })}>
      <Button look="primary" icon="enter" onClick={onReturn}>
        {t("room-join-again")}
      </Button>
      <AfterTalk />
      {!talk.value && <Onward place={onward} first={false} />}
      <ButtonLink look="quiet" href="/">
        {t("room-home")}
      </ButtonLink>
    </Ending>
  );
}

interface EndedProps {
  title: string;
  /** Where a talk goes on; empty after a class. */
  onward: string;
  /** The lesson whose report this person may read; empty for everybody but its teacher. */
  report: string;
  /** What was recorded last, for who may watch it; empty when nothing was. */
  recording: string;
  room: string;
}

export function EndedPage({ title, onward, report, recording, room }: EndedProps) {
  const note = title ? t("room-ended-note", { title }) : t("room-ended-note-plain");
  return (
    <Ending title={t("room-ended")} text={note}>
      <AfterTalk />
      {!talk.value && <Onward place={onward} first />}
      {recording && (
        <ButtonLink
          look={onward ? "line" : "primary"}
          icon="play"
          href={`/recordings/${recording}`}
        >
          {t("recording-watch")}
        </ButtonLink>
      )}
      {recording && (
        <ButtonLink look="line" icon="record" href={`/rooms/${room}/recordings`}>
          {t("library-all-room")}
        </ButtonLink>
      )}
      {report && (
        <ButtonLink
          look={recording || onward ? "line" : "primary"}
          icon="chart"
          href={`/lessons/${report}`}
        >
          {t("report-open")}
        </ButtonLink>
      )}
      <ButtonLink look={report || onward ? "quiet" : "primary"} href="/">
        {t("room-home")}
      </ButtonLink>
    </Ending>
  );
}

export function ReplacedPage({ title, onReturn }: ReturnProps) {
  return (
    <Ending title={t("room-replaced")} text={t("room-replaced-note", { title })}>
      <Button look="primary" onClick={onReturn}>
        {t("room-use-here")}
      </Button>
      <ButtonLink look="quiet" href="/">
        {t("room-home")}
      </ButtonLink>
    </Ending>
  );
}

export function RefusedPage({ refusal, onReturn }: { refusal: Refusal; onReturn(): void }) {
  return (
    <Ending title={t("room-refused")} text={refusalText(refusal.code, refusal.params)}>
      <Button look="primary" icon="again" onClick={onReturn}>
        {t("room-join-again")}
      </Button>
      <ButtonLink look="quiet" href="/">
        {t("room-home")}
      </ButtonLink>
    </Ending>
  );
}

/** Out until the class ends; asking again would be of no use, so it is not offered. */
export function RemovedPage() {
  return (
    <Ending title={t("lobby-removed")} text={t("error-seat-removed")}>
      <ButtonLink look="primary" href="/">
        {t("room-home")}
      </ButtonLink>
    </Ending>
  );
}

/** In front of the door: nothing to do but to wait, or to go. */
interface WaitingProps {
  code: string;
  name: string;
  onLeave(): void;
}

export function WaitingPage({ code, name, onLeave }: WaitingProps) {
  useTitle(t("lobby-wait"));
  return (
    <DoorFrame class="ending">
      <div class="ending-card" role="status">
        <span class="spin" />
        <h1>{t("lobby-wait")}</h1>
        <p>{name ? t("lobby-wait-as", { name }) : t("lobby-wait-note")}</p>
        <RecordedWhileWaiting code={code} />
        <div class="row row-wrap">
          <Button look="line" onClick={onLeave}>
            {t("lobby-wait-leave")}
          </Button>
        </div>
      </div>
    </DoorFrame>
  );
}

/** Shown while the seat is being taken; it says so, and keeps its shape. */
export function JoiningPage() {
  return (
    <DoorFrame class="ending">
      <div class="ending-card" role="status">
        <span class="spin" />
        <p>{t("room-joining")}</p>
      </div>
    </DoorFrame>
  );
}

/** The same person is here in another tab: which one shall go on? */
export function TakenDialog({ onUse, onStay }: { onUse(): void; onStay(): void }) {
  return (
    <Dialog
      open
      mustAnswer
      title={t("room-taken")}
      onClose={onStay}
      actions={
        <>
          <Button look="quiet" onClick={onStay}>
            {t("room-taken-stay")}
          </Button>
          <Button look="primary" onClick={onUse}>
            {t("room-taken-use")}
          </Button>
        </>
      }
    >
      <p>{t("room-taken-note")}</p>
    </Dialog>
  );
}
