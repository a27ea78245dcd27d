/** Files held over the library: where they would go, and taking them when they are let go. */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Icon } from "../../ui/icon";
import { filesOfDrop } from "../classroom/files/attach";

interface DropProps {
  /** Of the folder; without one they go to the top. */
  name: string | undefined;
  onFiles(files: readonly File[]): void;
}

export function DropPlace({ name, onFiles }: DropProps) {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => followDrops(setOver, (files) => take.current(files)), []);
  if (!over) return null;
  return (
    <div class="decks-drop" role="status">
      <p class="pill pill-accent">
        <Icon name="upload" />
        <span>{t("decks-drop", { folder: name ?? t("nav-decks") })}</span>
      </p>
    </div>
  );
}

function followDrops(
  show: (over: boolean) => void,
  take: (files: readonly File[]) => void,
): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const isAsked = () => document.querySelector("dialog[open]") !== null;
  const hold = (event: DragEvent) => {
    if (!carries(event)) return;
    // Without it the browser would leave the page for the file.
    event.preventDefault();
    show(!isAsked());
  };
  const drop = (event: DragEvent) => {
    show(false);
    if (!carries(event)) return;
    event.preventDefault();
    const files = event.dataTransfer && !isAsked() ? filesOfDrop(event.dataTransfer) : [];
    if (files.length > 0) take(files);
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
