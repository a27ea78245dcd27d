/** Cutting a recording: where it begins and ends, parts that go, and how others see it then. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { changeRecording, type Recording, type Span } from "../../wire/recordings";
import { CutLine } from "./cut_line";
import { CUTS_MAX, leftMs, merged, SHORTEST_MS, timeFrom, timeText } from "./cuts";
import type { QuestionProps } from "./question";

export function CutDialog({ one, ...rest }: QuestionProps) {
  return (
    <Dialog
      open={one !== null}
      title={t("library-cut-title", { title: one?.title ?? "" })}
      onClose={rest.onClose}
      class="cut-dialog"
    >
      {one && <CutForm one={one} {...rest} />}
    </Dialog>
  );
}

function CutForm({ one, onClose, onDone }: QuestionProps & { one: Recording }) {
  const end = one.duration_ms;
  const [cuts, setCuts] = useState<readonly Span[]>(() => merged(one.cuts, end));
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (next: readonly Span[]) => {
    setCuts(next);
    setFault(null);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await changeRecording(one.id, { cuts: [...cuts] });
    setBusy(false);
    if (!answer.ok) return setFault(refusalText(answer.error.code, answer.error.params));
    onClose();
    toast(t("library-cut-saved"), {
      label: t("library-cut-preview"),
      run: () => void open(`/recordings/${encodeURIComponent(one.id)}`, "_blank", "noopener"),
    });
    await onDone();
  };
  const left = leftMs(cuts, end);
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <p class="small quiet">{t("library-cut-note")}</p>
      <CutLine cuts={cuts} end={end} onCuts={change} />
      <p class="small num" role="status">
        {t("library-cut-left", { left: timeText(left), whole: timeText(end) })}
      </p>
      <Parts cuts={cuts} end={end} onCuts={change} />
      <NewCut cuts={cuts} end={end} onCuts={change} onFault={setFault} />
      <FormFault>{fault}</FormFault>
      {cuts.length > 0 && (
        <Button look="quiet" icon="undo" onClick={() => change([])}>
          {t("library-cut-all")}
        </Button>
      )}
      <FormFoot
        action={t("library-cut-save")}
        waiting={busy && t("library-cut-saving")}
        onClose={onClose}
      />
    </form>
  );
}

interface PartsProps {
  cuts: readonly Span[];
  end: number;
  onCuts(cuts: readonly Span[]): void;
}

/** Each part that goes, and bringing it back. */
function Parts({ cuts, end, onCuts }: PartsProps) {
  if (cuts.length === 0) return null;
  return (
    <ul class="rows cut-rows">
      {cuts.map((cut) => {
        const [from, to] = cut.map(timeText) as [string, string];
        const isEdge = cut[0] <= 0 || cut[1] >= end;
        return (
          <li key={from}>
            <div class="grow">
              <span class="num">
                {from} – {to}
              </span>
              <span class="small quiet">{t(isEdge ? "library-cut-edge" : "library-cut-out")}</span>
            </div>
            <IconButton
              icon="undo"
              label={t("library-cut-remove", { from, to })}
              onClick={() => onCuts(cuts.filter((one) => one !== cut))}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface NewCutProps extends PartsProps {
  onFault(fault: string | null): void;
}

function NewCut({ cuts, end, onCuts, onFault }: NewCutProps) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const add = () => {
    const [begin, stop] = [timeFrom(from), timeFrom(to)];
    const fits = begin !== null && stop !== null && stop - begin >= SHORTEST_MS && begin < end;
    if (!fits) return onFault(t("library-cut-time-fault"));
    if (cuts.length >= CUTS_MAX) return onFault(t("library-cut-limit", { max: CUTS_MAX }));
    onFault(null);
    onCuts(merged([...cuts, [begin, stop]], end));
    setFrom("");
    setTo("");
  };
  return (
    <fieldset class="cut-new">
      <legend class="label">{t("library-cut-add")}</legend>
      <Field
        label={t("library-cut-from")}
        value={from}
        onValue={setFrom}
        maxLength={10}
        placeholder="1:05"
        autocomplete="off"
      />
      <Field
        label={t("library-cut-to")}
        value={to}
        onValue={setTo}
        maxLength={10}
        placeholder="2:30"
        autocomplete="off"
      />
      <Button look="line" icon="cut" onClick={add}>
        {t("library-cut-out")}
      </Button>
    </fieldset>
  );
}
