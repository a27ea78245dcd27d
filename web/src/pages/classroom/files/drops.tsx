/** Files held over the class: where they would go, and taking them when they are let go. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import { recipientName, recipientOf } from "../chat/recipients";
import type { Desk } from "../desk";
import { attach, filesOfDrop, putOnList, whyNot } from "./attach";

/** The page of a board takes pictures itself from who has a pen. */
const BOARD = ".board[data-draws=yes] .board-fit";

export function Drops({ desk }: { desk: Desk }) {
  const [over, setOver] = useState(false);
  useEffect(() => followDrops(desk, setOver), [desk]);
  if (!over) return null;
  const reason = whyNot(desk);
  return (
    <div class={reason ? "drops is-locked" : "drops"} role="status">
      <p class="pill pill-accent">
        <Icon name={reason ? "lock" : "clip"} />
        <span>{reason ?? invitation(desk)}</span>
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

function followDrops(desk: Desk, show: (over: boolean) => void): () => void {
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
    show(isOurs(event));
  };
  const drop = (event: DragEvent) => {
    show(false);
    if (!carries(event)) return;
    event.preventDefault();
    if (!isOurs(event) || !event.dataTransfer) return;
    const files = filesOfDrop(event.dataTransfer);
    if (desk.panel.value === "files") putOnList(desk, files);
    else attach(desk, files);
  };
  addEventListener("dragenter", hold, { signal });
  addEventListener("dragover", hold, { signal });
  addEventListener("drop", drop, { signal });
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) show(false);
  };
  addEventListener("dragleave", leave, { signal });
  return () => abort.abort();
}
