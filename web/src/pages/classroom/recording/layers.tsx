/** What lies above the class about its recording: questions to everybody, and those of staff. */
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import { NameDialog } from "../../name_dialog";
import { Sure } from "../../sure";
import type { Desk } from "../desk";
import { AnswersDialog } from "./answers_dialog";
import { AskDialog } from "./ask_dialog";
import { AskedSheet } from "./asked_sheet";
import { CatchingUp } from "./catching_up";
import { MineDialog } from "./mine_dialog";

const TITLE_MAX = 80;

export function RecordingLayers({ desk }: { desk: Desk }) {
  return (
    <>
      <AskedSheet desk={desk} />
      <AskDialog desk={desk} />
      <MineDialog desk={desk} />
      <AnswersDialog desk={desk} />
      <StopDialog desk={desk} />
      <MarkDialog desk={desk} />
      <CatchingUp desk={desk} />
    </>
  );
}

function closing(desk: Desk): () => void {
  return () => {
    desk.overlay.value = "none";
  };
}

function StopDialog({ desk }: { desk: Desk }) {
  const { facts } = desk.room.value.recording;
  const open = desk.overlay.value === "stop" && facts.phase !== "off";
  return (
    <Sure
      thing={open ? facts : null}
      onClose={closing(desk)}
      title={() => t("recording-stop-title")}
      note={t("recording-stop-note")}
      action={t("recording-stop")}
      waiting={t("recording-stopping")}
      send={() => desk.session.wire.request("recording.stop", {})}
    />
  );
}

function MarkDialog({ desk }: { desk: Desk }) {
  const open = desk.overlay.value === "mark" && desk.room.value.recording.facts.phase === "on";
  const send = async (title: string) => {
    const answer = await desk.session.wire.request("recording.mark", { title });
    if (answer.ok) toast(t("recording-mark-added", { title }));
    return answer;
  };
  return (
    <NameDialog
      open={open}
      onClose={closing(desk)}
      heading={t("recording-mark-title")}
      first=""
      action={t("recording-mark-add")}
      waiting={t("recording-mark-adding")}
      label={t("recording-mark-name")}
      missing={t("recording-mark-missing")}
      longest={TITLE_MAX}
      send={send}
      onDone={async () => undefined}
    />
  );
}
