/** Decks and folders that are put into another folder, by the dialog or by dragging them there. */
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import { changeDeck, changeFolder, type Folder } from "../../wire/decks";
import type { Problem } from "../../wire/http";
import { mayGo, placeOf, type Thing } from "./shelf";

const nameOf = (thing: Thing) => ("deck" in thing ? thing.deck : thing.folder).name;

/** Says that it was moved, with the way back; what stood in the way is given. */
export async function move(
  thing: Thing,
  to: string,
  onDone: () => Promise<void>,
): Promise<Problem | null> {
  const result = await ("deck" in thing
    ? changeDeck(thing.deck.id, { folder_id: to })
    : changeFolder(thing.folder.id, { parent_id: to }));
  if (!result.ok) return result.error;
  const back = async () => {
    const moved =
      "deck" in thing
        ? { deck: { ...thing.deck, folder_id: to } }
        : { folder: { ...thing.folder, parent_id: to } };
    const fault = await move(moved, placeOf(thing), onDone);
    if (fault) toast(refusalText(fault.code, fault.params));
  };
  const undo = { label: t("decks-undo"), run: () => void back() };
  toast(t("decks-moved", { name: nameOf(thing) }), undo);
  await onDone();
  return null;
}

/** By it a drag of ours is known: what one looks at while something is dragged is its kind alone. */
const OURS = "application/x-deck";
/** What is dragged within the library. */
const held = signal<Thing | null>(null);

/** For a card that can be dragged. Fingers and keys have "Move" in its menu. */
export function dragOf(thing: Thing) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      held.value = thing;
      const carried = event.dataTransfer;
      if (!carried) return;
      carried.setData(OURS, "1");
      carried.setData("text/plain", nameOf(thing));
      carried.effectAllowed = "move";
    },
    onDragEnd: () => {
      held.value = null;
    },
  };
}

/** For a folder, or the top (an empty id), that takes what is dragged there. */
export function useTarget(folders: readonly Folder[], to: string, onDone: () => Promise<void>) {
  const [isOver, setOver] = useState(false);
  const taken = ({ dataTransfer }: DragEvent) => {
    const thing = dataTransfer?.types.includes(OURS) ? held.value : null;
    return thing && mayGo(folders, thing, to) ? thing : null;
  };
  return {
    "data-over": isOver ? "yes" : undefined,
    onDragOver: (event: DragEvent) => {
      if (!taken(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      const { currentTarget, relatedTarget } = event;
      const isWithin = currentTarget instanceof Node && relatedTarget instanceof Node;
      if (!isWithin || !currentTarget.contains(relatedTarget)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      const thing = taken(event);
      setOver(false);
      if (!thing) return;
      event.preventDefault();
      void move(thing, to, onDone).then((fault) => {
        if (fault) toast(refusalText(fault.code, fault.params));
      });
    },
  };
}
