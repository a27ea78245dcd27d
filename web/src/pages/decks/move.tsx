/** Into which folder a deck, or a folder, goes. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { DialogActs } from "../../ui/dialog_acts";
import { FormFault, Select } from "../../ui/field";
import type { Folder } from "../../wire/decks";
import { move } from "./moving";
import { pathTo, placeOf, placesFor, type Thing } from "./shelf";

interface MoveProps {
  folders: readonly Folder[];
  thing: Thing;
  onClose(): void;
  onDone(): Promise<void>;
}

export function MoveDialog({ folders, thing, onClose, onDone }: MoveProps) {
  const [to, setTo] = useState(placeOf(thing));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { id, name } = "deck" in thing ? thing.deck : thing.folder;
  const act = async () => {
    setBusy(true);
    const problem = await move(thing, to, onDone);
    setBusy(false);
    if (problem) return setFault(refusalText(problem.code, problem.params));
    onClose();
    // What was pressed is gone with its card.
    document.getElementById("decks-send")?.focus();
  };
  const places = placesFor(folders, "folder" in thing ? id : null).map((one) => ({
    value: one.id,
    label: pathTo(folders, one.id)
      .map((step) => step.name)
      .join(" / "),
  }));
  places.sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Dialog
      open
      title={t("decks-move-title", { name })}
      onClose={onClose}
      class="decks-dialog"
      actions={
        <DialogActs
          action={t("decks-move")}
          waiting={busy && t("decks-moving")}
          onClose={onClose}
          onAct={() => void act()}
        />
      }
    >
      <Select
        label={t("decks-move-to")}
        options={[{ value: "", label: t("decks-to-top") }, ...places]}
        value={to}
        onPick={setTo}
      />
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}
