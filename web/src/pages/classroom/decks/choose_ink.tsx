/** A deck that was put away with what was drawn on it: to go on with that, or to start clean. */
import { useState } from "preact/hooks";
import type { Choice } from "../../../room/decks_room";
import { dayOf, timeOf } from "../../../text/dates";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";

interface ChooseProps extends Choice {
  onClose(): void;
  /** An id of what was put away; empty is clean. */
  onChoose(placement: string): Promise<void>;
}

export function ChooseInk({ deck, kept, onClose, onChoose }: ChooseProps) {
  const [waiting, setWaiting] = useState<string | null>(null);
  const choose = async (id: string) => {
    setWaiting(id);
    await onChoose(id);
    setWaiting(null);
  };
  const button = (id: string, text: string) => (
    <Button
      key={id}
      look="line"
      wide
      waiting={waiting === id && t("decks-showing")}
      onClick={() => void choose(id)}
    >
      {text}
    </Button>
  );
  return (
    <Dialog
      open
      title={t("decks-ink-title", { name: deck.name })}
      onClose={onClose}
      actions={
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
      }
    >
      <p>{t("decks-ink-note")}</p>
      {kept.map((one) =>
        button(
          one.id,
          t("decks-ink-continue", { date: dayOf(one.left_at), time: timeOf(one.left_at) }),
        ),
      )}
      {button("", t("decks-ink-clean"))}
    </Dialog>
  );
}
