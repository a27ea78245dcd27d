/** How long a recording is kept: until a day, or until somebody deletes it. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { DayField, dayAfter, dayInput, endOfDay } from "../../ui/day_field";
import { Dialog } from "../../ui/dialog";
import { FormFault, Segmented } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { changeRecording, type Recording } from "../../wire/recordings";
import type { QuestionProps } from "./question";

const DAYS_MAX = 3650;

export function KeepDialog({ one, ...rest }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-keep-title", { title: one?.title ?? "" })}
      onClose={rest.onClose}
    >
      {one && <KeepForm one={one} {...rest} />}
    </Dialog>
  );
}

function KeepForm({ one, onClose, onDone }: QuestionProps & { one: Recording }) {
  const now = Date.now();
  const [ends, setEnds] = useState(one.delete_after !== null);
  const [day, setDay] = useState(
    one.delete_after ? dayInput(Date.parse(one.delete_after)) : dayAfter(now, 180),
  );
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    const isRight = day > dayInput(now) && day <= dayAfter(now, DAYS_MAX);
    if (ends && !isRight) return setFault(t("library-keep-missing"));
    setBusy(true);
    const delete_after = ends ? endOfDay(day) : null;
    const answer = await changeRecording(one.id, { delete_after });
    setBusy(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    onClose();
    toast(t("library-keep-saved"));
    await onDone();
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <Segmented<"day" | "ever">
        label={t("library-keep")}
        value={ends ? "day" : "ever"}
        options={[
          { value: "day", label: t("library-keep-until") },
          { value: "ever", label: t("library-keep-ever") },
        ]}
        onPick={(picked) => setEnds(picked === "day")}
      />
      {ends && (
        <DayField
          label={t("library-keep-until")}
          value={day}
          min={dayAfter(now, 1)}
          max={dayAfter(now, DAYS_MAX)}
          onValue={(value) => {
            setDay(value);
            setFault(null);
          }}
        />
      )}
      <FormFault>{fault}</FormFault>
      <FormFoot
        action={t("library-keep-save")}
        waiting={busy && t("library-keep-saving")}
        onClose={onClose}
      />
    </form>
  );
}
