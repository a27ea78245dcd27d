/** The questions about a room: its name, ending its class, deleting it. */
import { t } from "../../text/text";
import { createRoom, deleteRoom, endRoom, type Room, renameRoom } from "../../wire/api";
import type { Reply } from "../../wire/http";
import { NameDialog, type NameDialogProps } from "../name_dialog";
import { Sure } from "../sure";
import { refreshRooms } from "./store";

const TITLE_MAX = 120;

type TitleFormProps = Pick<
  NameDialogProps,
  "open" | "onClose" | "heading" | "first" | "action" | "waiting" | "send"
>;

function TitleDialog(props: TitleFormProps) {
  return (
    <NameDialog
      {...props}
      label={t("rooms-title-label")}
      placeholder={t("rooms-title-placeholder")}
      missing={t("rooms-title-missing")}
      longest={TITLE_MAX}
      onDone={refreshRooms}
    />
  );
}

export function NewRoom({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <TitleDialog
      open={open}
      onClose={onClose}
      heading={t("rooms-new-title")}
      first=""
      action={t("rooms-create")}
      waiting={t("rooms-creating")}
      send={createRoom}
    />
  );
}

interface RoomQuestion {
  /** null while nothing is asked. */
  room: Room | null;
  onClose(): void;
}

export function RenameRoom({ room, onClose }: RoomQuestion) {
  return (
    <TitleDialog
      open={room !== null}
      onClose={onClose}
      heading={t("rooms-rename-title")}
      first={room?.title ?? ""}
      action={t("rooms-save")}
      waiting={t("rooms-saving")}
      send={(title) => renameRoom(room?.id ?? "", title)}
    />
  );
}

interface RoomQuestionProps extends RoomQuestion {
  title(room: Room): string;
  note: string;
  action: string;
  waiting: string;
  done(room: Room): string;
  send(room: Room): Reply<unknown>;
}

function RoomSure({ room, ...question }: RoomQuestionProps) {
  return <Sure {...question} thing={room} onDone={refreshRooms} />;
}

export function EndClass(question: RoomQuestion) {
  return (
    <RoomSure
      {...question}
      title={(room) => t("rooms-end-title", { title: room.title })}
      note={t("rooms-end-note")}
      action={t("rooms-end")}
      waiting={t("rooms-ending")}
      done={() => t("rooms-ended")}
      send={(room) => endRoom(room.id)}
    />
  );
}

export function DeleteRoom(question: RoomQuestion) {
  return (
    <RoomSure
      {...question}
      title={(room) => t("rooms-delete-title", { title: room.title })}
      note={t("rooms-delete-note")}
      action={t("rooms-delete")}
      waiting={t("rooms-deleting")}
      done={(room) => t("rooms-deleted", { title: room.title })}
      send={(room) => deleteRoom(room.id)}
    />
  );
}
