/** Into which folder a deck, or a folder, goes. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault, Select } from "../../ui/field";
import { toast } from "../../ui/live";
import { changeDeck, changeFolder, type Deck, type Folder } from "../../wire/decks";
import { pathTo, placesFor } from "./shelf";

interface MoveProps {
  folders: readonly Folder[];
  /** What is moved: one of them. */
  deck: Deck | null;
  folder: Folder | null;
  onClose(): void;
  onDone(): Promise<void>;
}

export function MoveDialog({ folders, deck, folder, onClose, onDone }: MoveProps) {
  const [to, setTo] = useState(deck?.folder_id ?? folder?.parent_id ?? "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const name = deck?.name ?? folder?.name ?? "";
  const act = async () => {
    setBusy(true);
    const result = await (deck
      ? changeDeck(deck.id, { folder_id: to })
      : changeFolder(folder?.id ?? "", { parent_id: to }));
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    toast(t("decks-moved", { name }));
    await onDone();
    document.getElementById("decks-send")?.focus();
  };
  const places = placesFor(folders, folder?.id ?? null).map((one) => ({
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
        <>
          <Button look="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button look="primary" waiting={busy && t("decks-moving")} onClick={() => void act()}>
            {t("decks-move")}
          </Button>
        </>
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
