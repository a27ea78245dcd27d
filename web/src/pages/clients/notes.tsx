/** A private note that is saved while it is written, and the earlier ones. */
import { useEffect, useRef, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { addNote, type Note, readNotes, removeNote, saveNote } from "../../wire/clients";
import type { Problem } from "../../wire/http";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";

const QUIET_MS = 800;
const AGAIN_MS = 5000;

type Saved = "new" | "writing" | "saving" | "saved" | { fault: string };

/** Writes to one note, a save after the other; what is typed meanwhile is saved next. */
export function useNote(client: string, booking: string, note: Note | null) {
  const [body, setBody] = useState(note?.body ?? "");
  const [saved, setSaved] = useState<Saved>(note ? "saved" : "new");
  const at = useRef<Note | null>(note);
  const text = useRef(body);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const busy = useRef(false);
  const send = async () => {
    timer.current = null;
    if (busy.current || text.current === (at.current?.body ?? "")) return;
    busy.current = true;
    setSaved("saving");
    const sent = text.current;
    const result = at.current
      ? await saveNote(at.current.id, sent, at.current.number)
      : await addNote(client, sent, booking);
    busy.current = false;
    if (!result.ok) {
      setSaved({ fault: refusalText(result.error.code, result.error.params) });
      // Away for a moment: what was typed is kept here and sent when it can be.
      if (result.error.status === 0) plan(AGAIN_MS);
      return;
    }
    at.current = result.value;
    if (text.current === sent) setSaved("saved");
    else plan(QUIET_MS);
  };
  const plan = (ms: number) => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void send(), ms);
  };
  const write = (value: string) => {
    text.current = value;
    setBody(value);
    setSaved("writing");
    plan(QUIET_MS);
  };
  useEffect(() => {
    const leave = (event: BeforeUnloadEvent) => {
      if (text.current !== (at.current?.body ?? "")) event.preventDefault();
    };
    addEventListener("beforeunload", leave);
    return () => {
      removeEventListener("beforeunload", leave);
      if (timer.current) clearTimeout(timer.current);
      void send();
    };
  }, []);
  return { body, saved, write, save: () => void send() };
}

interface BoxProps {
  client: string;
  /** Of which talk; empty: of none. */
  booking: string;
  note: Note | null;
  autofocus?: boolean;
}

export function NoteBox({ client, booking, note, autofocus }: BoxProps) {
  const { body, saved, write, save } = useNote(client, booking, note);
  return (
    <div class="note-box">
      <div class="row">
        <b class="grow">{t("note-only-you")}</b>
        <span class="small note-state" role="status">
          {typeof saved === "object" ? (
            <span class="note-fault">
              <Icon name="warn" />
              {saved.fault}
            </span>
          ) : (
            saved !== "new" && t(`note-${saved}`)
          )}
        </span>
      </div>
      <textarea
        class="input"
        rows={7}
        maxLength={50000}
        aria-label={t("note-body")}
        placeholder={t("note-placeholder")}
        autofocus={autofocus}
        value={body}
        onInput={(event) => write(event.currentTarget.value)}
        onBlur={save}
      />
    </div>
  );
}

interface ListProps {
  client: string;
  mayWrite: boolean;
}

export function Notes({ client, mayWrite }: ListProps) {
  const [notes, setNotes] = useState<readonly Note[] | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [writing, setWriting] = useState<Note | "new" | null>(null);
  const [asking, setAsking] = useState<Note | null>(null);
  const load = async () => {
    const result = await readNotes(client);
    setFault(result.ok ? null : result.error);
    if (result.ok) setNotes(result.value);
  };
  useEffect(() => void load(), [client]);
  const close = () => {
    setWriting(null);
    // What was typed last is on its way.
    setTimeout(() => void load(), 300);
  };
  return (
    <section class="card card-pad stack" aria-label={t("client-notes")}>
      <div class="row">
        <h2 class="grow">{t("client-notes")}</h2>
        {mayWrite && writing === null && (
          <Button look="line" icon="pen" onClick={() => setWriting("new")}>
            {t("note-new")}
          </Button>
        )}
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {notes === null && !fault && <Loading />}
      {writing === "new" && (
        <>
          <NoteBox client={client} booking="" note={null} autofocus />
          <div>
            <Button onClick={close}>{t("note-done")}</Button>
          </div>
        </>
      )}
      {notes?.length === 0 && writing === null && <p class="quiet">{t("note-none")}</p>}
      {notes && notes.length > 0 && (
        <ol class="note-list">
          {notes.map((one) => (
            <li key={one.id}>
              <div class="row">
                <span class="small quiet num grow">
                  {one.name} · {dayOf(one.at)}, {timeOf(one.at)}
                </span>
                {one.is_own && mayWrite && writing === null && (
                  <>
                    <IconButton
                      label={t("note-change")}
                      icon="pen"
                      onClick={() => setWriting(one)}
                    />
                    <IconButton
                      label={t("note-remove")}
                      icon="trash"
                      onClick={() => setAsking(one)}
                    />
                  </>
                )}
              </div>
              {writing === one ? (
                <>
                  <NoteBox client={client} booking={one.booking_id} note={one} autofocus />
                  <Button onClick={close}>{t("note-done")}</Button>
                </>
              ) : (
                <p class="note-body">{one.body}</p>
              )}
            </li>
          ))}
        </ol>
      )}
      <Sure
        thing={asking}
        onClose={() => setAsking(null)}
        title={() => t("note-remove-title")}
        note={t("note-remove-note")}
        action={t("note-remove")}
        waiting={t("note-removing")}
        send={(one) => removeNote(one.id)}
        onDone={load}
      />
    </section>
  );
}
