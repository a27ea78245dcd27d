/** The questions about a room: its name, ending its class, deleting it. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { createRoom, deleteRoom, endRoom, type Room, renameRoom } from "../../wire/api";
import type { Reply } from "../../wire/http";
import { Sure } from "../sure";
import { refreshRooms } from "./store";

const TITLE_MAX = 120;

interface TitleFormProps {
  open: boolean;
  onClose(): void;
  heading: string;
  first: string;
  action: string;
  waiting: string;
  send(title: string): Reply<unknown>;
}

function TitleDialog(props: TitleFormProps) {
  const [title, setTitle] = useState(props.first);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!props.open) return;
    setTitle(props.first);
    setFault(null);
  }, [props.open, props.first]);
  const send = async (event: Event) => {
    event.preventDefault();
    if (title.trim() === "") return setFault(t("rooms-title-missing"));
    setBusy(true);
    const result = await props.send(title.trim());
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    props.onClose();
    await refreshRooms();
  };
  return (
    <Dialog open={props.open} title={props.heading} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void send(event)} noValidate>
        <Field
          label={t("rooms-title-label")}
          placeholder={t("rooms-title-placeholder")}
          value={title}
          onValue={(value) => {
            setTitle(value);
            setFault(null);
          }}
          fault={fault}
          maxLength={TITLE_MAX}
          autocomplete="off"
          autofocus
        />
        <div class="dlg-foot">
          <Button look="quiet" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" look="primary" waiting={busy && props.waiting}>
            {props.action}
          </Button>
        </div>
      </form>
    </Dialog>
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
