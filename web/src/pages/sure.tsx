/** A destructive act asks once and names the thing. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../text/refusal";
import { t } from "../text/text";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { FormFault } from "../ui/field";
import { toast } from "../ui/live";
import type { Reply } from "../wire/http";

interface SureProps<T> {
  /** null while nothing is asked. */
  thing: T | null;
  onClose(): void;
  title(thing: T): string;
  note: string;
  action: string;
  waiting: string;
  /** What is said when it is done. */
  done(thing: T): string;
  send(thing: T): Reply<unknown>;
  onDone(): Promise<void>;
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
    toast(props.done(thing));
    await props.onDone();
  };
  const actions = (
    <>
      <Button look="quiet" onClick={onClose} autofocus>
        {t("cancel")}
      </Button>
      <Button look="danger" waiting={busy && props.waiting} onClick={() => void act()}>
        {props.action}
      </Button>
    </>
  );
  return (
    <Dialog
      open={thing !== null}
      title={thing === null ? "" : props.title(thing)}
      onClose={onClose}
      actions={actions}
    >
      <p>{props.note}</p>
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}
