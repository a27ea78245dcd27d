/** Beside a talk, for whoever leads it: who comes, notes, earlier talks, experts, what comes next. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../../booking/now";
import { placeOfZone } from "../../../booking/zones";
import { timeIn } from "../../../text/dates";
import { language, t } from "../../../text/text";
import { Avatar } from "../../../ui/avatar";
import { Button } from "../../../ui/button";
import { Segmented, Select } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { type ClientPage, type Note, readClient, readNotes } from "../../../wire/clients";
import type { Problem } from "../../../wire/http";
import type { TalkClient, TalkRoom } from "../../../wire/talks";
import { FollowUp } from "../../clients/follow_up";
import { NoteBox } from "../../clients/notes";
import { Talks } from "../../clients/talks";
import { Loading } from "../../frame";
import { LoadFault } from "../../load_fault";
import type { Desk } from "../desk";
import { Experts } from "./experts";
import { ClientFiles } from "./files";
import { minutesLeft, talk, talkRoom } from "./talk";

type Tab = "notes" | "history" | "files" | "experts";
const TABS: readonly Tab[] = ["notes", "history", "files", "experts"];

export function VisitPanel({ desk }: { desk: Desk }) {
  const told = talk.value;
  const [picked, setPicked] = useState("");
  if (!told) return null;
  const client = told.clients.find((one) => one.booking_id === picked) ?? told.clients[0];
  return (
    <div class="panel-body visit-panel">
      {told.clients.length > 1 && (
        <Select
          label={t("talk-whom")}
          options={told.clients.map((one) => ({ value: one.booking_id, label: one.name }))}
          value={client?.booking_id ?? ""}
          onPick={setPicked}
        />
      )}
      {client && <Whom key={client.booking_id} desk={desk} told={told} client={client} />}
    </div>
  );
}

interface WhomProps {
  desk: Desk;
  told: TalkRoom;
  client: TalkClient;
}

function Whom({ desk, told, client }: WhomProps) {
  const [tab, setTab] = useState<Tab>(client.is_mine ? "notes" : "experts");
  const [following, setFollowing] = useState(false);
  const shown = TABS.filter((one) => client.is_mine || one === "experts");
  return (
    <>
      <Head client={client} />
      {shown.length > 1 && (
        <Segmented<Tab>
          label={t("talk-panel")}
          options={shown.map((one) => ({ value: one, label: t(`talk-tab-${one}`) }))}
          value={tab}
          onPick={setTab}
        />
      )}
      {tab === "notes" && client.is_mine && <OwnNotes client={client} />}
      {tab === "history" && client.is_mine && <History client={client} />}
      {tab === "files" && client.is_mine && <ClientFiles desk={desk} client={client.client_id} />}
      {tab === "experts" && <Experts code={desk.code} told={told} />}
      {client.is_mine && (
        <div class="visit-foot">
          <Button look="line" icon="calendar" onClick={() => setFollowing(true)}>
            {t("talk-next")}
          </Button>
        </div>
      )}
      {following && (
        <FollowUp
          booking={client.booking_id}
          client={client.client_id}
          name={client.name}
          room={talkRoom.value.id}
          onClose={() => setFollowing(false)}
        />
      )}
    </>
  );
}

function Head({ client }: { client: TalkClient }) {
  const [now, setNow] = useState(serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 10_000);
    return () => clearInterval(timer);
  }, []);
  const left = minutesLeft.value;
  const time = timeIn(client.zone, now);
  return (
    <div class="visit-head">
      <Avatar name={client.name} id={client.client_id || client.booking_id} size={40} />
      <div class="grow">
        <b>{client.name}</b>
        <span class="small quiet num client-line">
          {t("client-there", { city: placeOfZone(client.zone, language.value), time })}
        </span>
      </div>
      <span class={left <= 5 ? "pill pill-signal num" : "pill num"}>
        <Icon name="clock" />
        {left > 0 ? t("talk-left", { count: left }) : t("talk-over", { count: -left })}
      </span>
      {client.unsigned > 0 && (
        <p class="banner banner-signal small">
          <Icon name="warn" />
          <span>{t("talk-unsigned", { count: client.unsigned })}</span>
        </p>
      )}
    </div>
  );
}

/** The note of this talk: the one that was begun before, or a new one. */
function OwnNotes({ client }: { client: TalkClient }) {
  const [note, setNote] = useState<Note | null | undefined>(undefined);
  const [fault, setFault] = useState<Problem | null>(null);
  const load = async () => {
    const result = await readNotes(client.client_id);
    setFault(result.ok ? null : result.error);
    if (!result.ok) return;
    const own = result.value.find((one) => one.is_own && one.booking_id === client.booking_id);
    setNote(own ?? null);
  };
  useEffect(() => void load(), [client.booking_id]);
  if (fault) return <LoadFault problem={fault} onAgain={() => void load()} />;
  if (note === undefined) return <Loading />;
  return <NoteBox client={client.client_id} booking={client.booking_id} note={note} />;
}

function History({ client }: { client: TalkClient }) {
  const [page, setPage] = useState<ClientPage | null>(null);
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const [fault, setFault] = useState<Problem | null>(null);
  const load = async () => {
    const [result, written] = await Promise.all([
      readClient(client.client_id),
      readNotes(client.client_id),
    ]);
    setFault(result.ok ? null : result.error);
    if (result.ok) setPage(result.value);
    if (written.ok) setNotes(written.value);
  };
  useEffect(() => void load(), [client.client_id]);
  if (fault) return <LoadFault problem={fault} onAgain={() => void load()} />;
  if (!page) return <Loading />;
  return (
    <div class="stack">
      <Talks talks={page.talks} zone={page.zone} />
      {notes.length > 0 && (
        <>
          <h3>{t("client-notes")}</h3>
          <ul class="note-list">
            {notes.map((one) => (
              <li key={one.id}>
                <p class="note-body small">{one.body}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
