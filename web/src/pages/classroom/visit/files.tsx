/** Beside a talk: the files of a client's talks, each to be taken away or shown to all as slides. */
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../../../text/dates";
import { sizeOf } from "../../../text/figures";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { FileSign } from "../../../ui/file_sign";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import {
  fetchTalkFile,
  type HistoryFile,
  readHistory,
  talkFileAddress,
} from "../../../wire/clients";
import type { Problem } from "../../../wire/http";
import { Sending } from "../../decks/sending";
import { goesToStage, sameAs } from "../../decks/shelf";
import { Loading } from "../../frame";
import { LoadFault } from "../../load_fault";
import { mayLead } from "../board/acts";
import { putAway } from "../decks/acts";
import type { Desk } from "../desk";

interface Props {
  desk: Desk;
  client: string;
}

export function ClientFiles({ desk, client }: Props) {
  const [files, setFiles] = useState<readonly HistoryFile[] | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const { decks } = desk.session;
  const load = async () => {
    const result = await readHistory(client);
    setFault(result.ok ? null : result.error);
    if (result.ok) setFiles(result.value.files);
  };
  // What is sent in this talk is theirs, too.
  useEffect(() => void load(), [client, desk.room.value.files.length]);
  // What a deck is made of depends on the server, and what was shown before is not sent again.
  useEffect(() => {
    if (mayLead(desk)) void decks.load();
  }, [decks]);
  if (fault) return <LoadFault problem={fault} onAgain={() => void load()} />;
  if (!files) return <Loading />;
  if (files.length === 0) return <p class="quiet">{t("client-files-none")}</p>;
  const isOfficeRead = decks.library.value?.office === "ready";
  const isShown = (one: HistoryFile) => mayLead(desk) && goesToStage(one.name, isOfficeRead);
  return (
    <div class="stack">
      <Sending sending={decks.sending} decks={decks.library.value?.decks ?? []} />
      <ul class="rows visit-files" aria-label={t("client-files")}>
        {files.map((one) => (
          <li key={one.id}>
            <FileSign kind={one.kind} />
            <span class="grow">
              <b>{one.name}</b>
              <span class="small quiet num">
                {t("client-file-of", {
                  who: one.owner_name,
                  day: dayOf(one.talk_at),
                  size: sizeOf(one.bytes),
                })}
              </span>
            </span>
            <span class="row">
              {isShown(one) && <ShowToAll desk={desk} client={client} file={one} />}
              <a
                class="btn btn-line btn-sm"
                href={talkFileAddress(client, one.id)}
                download={one.name}
                aria-label={t("client-file-get", { name: one.name })}
              >
                <Icon name="download" />
                <span>{t("client-file-take")}</span>
              </a>
            </span>
          </li>
        ))}
      </ul>
      {files.some(isShown) && <p class="small quiet">{t("talk-show-kept")}</p>}
    </div>
  );
}

/** The slides that were made of a file, and where they stand now. */
function placed(desk: Desk, file: HistoryFile) {
  const deck = desk.session.decks.library.value?.decks.find((one) => sameAs(one, file));
  const { placements } = desk.room.value.board;
  return { deck, placement: placements.find((one) => one.deck_id === deck?.id) };
}

function ShowToAll({ desk, client, file }: Props & { file: HistoryFile }) {
  const [busy, setBusy] = useState(false);
  const { placement } = placed(desk, file);
  const act = async (deed: Promise<void>) => {
    setBusy(true);
    await deed;
    setBusy(false);
  };
  if (placement)
    return (
      <Button
        look="line"
        size="small"
        aria-label={t("decks-put-away-name", { name: placement.name })}
        waiting={busy && t("decks-putting-away")}
        onClick={() => void act(putAway(desk, placement))}
      >
        {t("decks-put-away")}
      </Button>
    );
  return (
    <Button
      look="line"
      size="small"
      icon="slides"
      aria-label={t("talk-show-name", { name: file.name })}
      waiting={busy && t("talk-show-fetching")}
      onClick={() => void act(showFile(desk, client, file))}
    >
      {t("talk-show")}
    </Button>
  );
}

/** On its way it goes to the stage by itself; what became slides before is shown at once. */
async function showFile(desk: Desk, client: string, file: HistoryFile): Promise<void> {
  const { decks } = desk.session;
  const { deck } = placed(desk, file);
  if (deck) return decks.bring(deck.id);
  const fetched = await fetchTalkFile(client, file.id);
  if (!fetched.ok) toast(refusalText(fetched.error.code, fetched.error.params));
  else decks.sending.add([[new File([fetched.value], file.name, { type: file.kind })]], {});
}
