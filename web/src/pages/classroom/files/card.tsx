/** A file as a card: its sign or picture, name, size, and what can be done with it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isPlayed } from "../../../room/files";
import { sizeOf } from "../../../text/figures";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { FileSign } from "../../../ui/file_sign";
import { Menu } from "../../../ui/menu";
import type { FileCard } from "../../../wire/messages";
import type { Desk } from "../desk";
import { download, fileItems, remove } from "./acts";
import { Player } from "./player";

interface CardProps {
  desk: Desk;
  file: FileCard;
  /** In place of its sign. */
  picture?: ComponentChildren;
  /** Who sent it and when, where that is not said around it. */
  note?: ComponentChildren;
}

export function Card({ desk, file, picture, note }: CardProps) {
  const played = isPlayed(file);
  return (
    <div class="file">
      {picture ?? <FileSign kind={file.kind} />}
      <div class="file-words">
        <b class="ell" title={file.name}>
          {file.name}
        </b>
        {note ?? <span class="num">{sizeOf(file.bytes)}</span>}
      </div>
      <FileActs desk={desk} file={file} />
      {played && (
        <div class="file-play">
          <Player desk={desk} file={file} kind={played} />
        </div>
      )}
    </div>
  );
}

function FileActs({ desk, file }: { desk: Desk; file: FileCard }) {
  const [asking, setAsking] = useState(false);
  const items = fileItems(desk, file, () => setAsking(true));
  const { name } = file;
  return (
    <>
      <IconButton
        label={t("files-download-name", { name })}
        icon="download"
        onClick={() => void download(desk, file.id)}
      />
      {items.length > 0 && <Menu label={t("files-actions", { name })} items={items} />}
      {asking && <RemoveFile desk={desk} file={file} onClose={() => setAsking(false)} />}
    </>
  );
}

export function RemoveFile(props: { desk: Desk; file: FileCard; onClose(): void }) {
  const { desk, file, onClose } = props;
  return (
    <Dialog
      open
      title={t("files-remove-title", { name: file.name })}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            look="danger"
            onClick={() => {
              onClose();
              void remove(desk, file);
            }}
          >
            {t("files-remove")}
          </Button>
        </>
      }
    >
      <p>{t("files-remove-note")}</p>
    </Dialog>
  );
}
