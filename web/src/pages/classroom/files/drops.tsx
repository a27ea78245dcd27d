/** Files held over the class: where they would go, and taking them when they are let go. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { recipientName, recipientOf } from "../chat/recipients";
import { isDeckDrop, putDecks } from "../decks/acts";
import type { Desk } from "../desk";
import { attach, filesOfDrop, putOnList, whyNot } from "./attach";

/** The page of a board takes pictures itself from who has a pen. */
const BOARD = ".board[data-draws=yes] .board-fit";

/** What would become of what is held: slides, or a file of the class. */
type Over = "deck" | "file" | null;

export function Drops({ desk }: { desk: Desk }) {
  const [over, setOver] = useState<Over>(null);
  useEffect(() => followDrops(desk, setOver), [desk]);
  if (!over) return null;
  const isDeck = over === "deck";
  const reason = isDeck ? null : whyNot(desk);
  return (
    <div class={reason ? "drops is-locked" : "drops"} role="status">
      <p class="pill pill-accent">
        <Icon name={reason ? "lock" : isDeck ? "slides" : "clip"} />
        <span>{reason ?? (isDeck ? t("decks-drop-stage") : invitation(desk))}</span>
      </p>
    </div>
  );
}

function invitation(desk: Desk): string {
  if (desk.panel.value === "files") {
    const { may_chat } = desk.room.value.rights;
    return t(may_chat ? "files-drop-list" : "files-drop-staff");
  }
  const to = recipientOf(desk.room.value, desk.session.chat.to.value);
  return to === null
    ? t("talk-write-gone")
    : t("files-drop", { name: recipientName(desk.room.value, to) });
}

function followDrops(desk: Desk, show: (over: Over) => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const isOurs = (event: DragEvent) => {
    const at = event.target instanceof Element ? event.target : null;
    return carries(event) && !at?.closest(BOARD) && !document.querySelector("dialog[open]");
  };
  const hold = (event: DragEvent) => {
    if (!carries(event)) return;
    // A drop beside the place must not make the browser leave the class for the file.
    event.preventDefault();
    show(isDeckDrop(desk, event) ? "deck" : isOurs(event) ? "file" : null);
  };
  // Before the board hears of it, which would take everything for a picture.
  const first = (event: DragEvent) => {
    if (!event.dataTransfer || !isDeckDrop(desk, event)) return;
    event.preventDefault();
    putDecks(desk, filesOfDrop(event.dataTransfer));
  };
  const drop = (event: DragEvent) => {
    show(null);
    if (!carries(event) || isDeckDrop(desk, event)) return;
    event.preventDefault();
    if (!isOurs(event) || !event.dataTransfer) return;
    const files = filesOfDrop(event.dataTransfer);
    if (desk.panel.value === "files") putOnList(desk, files);
    else attach(desk, files);
  };
  addEventListener("dragenter", hold, { signal });
  addEventListener("dragover", hold, { signal });
  addEventListener("drop", first, { signal, capture: true });
  addEventListener("drop", drop, { signal });
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) show(null);
  };
  addEventListener("dragleave", leave, { signal });
  return () => abort.abort();
}
