/** An act that cannot be taken back asks once and names the thing. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Result } from "../result";
import { refusalText } from "../text/refusal";
import { Dialog } from "../ui/dialog";
import { DialogActs } from "../ui/dialog_acts";
import { FormFault } from "../ui/field";
import { toast } from "../ui/live";
import type { Refusal } from "../wire/messages";

interface SureProps<T> {
  /** null while nothing is asked. */
  thing: T | null;
  onClose(): void;
  title(thing: T): string;
  note: string;
  action: string;
  waiting: string;
  /** Something is lost by it, unless it is said otherwise. */
  look?: "primary" | "danger";
  /** What is said when it is done; nothing where it is seen. */
  done?(thing: T): string;
  send(thing: T): Promise<Result<unknown, Refusal>>;
  onDone?(): Promise<void>;
  /** What else is to be said about it. */
  children?: ComponentChildren;
}

export function Sure<T>(props: SureProps<T>) {
  const { thing, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => setFault(null), [thing]);
  const act = async () => {
    if (thing === null) return;
    setBusy(true);
    const result = await props.send(thing);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    if (props.done) toast(props.done(thing));
    await props.onDone?.();
  };
  return (
    <Dialog
      open={thing !== null}
      title={thing === null ? "" : props.title(thing)}
      onClose={onClose}
      actions={
        <DialogActs
          action={props.action}
          waiting={busy && props.waiting}
          look={props.look ?? "danger"}
          safe
          onClose={onClose}
          onAct={() => void act()}
        />
      }
    >
      <p>{props.note}</p>
      {props.children}
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}
