/** Before a recording: what it is for, what shall be in it, and the own answers of who asks. */
import { useEffect, useState } from "preact/hooks";
import { type Answers, RECORDING_KINDS } from "../../../room/recording";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Field, FormFault } from "../../../ui/field";
import { FormFoot } from "../../../ui/form_foot";
import type { RecordingKind } from "../../../wire/messages";
import { KindAnswers } from "../../consent/answers";
import { KindChips } from "../../consent/chips";
import type { Desk } from "../desk";
import { keepLink } from "./own_link";
import { ConsentWords, useConsentText } from "./text";

const PURPOSE_MAX = 200;
const SUGGESTED = ["review", "absent", "teaching"] as const;
const LAST = "classroom.recording.purpose";

export function AskDialog({ desk }: { desk: Desk }) {
  const open = desk.overlay.value === "record";
  const close = () => {
    desk.overlay.value = "none";
  };
  return (
    <Dialog open={open} title={t("recording-ask-title")} onClose={close} class="record-dialog">
      <AskForm desk={desk} onClose={close} />
    </Dialog>
  );
}

function AskForm({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const [purpose, setPurpose] = useState(lastPurpose);
  const [kinds, setKinds] = useState<readonly RecordingKind[]>(RECORDING_KINDS);
  const [answers, setAnswers] = useState<Answers>({});
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const loaded = useConsentText(desk, { purpose, kinds });
  useEffect(() => setFaults({}), [purpose, kinds, answers]);
  const send = async (event: Event) => {
    event.preventDefault();
    const found = faultsOf(purpose, kinds, answers);
    if (Object.keys(found).length > 0) return setFaults(found);
    if (!loaded.text) return setFaults({ form: t("recording-asked-missing") });
    setBusy(true);
    const own = Object.fromEntries(kinds.map((kind) => [kind, answers[kind] === true]));
    const text = loaded.text.text_id;
    const asked = { purpose: purpose.trim(), kinds: [...kinds], answers: own, text };
    const answer = await desk.session.wire.request("recording.ask", asked);
    setBusy(false);
    if (!answer.ok) {
      return setFaults({ form: refusalText(answer.error.code, answer.error.params) });
    }
    keepPurpose(purpose.trim());
    keepLink(answer.value.recording_id, answer.value.link);
    onClose();
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <p class="small quiet">{t("recording-ask-note")}</p>
      <Purpose purpose={purpose} fault={faults.purpose} onPurpose={setPurpose} />
      <KindChips
        legend={t("recording-ask-kinds")}
        offered={RECORDING_KINDS}
        kinds={kinds}
        fault={faults.kinds}
        onKinds={setKinds}
      />
      <section class="stack-tight" aria-labelledby="record-own">
        <h3 id="record-own">{t("recording-ask-own")}</h3>
        <KindAnswers kinds={kinds} answers={answers} onAnswers={setAnswers} onAll={setAnswers} />
      </section>
      <ConsentWords {...loaded} isFolded />
      <p class="small quiet num">
        {t("recording-ask-kept", { days: desk.room.value.recording.terms.kept_days })}
      </p>
      <FormFault>{faults.answers ?? faults.form}</FormFault>
      <FormFoot
        action={t("recording-ask-send")}
        waiting={busy && t("recording-ask-sending")}
        onClose={onClose}
      />
    </form>
  );
}

interface Faults {
  purpose?: string;
  kinds?: string;
  answers?: string;
  form?: string;
}

function faultsOf(purpose: string, kinds: readonly RecordingKind[], answers: Answers): Faults {
  const open = kinds.some((kind) => answers[kind] === undefined);
  return {
    ...(purpose.trim() === "" && { purpose: t("recording-ask-purpose-missing") }),
    ...(kinds.length === 0 && { kinds: t("recording-ask-kinds-missing") }),
    ...(open && { answers: t("recording-asked-unanswered") }),
  };
}

interface PurposeProps {
  purpose: string;
  fault: string | undefined;
  onPurpose(purpose: string): void;
}

function Purpose({ purpose, fault, onPurpose }: PurposeProps) {
  return (
    <div class="stack-tight">
      <Field
        label={t("recording-ask-purpose")}
        hint={t("recording-ask-purpose-hint")}
        value={purpose}
        onValue={onPurpose}
        fault={fault ?? null}
        maxLength={PURPOSE_MAX}
        autocomplete="off"
        autofocus
      />
      <fieldset class="chips">
        <legend class="vh">{t("recording-ask-suggestions")}</legend>
        {SUGGESTED.map((one) => (
          <Button
            key={one}
            look="line"
            size="small"
            onClick={() => onPurpose(t(`recording-ask-suggest-${one}`))}
          >
            {t(`recording-ask-suggest-${one}`)}
          </Button>
        ))}
      </fieldset>
    </div>
  );
}

function lastPurpose(): string {
  return globalThis.localStorage?.getItem(LAST) ?? "";
}

function keepPurpose(purpose: string): void {
  globalThis.localStorage?.setItem(LAST, purpose);
}
