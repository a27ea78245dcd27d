/** The decks of the class for who leads it: on the stage, on their way, and to be shown. */
import { useEffect, useState } from "preact/hooks";
import { isShowable } from "../../../room/decks_room";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { chooseFiles } from "../../../ui/choose_files";
import { Field } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import type { Deck, Library } from "../../../wire/decks";
import type { Placement } from "../../../wire/messages";
import { DeckPart, DeckPicture } from "../../decks/picture";
import { Sending } from "../../decks/sending";
import { acceptedBy, found, signOf } from "../../decks/shelf";
import { kindOf, standingOf } from "../../decks/words";
import { Loading } from "../../frame";
import { LoadFault } from "../../load_fault";
import type { Desk } from "../desk";
import { chooseInk, putAway, putDecks, showDeck } from "./acts";
import { ChooseInk } from "./choose_ink";
import { newerOf, useNewer } from "./newer";

/** From so many decks on there is something to search in. */
const MANY = 8;

export function SlidesPanel({ desk }: { desk: Desk }) {
  const { decks } = desk.session;
  useEffect(() => void decks.load(), [decks]);
  const library = decks.library.value;
  const fault = decks.fault.value;
  const { placements } = desk.room.value.board;
  const onWay = decks.sending.list.value;
  const isBare = library?.decks.length === 0 && onWay.length === 0;
  return (
    <>
      <div class="scroll slides-panel">
        {placements.length > 0 && <OnStage desk={desk} placements={placements} />}
        <Sending sending={decks.sending} decks={library?.decks ?? []} />
        {fault && <LoadFault problem={fault} onAgain={() => void decks.load()} />}
        {!library && !fault && <Loading />}
        {library && library.office !== "ready" && (
          <p class="small quiet">{refusalText(`deck.office_${library.office}`)}</p>
        )}
        {library && <List desk={desk} library={library} />}
        {isBare && (
          <div class="files-none">
            <span class="file-sign">
              <Icon name="slides" />
            </span>
            <p>{t(desk.form.value === "phone" ? "decks-none" : "decks-empty")}</p>
          </div>
        )}
      </div>
      <div class="panel-foot">
        <Button
          look={placements.length > 0 ? "line" : "primary"}
          icon="upload"
          onClick={() => {
            const accept = acceptedBy(library?.office === "ready");
            chooseFiles({ accept, multiple: true }, (files) => putDecks(desk, files));
          }}
        >
          {t("decks-upload")}
        </Button>
      </div>
    </>
  );
}

function OnStage({ desk, placements }: { desk: Desk; placements: readonly Placement[] }) {
  return (
    <section>
      <h3>{t("decks-on-stage")}</h3>
      <ul class="slides-list">
        {placements.map((one) => (
          <li key={one.id} class="slides-row">
            <Icon name={signOf(one.kind)} />
            <b class="grow ell" title={one.name}>
              {one.name}
            </b>
            <PutAwayButton desk={desk} placement={one} />
            {newerOf(desk.session.decks.library.value, one) && (
              <NewerButton desk={desk} placement={one} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function PutAwayButton({ desk, placement }: { desk: Desk; placement: Placement }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await putAway(desk, placement);
    setBusy(false);
  };
  return (
    <Button
      look="line"
      size="small"
      aria-label={t("decks-put-away-name", { name: placement.name })}
      waiting={busy && t("decks-putting-away")}
      onClick={() => void act()}
    >
      {t("decks-put-away")}
    </Button>
  );
}

function NewerButton({ desk, placement }: { desk: Desk; placement: Placement }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await useNewer(desk, placement);
    setBusy(false);
  };
  return (
    <p class="slides-newer">
      <span>{t("present-newer")}</span>
      <Button
        look="line"
        size="small"
        aria-label={t("present-newer-use-name", { name: placement.name })}
        waiting={busy && t("present-newer-using")}
        onClick={() => void act()}
      >
        {t("present-newer-use")}
      </Button>
    </p>
  );
}

function List({ desk, library }: { desk: Desk; library: Library }) {
  const [words, setWords] = useState("");
  const { choice } = desk.session.decks;
  const all = library.decks;
  const shown = found(all, words);
  const asked = choice.value;
  const placed = new Set(desk.room.value.board.placements.map((one) => one.deck_id));
  return (
    <section>
      {all.length > 0 && <h3>{t("decks-to-top")}</h3>}
      {all.length > MANY && (
        <Field label={t("decks-search")} value={words} onValue={setWords} autocomplete="off" />
      )}
      {all.length > 0 && shown.length === 0 && (
        <p class="quiet small" role="status">
          {t("decks-not-found")}
        </p>
      )}
      <ul class="slides-list">
        {shown.map((deck) => (
          <Row
            key={deck.id}
            deck={deck}
            isOnStage={placed.has(deck.id)}
            onShow={() => showDeck(desk, deck)}
          />
        ))}
      </ul>
      {asked && (
        <ChooseInk
          {...asked}
          onClose={() => {
            choice.value = null;
          }}
          onChoose={(placement) => chooseInk(desk, asked.deck, placement)}
        />
      )}
    </section>
  );
}

interface RowProps {
  deck: Deck;
  isOnStage: boolean;
  onShow(): Promise<void>;
}

function Row({ deck, isOnStage, onShow }: RowProps) {
  const [busy, setBusy] = useState(false);
  const { name } = deck;
  const standing = standingOf(deck);
  const act = async () => {
    setBusy(true);
    await onShow();
    setBusy(false);
  };
  return (
    <li class="slides-row">
      <DeckPicture deck={deck} />
      <div class="grow">
        <b class="slides-name" title={name}>
          {name}
        </b>
        <span class="small quiet num">{kindOf(deck)}</span>
        {standing && (
          <span class={standing.isFault ? "small deck-fault" : "small num"}>{standing.text}</span>
        )}
        <DeckPart deck={deck} />
      </div>
      {isOnStage && <span class="small quiet">{t("decks-on-stage")}</span>}
      {!isOnStage && isShowable(deck) && (
        <Button
          look="line"
          size="small"
          aria-label={t("decks-show-name", { name })}
          waiting={busy && t("decks-showing")}
          onClick={() => void act()}
        >
          {t("decks-show")}
        </Button>
      )}
    </li>
  );
}
