/** A question for one name: of a room, a deck, a folder. */
import { useEffect, useState } from "preact/hooks";
import type { Result } from "../result";
import { refusalText } from "../text/refusal";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { FormFoot } from "../ui/form_foot";
import type { Refusal } from "../wire/messages";

export interface NameDialogProps {
  open: boolean;
  onClose(): void;
  heading: string;
  first: string;
  action: string;
  waiting: string;
  /** What it means, above the field. */
  note?: string;
  label: string;
  placeholder?: string;
  /** What is said when the field is empty. */
  missing: string;
  longest: number;
  send(name: string): Promise<Result<unknown, Refusal>>;
  onDone(): Promise<void>;
}

export function NameDialog(props: NameDialogProps) {
  const [name, setName] = useState(props.first);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!props.open) return;
    setName(props.first);
    setFault(null);
  }, [props.open, props.first]);
  const send = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === "") return setFault(props.missing);
    setBusy(true);
    const result = await props.send(name.trim());
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    props.onClose();
    await props.onDone();
  };
  return (
    <Dialog open={props.open} title={props.heading} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void send(event)} noValidate>
        {props.note && <p class="small quiet">{props.note}</p>}
        <Field
          label={props.label}
          {...(props.placeholder ? { placeholder: props.placeholder } : {})}
          value={name}
          onValue={(value) => {
            setName(value);
            setFault(null);
          }}
          fault={fault}
          maxLength={props.longest}
          autocomplete="off"
          autofocus
        />
        <FormFoot action={props.action} waiting={busy && props.waiting} onClose={props.onClose} />
      </form>
    </Dialog>
  );
}
