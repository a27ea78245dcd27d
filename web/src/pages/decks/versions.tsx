/** What was sent for a deck: which version is in use, choosing another, deleting one. */
import { useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { sizeOf } from "../../text/figures";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { announce } from "../../ui/live";
import { type Deck, deleteVersion, useVersion, type Version } from "../../wire/decks";
import { Sure } from "../sure";
import type { LibraryDesk } from "./store";

interface VersionsProps {
  desk: LibraryDesk;
  deck: Deck;
  onClose(): void;
}

export function Versions({ desk, deck, onClose }: VersionsProps) {
  const [asking, setAsking] = useState<Version | null>(null);
  const [choosing, setChoosing] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const { name } = deck;
  const choose = async ({ id, number }: Version) => {
    setChoosing(id);
    const result = await useVersion(deck.id, id);
    setChoosing("");
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (result.ok) announce(t("decks-version-now", { number }));
    await desk.load();
  };
  return (
    <>
      <Dialog
        open
        title={t("decks-versions-of", { name })}
        onClose={onClose}
        class="decks-dialog"
        actions={
          <Button look="quiet" onClick={onClose} autofocus>
            {t("decks-close")}
          </Button>
        }
      >
        <ul class="rows">
          {deck.versions.map((one) => (
            <Row
              key={one.id}
              version={one}
              isUsed={one.id === deck.version_id}
              isChosen={one.id === choosing}
              onUse={() => void choose(one)}
              onDelete={() => setAsking(one)}
            />
          ))}
        </ul>
        <FormFault>{fault}</FormFault>
      </Dialog>
      <Sure
        thing={asking}
        onClose={() => setAsking(null)}
        onDone={() => desk.load()}
        title={({ number }) => t("decks-version-delete-title", { number, name })}
        note={t("decks-version-delete-note")}
        action={t("decks-delete")}
        waiting={t("decks-deleting")}
        done={({ number }) => t("decks-version-deleted", { number })}
        send={({ id }) => deleteVersion(deck.id, id)}
      />
    </>
  );
}

interface RowProps {
  version: Version;
  isUsed: boolean;
  isChosen: boolean;
  onUse(): void;
  onDelete(): void;
}

function Row({ version, isUsed, isChosen, onUse, onDelete }: RowProps) {
  const { number, name, bytes, by_name, created_at } = version;
  const facts = [sizeOf(bytes), by_name, `${dayOf(created_at)}, ${timeOf(created_at)}`];
  return (
    <li>
      <div class="grow">
        <b>{t("decks-version", { number })}</b>
        <span class="ell" title={name}>
          {name}
        </span>
        <span class="small quiet num">{facts.filter(Boolean).join(" · ")}</span>
      </div>
      {isUsed ? (
        <span class="pill pill-ok">
          <Icon name="check" />
          {t("decks-version-used")}
        </span>
      ) : (
        <div class="deck-version-acts">
          <Button
            look="line"
            size="small"
            aria-label={t("decks-version-use-name", { number })}
            waiting={isChosen && t("decks-version-using")}
            onClick={onUse}
          >
            {t("decks-version-use")}
          </Button>
          <IconButton
            label={t("decks-version-delete", { number })}
            icon="trash"
            onClick={onDelete}
          />
        </div>
      )}
    </li>
  );
}
