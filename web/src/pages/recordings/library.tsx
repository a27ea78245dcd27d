/** The library of recordings: cards by day, found by name and room, made and kept. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, Select } from "../../ui/field";
import { Empty } from "../../ui/mark";
import type { Recording } from "../../wire/recordings";
import { session } from "../account";
import { AppFrame, DoorFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { rooms, useRooms } from "../rooms/store";
import { navigate } from "../router";
import { RecordingCard } from "./card";
import { type Asking, Questions } from "./dialogs";
import { RecordingsDesk } from "./store";

/** Letters are looked for when they have settled. */
const SETTLE_MS = 300;

/** Of one room, or of all of them; of a room also for who came by its host link. */
export function Recordings({ room = "" }: { room?: string | undefined }) {
  useTitle(t("nav-recordings"));
  const account = session.value?.account;
  const content = <Shelf key={room} room={room} hasAccount={Boolean(account)} />;
  if (account) return <AppFrame at="/recordings">{content}</AppFrame>;
  return (
    <DoorFrame>
      <div class="page report-guest">{content}</div>
    </DoorFrame>
  );
}

function Shelf({ room, hasAccount }: { room: string; hasAccount: boolean }) {
  const [desk] = useState(() => new RecordingsDesk());
  const [words, setWords] = useState("");
  const [asking, setAsking] = useState<Asking | null>(null);
  useEffect(() => desk.follow(), [desk]);
  useEffect(() => {
    const timer = setTimeout(() => void desk.load({ room, words }), words === "" ? 0 : SETTLE_MS);
    return () => clearTimeout(timer);
  }, [desk, room, words]);
  const list = desk.list.value;
  const fault = desk.fault.value;
  return (
    <>
      <div class="page-head">
        <div class="grow">
          <h1>{t("nav-recordings")}</h1>
          <p>{t("library-lead")}</p>
        </div>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void desk.load()} />}
      <div class="decks-bar recordings-bar">
        {hasAccount && <RoomPick room={room} />}
        <Field
          label={t("library-search")}
          value={words}
          onValue={setWords}
          maxLength={120}
          autocomplete="off"
        />
      </div>
      {list === null && !fault && <Loading />}
      {list?.length === 0 && <Nothing isSearch={words.trim() !== ""} hasAll={room !== ""} />}
      {list !== null && list.length > 0 && (
        <Cards
          list={list}
          onAsk={setAsking}
          onMore={desk.hasMore.value ? () => desk.more() : null}
        />
      )}
      <Questions desk={desk} asking={asking} onClose={() => setAsking(null)} />
    </>
  );
}

interface CardsProps {
  list: readonly Recording[];
  onAsk(asking: Asking): void;
  onMore: (() => Promise<void>) | null;
}

function Cards({ list, onAsk, onMore }: CardsProps) {
  const [busy, setBusy] = useState(false);
  const more = async () => {
    setBusy(true);
    await onMore?.();
    setBusy(false);
  };
  return (
    <>
      <ul class="deck-cards recording-cards">
        {list.map((one) => (
          <RecordingCard key={one.id} one={one} onAsk={onAsk} />
        ))}
      </ul>
      {onMore && (
        <div class="lesson-more">
          <Button look="line" waiting={busy && t("loading")} onClick={() => void more()}>
            {t("library-more")}
          </Button>
        </div>
      )}
    </>
  );
}

function RoomPick({ room }: { room: string }) {
  useRooms();
  const list = rooms.value ?? [];
  if (list.length < 2 && room === "") return null;
  const options = list.map((one) => ({ value: one.id, label: one.title }));
  return (
    <div class="recordings-room">
      <Select
        label={t("library-room")}
        options={[{ value: "", label: t("library-room-all") }, ...options]}
        value={room}
        onPick={(id) =>
          navigate(id ? `/rooms/${encodeURIComponent(id)}/recordings` : "/recordings")
        }
      />
    </div>
  );
}

function Nothing({ isSearch, hasAll }: { isSearch: boolean; hasAll: boolean }) {
  if (isSearch) {
    return (
      <p class="quiet" role="status">
        {t("library-not-found")}
      </p>
    );
  }
  return (
    <div class="card">
      <Empty title={t("library-none")} text={t("library-none-note")}>
        {hasAll && (
          <ButtonLink look="line" href="/recordings">
            {t("library-all")}
          </ButtonLink>
        )}
      </Empty>
    </div>
  );
}
