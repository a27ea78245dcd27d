/** What was sent in a room's classes, for its owner: fetched, and removed to make space. */
import { useEffect, useState } from "preact/hooks";
import { dayOf, timeOf } from "../../text/dates";
import { sizeOf } from "../../text/figures";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { FileSign } from "../../ui/file_sign";
import { Icon } from "../../ui/icon";
import { Empty } from "../../ui/mark";
import {
  listRoomFiles,
  type RoomFile,
  type RoomFiles,
  removeRoomFile,
  roomFileAddress,
} from "../../wire/files";
import type { Problem } from "../../wire/http";
import { loadSession } from "../account";
import { AppFrame, Loading, useTitle } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";
import { rooms, useRooms } from "./store";

export function RoomFilesPage({ room }: { room: string }) {
  useTitle(t("files-room-title"));
  useRooms();
  const [list, setList] = useState<RoomFiles | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<RoomFile | null>(null);
  const load = async () => {
    const result = await listRoomFiles(room);
    setFault(result.ok ? null : result.error);
    if (result.ok) setList(result.value);
    else if (result.error.code === "session.required") await loadSession();
  };
  useEffect(() => void load(), [room]);
  const title = rooms.value?.find((one) => one.id === room)?.title;
  return (
    <AppFrame at="/rooms">
      <div class="page-head">
        <div class="grow">
          <h1>{title ? t("files-room-of", { title }) : t("files-room-title")}</h1>
          <p>{t("files-room-lead")}</p>
        </div>
      </div>
      {fault && <LoadFault problem={fault} onAgain={() => void load()} />}
      {list === null && !fault && <Loading />}
      {list?.files.length === 0 && (
        <div class="card">
          <Empty title={t("files-room-empty")} text={t("files-room-empty-note")} />
        </div>
      )}
      {list !== null && list.files.length > 0 && (
        <>
          <p class="small quiet num room-space">
            {t("files-space-room", { used: sizeOf(list.bytes), most: sizeOf(list.max_bytes) })}
          </p>
          <ul class="card rows">
            {list.files.map((file) => (
              <Row key={file.file_id} room={room} file={file} onRemove={() => setAsking(file)} />
            ))}
          </ul>
        </>
      )}
      <Sure
        thing={asking}
        onClose={() => setAsking(null)}
        onDone={load}
        title={(file) => t("files-remove-title", { name: nameOf(file) })}
        note={t("files-room-remove-note")}
        action={t("files-remove")}
        waiting={t("files-removing")}
        done={(file) => t("files-removed", { name: nameOf(file) })}
        send={({ file_id }) => removeRoomFile(room, file_id)}
      />
    </AppFrame>
  );
}

/** What was sent from one person to another has no name here. */
function nameOf(file: RoomFile): string {
  return file.is_private ? t("files-private") : file.name;
}

function Row({ room, file, onRemove }: { room: string; file: RoomFile; onRemove(): void }) {
  const name = nameOf(file);
  const facts = [file.owner_name, `${dayOf(file.at)}, ${timeOf(file.at)}`, sizeOf(file.bytes)];
  return (
    <li>
      <FileSign kind={file.kind} />
      <span class="grow">
        <b class={file.is_private ? "quiet" : undefined}>{name}</b>
        <span class="small quiet num">{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {!file.is_private && (
        <a
          class="icon-btn"
          href={roomFileAddress(room, file.file_id)}
          download={file.name}
          aria-label={t("files-download-name", { name })}
          data-tip={t("files-download")}
        >
          <Icon name="download" />
        </a>
      )}
      <IconButton label={t("files-remove-name", { name })} icon="trash" onClick={onRemove} />
    </li>
  );
}
