/** What comes after a talk: held or not, a summary with files, and the next appointment. */
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../booking/now";
import { placeOfZone } from "../../booking/zones";
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault, Segmented } from "../../ui/field";
import { announce, toast } from "../../ui/live";
import type { DeskBookingWhole } from "../../wire/booking";
import { listRoomFiles, type RoomFile } from "../../wire/files";
import { endAs, readBooking, type SentFile, sendSummary } from "../../wire/talks";
import { bookFor } from "../../wire/week";
import { type Chip, readChips } from "./next_times";

export interface FollowUpProps {
  booking: string;
  client: string;
  name: string;
  /** Of the room in which it was held; empty: no files. */
  room: string;
  onClose(): void;
  onDone?(): void;
}

export function FollowUp({ booking, client, name, room, onClose, onDone }: FollowUpProps) {
  const [told, setTold] = useState<DeskBookingWhole | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = async () => {
    const result = await readBooking(booking);
    if (result.ok) setTold(result.value);
    else setFault(refusalText(result.error.code, result.error.params));
  };
  useEffect(() => void load(), [booking]);
  const keep = (news: DeskBookingWhole) => {
    setTold(news);
    onDone?.();
  };
  return (
    <Dialog
      open
      title={t("follow-title", { name })}
      onClose={onClose}
      class="dlg-wide"
      actions={
        <Button look="primary" onClick={onClose}>
          {t("follow-done")}
        </Button>
      }
    >
      <div class="stack follow">
        <FormFault>{fault}</FormFault>
        {told && <Next told={told} client={client} onDone={() => onDone?.()} />}
        {told && <Outcome told={told} onTold={keep} />}
        {told && <Summary told={told} room={room} onTold={keep} />}
      </div>
    </Dialog>
  );
}

interface PartProps {
  told: DeskBookingWhole;
  onTold(told: DeskBookingWhole): void;
}

const ENDED = ["held", "missed"] as const;
type Ended = (typeof ENDED)[number];

function Outcome({ told, onTold }: PartProps) {
  const [fault, setFault] = useState<string | null>(null);
  const now = told.state === "held" || told.state === "missed" ? told.state : null;
  const pick = async (how: Ended) => {
    if (how === now) return;
    const result = await endAs(told.id, now ? "correct" : how);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (result.ok) onTold(result.value);
  };
  return (
    <fieldset class="stack">
      <legend class="label">{t("follow-outcome")}</legend>
      <Segmented<Ended | "open">
        label={t("follow-outcome")}
        options={ENDED.map((one) => ({ value: one, label: t(`booking-state-${one}`) }))}
        value={now ?? "open"}
        onPick={(picked) => void pick(picked === "missed" ? "missed" : "held")}
      />
      <FormFault>{fault}</FormFault>
    </fieldset>
  );
}

function Next({
  told,
  client,
  onDone,
}: {
  told: DeskBookingWhole;
  client: string;
  onDone(): void;
}) {
  const [chips, setChips] = useState<readonly Chip[] | null>(null);
  const [busy, setBusy] = useState(0);
  const [booked, setBooked] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const zone = told.host.zone;
  const offer = told.offer?.id ?? "";
  const load = async () => {
    const found = offer
      ? await readChips(told.host.id, offer, Date.parse(told.from), zone, serverNow())
      : [];
    setChips(found ?? []);
  };
  useEffect(() => void load(), [told.id]);
  const text = (at: number) => `${dayIn(zone, at, "short")}, ${timeIn(zone, at)}`;
  const book = async (at: number) => {
    setBusy(at);
    const asked = { host_id: told.host.id, offer_id: offer, at: new Date(at).toISOString() };
    const result = await bookFor({ ...asked, client_id: client });
    setBusy(0);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return void load();
    setBooked(at);
    announce(t("follow-booked", { when: text(at) }));
    onDone();
  };
  return (
    <fieldset class="stack">
      <legend class="label">{t("follow-next")}</legend>
      {booked !== null ? (
        <p class="follow-booked" role="status">
          {t("follow-booked", { when: text(booked) })}
        </p>
      ) : (
        <>
          <p class="small quiet">
            {t("follow-next-note", { zone: placeOfZone(zone, language.value) })}{" "}
            {told.client_zone !== zone &&
              t("follow-there", { zone: placeOfZone(told.client_zone, language.value) })}
          </p>
          {chips === null && <span class="spin" />}
          {chips?.length === 0 && <p class="quiet">{t("follow-none-free")}</p>}
          <div class="next-chips">
            {chips?.map((chip) => (
              <Button
                key={chip.at}
                look="line"
                waiting={busy === chip.at && t("follow-booking")}
                disabled={busy !== 0 && busy !== chip.at}
                onClick={() => void book(chip.at)}
              >
                {chip.weeks > 0
                  ? t("follow-in-weeks", { count: chip.weeks, when: text(chip.at) })
                  : text(chip.at)}
              </Button>
            ))}
          </div>
        </>
      )}
      <FormFault>{fault}</FormFault>
    </fieldset>
  );
}

function Summary({ told, room, onTold }: PartProps & { room: string }) {
  const [text, setText] = useState(told.summary);
  const [files, setFiles] = useState<readonly RoomFile[]>([]);
  const [ticked, setTicked] = useState<readonly string[]>(told.files.map((file) => file.id));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (!room) return;
    void listRoomFiles(room).then((result) => {
      if (result.ok) setFiles(result.value.files.filter((file) => !file.is_private));
    });
  }, [room]);
  const send = async () => {
    const sent: SentFile[] = files
      .filter((file) => ticked.includes(file.file_id))
      .map((file) => ({ id: file.file_id, name: file.name, bytes: file.bytes }));
    setBusy(true);
    const result = await sendSummary(told.id, text, sent);
    setBusy(false);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return;
    onTold(result.value);
    toast(t("follow-sent"));
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      <label class="field">
        <span>{t("follow-summary")}</span>
        <textarea
          class="input"
          rows={5}
          maxLength={20000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {files.length > 0 && (
        <fieldset class="follow-files">
          <legend class="label">{t("follow-files")}</legend>
          {files.map((file) => (
            <label key={file.file_id} class="follow-file">
              <input
                type="checkbox"
                checked={ticked.includes(file.file_id)}
                onChange={(event) =>
                  setTicked(
                    event.currentTarget.checked
                      ? [...ticked, file.file_id]
                      : ticked.filter((one) => one !== file.file_id),
                  )
                }
              />
              <span>{file.name}</span>
            </label>
          ))}
        </fieldset>
      )}
      <p class="small quiet">{t("follow-summary-note")}</p>
      <FormFault>{fault}</FormFault>
      <div>
        <Button
          type="submit"
          look="line"
          icon="send"
          disabled={!text.trim() && ticked.length === 0}
          waiting={busy && t("follow-sending")}
        >
          {t(told.summary ? "follow-send-again" : "follow-send")}
        </Button>
      </div>
    </form>
  );
}
