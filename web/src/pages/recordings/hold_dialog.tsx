/** Keeping a recording by law: from then on nobody deletes it, until it is lifted. */
import { t } from "../../text/text";
import { toast } from "../../ui/live";
import { changeRecording } from "../../wire/recordings";
import { NameDialog } from "../name_dialog";
import type { QuestionProps } from "./question";

const WHY_MAX = 200;

export function HoldDialog({ one, onClose, onDone }: QuestionProps) {
  const send = async (hold_why: string) => {
    const answer = await changeRecording(one?.id ?? "", { hold: true, hold_why });
    if (answer.ok) toast(t("library-hold-done"));
    return answer;
  };
  return (
    <NameDialog
      open={one !== null}
      onClose={onClose}
      onDone={onDone}
      heading={t("library-hold-title", { title: one?.title ?? "" })}
      note={t("library-hold-note")}
      label={t("library-hold-why")}
      missing={t("library-hold-missing")}
      longest={WHY_MAX}
      first=""
      action={t("library-hold-set")}
      waiting={t("library-keep-saving")}
      send={send}
    />
  );
}
