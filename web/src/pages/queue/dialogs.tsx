/** What is asked before something is done with those who wait. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { type Desk, type DeskVisit, passVisit, refuseVisit, writeToAll } from "../../wire/waiting";
import { Lines } from "../wait/lines";
import { type Asked, done, send } from "./acts";

interface Props {
  asked: Asked;
  desk: Desk;
  onClose(): void;
}

export function Dialogs({ asked, desk, onClose }: Props) {
  const id = asked && "visit" in asked ? asked.visit.id : "";
  const visit = desk.visits.find((one) => one.id === id);
  return (
    <>
      <Writing visit={asked?.what === "write" ? visit : undefined} onClose={onClose} />
      <Passing visit={asked?.what === "pass" ? visit : undefined} desk={desk} onClose={onClose} />
      <Sentence
        key={`refuse ${id}`}
        open={asked?.what === "refuse" && visit !== undefined}
        title={t("queue-refuse-title", { name: visit?.name ?? "" })}
        note={t("queue-refuse-note")}
        label={t("queue-refuse-sentence")}
        first={t("queue-refuse-first")}
        action={t("queue-refuse")}
        look="danger"
        onClose={onClose}
        onSend={(text) => done(refuseVisit(id, text))}
      />
      <Sentence
        key={`all ${asked?.what === "all"}`}
        open={asked?.what === "all"}
        title={t("queue-write-all")}
        note={t("queue-write-all-note")}
        label={t("queue-message")}
        first=""
        action={t("wait-send")}
        look="primary"
        onClose={onClose}
        onSend={(text) => done(writeToAll(desk.organisation_id, text))}
      />
    </>
  );
}

function Writing({ visit, onClose }: { visit: DeskVisit | undefined; onClose(): void }) {
  return (
    <Dialog
      class="desk-dialog"
      open={visit !== undefined}
      title={visit?.name ?? ""}
      onClose={onClose}
      actions={
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      {visit && (
        <Lines
          label={t("queue-write-to", { name: visit.name })}
          lines={visit.messages.map((line) => ({
            ...line,
            isMine: line.name !== "",
            name: line.name || visit.name,
          }))}
          onSend={(text) => send(visit.id, text)}
        />
      )}
    </Dialog>
  );
}

interface PassingProps {
  visit: DeskVisit | undefined;
  desk: Desk;
  onClose(): void;
}

/** Whoever is here stands first. */
function Passing({ visit, desk, onClose }: PassingProps) {
  const others = desk.hosts
    .filter((one) => one.id !== visit?.host_id)
    .sort((a, b) => Number(b.is_here) - Number(a.is_here));
  const pass = async (host: string) => {
    if (visit && (await done(passVisit(visit.id, host)))) onClose();
  };
  return (
    <Dialog
      class="desk-dialog"
      open={visit !== undefined}
      title={t("queue-pass-title", { name: visit?.name ?? "" })}
      onClose={onClose}
      actions={
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
      }
    >
      {others.length === 0 && <p>{t("queue-pass-nobody")}</p>}
      <ul class="desk-hosts">
        {others.map((host) => (
          <li key={host.id}>
            <Button look="line" wide onClick={() => void pass(host.id)}>
              {host.name}
            </Button>
            <span class={host.is_here ? "pill pill-ok" : "pill"}>
              {t(host.is_here ? "queue-here" : "queue-gone")}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface SentenceProps {
  open: boolean;
  title: string;
  note: string;
  label: string;
  /** What stands there already. */
  first: string;
  action: string;
  look: "danger" | "primary";
  onClose(): void;
  onSend(text: string): Promise<boolean>;
}

function Sentence(props: SentenceProps) {
  const [text, setText] = useState(props.first);
  const [busy, setBusy] = useState(false);
  const act = async () => {
    if (text.trim() === "") return;
    setBusy(true);
    const sent = await props.onSend(text.trim());
    setBusy(false);
    if (sent) props.onClose();
  };
  return (
    <Dialog
      class="desk-dialog"
      open={props.open}
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button look="quiet" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button look={props.look} waiting={busy && t("wait-saving")} onClick={() => void act()}>
            {props.action}
          </Button>
        </>
      }
    >
      <p>{props.note}</p>
      <div class="field">
        <label for="desk-sentence">{props.label}</label>
        <textarea
          id="desk-sentence"
          class="input"
          rows={3}
          maxLength={500}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}
