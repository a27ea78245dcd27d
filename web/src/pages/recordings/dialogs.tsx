/** The questions about a recording; each is drawn anew when it is asked. */
import { t } from "../../text/text";
import { changeRecording, deleteRecording, type Recording } from "../../wire/recordings";
import { NameDialog } from "../name_dialog";
import { Sure } from "../sure";
import { CaptionsDialog } from "./captions_dialog";
import { CutDialog } from "./cut_dialog";
import { FilesDialog } from "./files_dialog";
import { HoldDialog } from "./hold_dialog";
import { KeepDialog } from "./keep_dialog";
import { PersonDialog } from "./person_dialog";
import type { QuestionProps } from "./question";
import { ShareDialog } from "./share_dialog";
import type { RecordingsDesk } from "./store";
import { ViewsDialog } from "./views_dialog";

export interface Asking {
  what:
    | "share"
    | "files"
    | "cut"
    | "captions"
    | "rename"
    | "views"
    | "keep"
    | "hold"
    | "unhold"
    | "person"
    | "delete";
  one: Recording;
}

const NAME_MAX = 120;

interface QuestionsProps {
  desk: RecordingsDesk;
  asking: Asking | null;
  onClose(): void;
}

export function Questions({ desk, asking, onClose }: QuestionsProps) {
  const id = asking?.one.id ?? "";
  const one = desk.list.value?.find((other) => other.id === id) ?? asking?.one ?? null;
  const of = (what: Asking["what"]) => (asking?.what === what ? one : null);
  const shared = { onClose, onDone: () => desk.again(id) };
  const gone = async () => {
    await desk.load();
    // What was pressed is gone with its card.
    document.querySelector<HTMLElement>(".recordings-bar input")?.focus();
  };
  return (
    <>
      <ShareDialog one={of("share")} {...shared} />
      <FilesDialog one={of("files")} {...shared} />
      <CaptionsDialog one={of("captions")} {...shared} />
      <CutDialog one={of("cut")} {...shared} />
      <ViewsDialog one={of("views")} {...shared} />
      <KeepDialog one={of("keep")} {...shared} />
      <HoldDialog one={of("hold")} {...shared} />
      <PersonDialog one={of("person")} {...shared} />
      <Rename one={of("rename")} {...shared} />
      <Sure
        thing={of("unhold")}
        {...shared}
        look="primary"
        title={({ title }) => `${t("library-unhold")}: ${title}`}
        note={one?.hold_why ? t("library-held-why", { why: one.hold_why }) : ""}
        action={t("library-unhold")}
        waiting={t("library-keep-saving")}
        done={() => t("library-hold-lifted")}
        send={(held) => changeRecording(held.id, { hold: false })}
      />
      <Sure
        thing={of("delete")}
        onClose={onClose}
        onDone={gone}
        title={({ title }) => t("library-delete-title", { title })}
        note={t("library-delete-note")}
        action={t("library-delete")}
        waiting={t("library-deleting")}
        done={({ title }) => t("library-deleted", { title })}
        send={(deleted) => deleteRecording(deleted.id)}
      />
    </>
  );
}

function Rename({ one, onClose, onDone }: QuestionProps) {
  return (
    <NameDialog
      open={one !== null}
      onClose={onClose}
      onDone={onDone}
      heading={t("library-rename-title")}
      label={t("library-name")}
      missing={t("library-name-missing")}
      longest={NAME_MAX}
      first={one?.title ?? ""}
      action={t("rooms-save")}
      waiting={t("rooms-saving")}
      send={(title) => changeRecording(one?.id ?? "", { title })}
    />
  );
}
