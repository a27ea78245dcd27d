/** Time that is kept free: from when to when, and for what. */
import { useState } from "preact/hooks";
import type { Span } from "../../booking/zone";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { DialogActs } from "../../ui/dialog_acts";
import { Field } from "../../ui/field";
import { dropBlock, makeBlock, moveBlock } from "./blocks";
import type { Shown } from "./shown";
import type { WeekStore } from "./store";
import { WhenFields } from "./when_fields";

interface Props {
  store: WeekStore;
  zone: string;
  /** One that stands; without it a new one is made. */
  one: Shown | null;
  span: Span;
  onClose(): void;
}

export function BlockDialog({ store, zone, one, span, onClose }: Props) {
  const [from, setFrom] = useState(span.from);
  const [to, setTo] = useState(span.to);
  const [title, setTitle] = useState(one?.told.title ?? "");
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const done = one
      ? await moveBlock(store, one, { from, to }, title)
      : await makeBlock(store, { from, to }, title);
    setBusy(false);
    if (done) onClose();
  };
  const begin = (at: number) => {
    setFrom(at);
    setTo(at + (to - from));
  };
  return (
    <Dialog
      open
      title={one ? t("week-block-title") : t("week-block-new")}
      onClose={onClose}
      actions={
        <>
          {one && (
            <Button
              look="quiet"
              icon="trash"
              onClick={() => {
                onClose();
                void dropBlock(store, one);
              }}
            >
              {t("week-block-remove")}
            </Button>
          )}
          <DialogActs
            action={one ? t("week-save") : t("week-block-make")}
            waiting={busy && t("week-saving")}
            disabled={to <= from}
            onClose={onClose}
            onAct={() => void send()}
          />
        </>
      }
    >
      <WhenFields zone={zone} value={from} onValue={begin} time={t("week-begins")} />
      <WhenFields zone={zone} value={to} onValue={setTo} time={t("week-ends")} />
      <Field
        label={t("week-block-name")}
        hint={t("week-block-hint")}
        value={title}
        onValue={setTitle}
        maxLength={120}
        autocomplete="off"
      />
    </Dialog>
  );
}
