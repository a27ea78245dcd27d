/** Decks on their way into the library: how far each is, pause, again, and the way out. */

import type { DeckOnWay, DeckSending } from "../../room/deck_sending";
import { partOf } from "../../room/upload";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { FileSign } from "../../ui/file_sign";
import { PartLine } from "../../ui/part_line";
import type { Deck } from "../../wire/decks";
import { standingOf } from "../classroom/files/words";

export function Sending({ sending, decks }: { sending: DeckSending; decks: readonly Deck[] }) {
  const rows = sending.list.value;
  if (rows.length === 0) return null;
  return (
    <ul class="card rows deck-way" aria-label={t("decks-on-way")}>
      {rows.map((one) => (
        <Row key={one.upload.id} sending={sending} row={one} name={nameOf(one, decks)} />
      ))}
    </ul>
  );
}

function nameOf({ upload, files, place }: DeckOnWay, decks: readonly Deck[]): string {
  const { name } = upload;
  const many = files > 1 ? t("decks-on-way-many", { name, count: files - 1 }) : name;
  const deck = decks.find((one) => one.id === place.deck_id);
  return deck ? t("decks-on-way-version", { name: many, deck: deck.name }) : many;
}

function Row({ sending, row, name }: { sending: DeckSending; row: DeckOnWay; name: string }) {
  const { upload } = row;
  const { id, state } = upload;
  const isFailed = state === "failed";
  const percent = Math.floor(100 * partOf(upload));
  return (
    <li class={isFailed ? "is-failed" : undefined}>
      <FileSign kind={upload.kind} />
      <div class="grow">
        <b class="ell" title={name}>
          {name}
        </b>
        <span class="small num" role={isFailed ? "alert" : undefined}>
          {standingOf(upload)}
        </span>
      </div>
      <Turn sending={sending} row={row} />
      <IconButton
        label={t("files-take-out", { name: upload.name })}
        icon="close"
        onClick={() => sending.cancel(id)}
      />
      {!isFailed && <PartLine label={name} percent={percent} />}
    </li>
  );
}

/** What is wrong with the file itself stays wrong. */
const FINAL = /^(file|deck)\.(empty|changed|type|old_office|encrypted|large|office_\w+|unknown)$/;

function Turn({ sending, row }: { sending: DeckSending; row: DeckOnWay }) {
  const { id, name, state } = row.upload;
  if (state === "sending" || state === "waiting") {
    const label = t("files-pause", { name });
    return <IconButton label={label} icon="pause" onClick={() => sending.pause(id)} />;
  }
  if (FINAL.test(row.upload.refusal?.code ?? "")) return null;
  const label = t(state === "paused" ? "files-go-on" : "files-again", { name });
  const icon = state === "paused" ? "play" : "again";
  return <IconButton label={label} icon={icon} onClick={() => sending.resume(id)} />;
}
