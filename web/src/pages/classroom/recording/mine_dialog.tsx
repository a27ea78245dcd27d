/** What one said oneself, at any time: to change it, and to have erased what was recorded. */
import { useState } from "preact/hooks";
import { type Answers, changedAnswers, isAbout, openKinds } from "../../../room/recording";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Dialog } from "../../../ui/dialog";
import { FormFault } from "../../../ui/field";
import { FormFoot } from "../../../ui/form_foot";
import { toast } from "../../../ui/live";
import { KindAnswers } from "../../consent/answers";
import type { Desk } from "../desk";
import { ConsentWords, useConsentText } from "./text";

export function MineDialog({ desk }: { desk: Desk }) {
  const { recording } = desk.room.value;
  const open = desk.overlay.value === "consent" && isAbout(recording.facts);
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog open={open} title={t("recording-mine-title")} onClose={close} class="record-dialog">
      <MineForm desk={desk} onClose={close} />
    </Dialog>
  );
}

function MineForm({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const mirror = desk.room.value.recording;
  const { kinds } = mirror.facts;
  const [wish, setWish] = useState<Answers>(mirror.own);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const loaded = useConsentText(desk);
  const send = async (event: Event) => {
    event.preventDefault();
    const changed = changedAnswers(mirror.own, wish);
    if (openKinds({ ...mirror, own: wish }).length > 0) {
      return setFault(t("recording-asked-unanswered"));
    }
    if (Object.keys(changed).length === 0) {
      onClose();
      return toast(t("recording-mine-same"));
    }
    if (!loaded.text) return setFault(t("recording-asked-missing"));
    setBusy(true);
    const said = { answers: changed, text: loaded.text.text_id };
    const answer = await desk.session.wire.request("recording.answer", said);
    setBusy(false);
    if (!answer.ok) {
      if (answer.error.code === "consent.text") loaded.again();
      return setFault(refusalText(answer.error.code, answer.error.params));
    }
    onClose();
    toast(t("recording-mine-saved"));
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <KindAnswers
        kinds={kinds}
        answers={wish}
        onAnswers={(now) => {
          setWish(now);
          setFault(null);
        }}
      />
      <p class="small quiet">{t("recording-mine-note")}</p>
      <ConsentWords {...loaded} isFolded />
      <FormFault>{fault}</FormFault>
      <FormFoot
        action={t("recording-mine-save")}
        waiting={busy && t("recording-mine-saving")}
        onClose={onClose}
      />
    </form>
  );
}
