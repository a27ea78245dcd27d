/** A file as a card: its sign or picture, name, size, and what can be done with it. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isPlayed } from "../../../room/files";
import { sizeOf } from "../../../text/figures";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { FileSign } from "../../../ui/file_sign";
import { Menu } from "../../../ui/menu";
import type { FileCard } from "../../../wire/messages";
import { Sure } from "../../sure";
import type { Desk } from "../desk";
import { download, fileItems } from "./acts";
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
    <Sure
      thing={file}
      onClose={onClose}
      title={({ name }) => t("files-remove-title", { name })}
      note={t("files-remove-note")}
      action={t("files-remove")}
      waiting={t("files-removing")}
      done={({ name }) => t("files-removed", { name })}
      send={({ id }) => desk.session.files.remove(id)}
    />
  );
}
