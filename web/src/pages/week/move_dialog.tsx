/** Moving a booking asks once, with what is mailed about it; a refusal leaves everything as it was. */
import { useState } from "preact/hooks";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { DialogActs } from "../../ui/dialog_acts";
import { toast } from "../../ui/live";
import type { Problem } from "../../wire/http";
import { moveBooking } from "../../wire/week";
import { canAnyway, NextTimes } from "./next_times";
import type { Shown } from "./shown";
import { WhenFields } from "./when_fields";
import { momentFor, momentIn, nameOf } from "./words";

interface Props {
  one: Shown;
  zone: string;
  /** Where it was dropped, or where it is. */
  to: number;
  /** It is outside of hours or over another calendar, and that was seen. */
  isAside: boolean;
  onClose(): void;
  onDone(): Promise<void>;
}

export function MoveDialog({ one, zone, to, isAside, onClose, onDone }: Props) {
  const [at, setAt] = useState(to);
  const [wasAnyway, setWasAnyway] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [person] = one.people;
  if (!person) return null;
  const canForce = !wasAnyway && canAnyway(problem);
  const anyway = isAside || canForce;
  const send = async () => {
    setBusy(true);
    const { booking_id, revision } = person;
    const asked = { at: new Date(at).toISOString(), revision, anyway };
    const result = await moveBooking(booking_id, asked);
    setBusy(false);
    setWasAnyway(anyway);
    if (!result.ok) {
      setProblem(result.error);
      if (result.error.code === "booking.moved") await onDone();
      return;
    }
    toast(t("week-moved", { name: nameOf(one), when: momentIn(zone, at) }));
    onClose();
    await onDone();
  };
  const choose = (next: number) => {
    setAt(next);
    setWasAnyway(false);
    setProblem(null);
  };
  return (
    <Dialog
      open
      title={t("week-move-title", { name: nameOf(one) })}
      onClose={onClose}
      actions={
        <DialogActs
          action={canForce ? t("week-move-anyway") : t("week-move")}
          waiting={busy && t("week-moving")}
          disabled={at === one.from}
          onClose={onClose}
          onAct={() => void send()}
        />
      }
    >
      <p>{t("week-move-from", { when: momentIn(zone, one.from) })}</p>
      <WhenFields zone={zone} value={at} onValue={choose} />
      <div class="week-letter small">
        <p class="quiet">{t("week-move-mailed", { name: person.name })}</p>
        <p>{t("week-move-letter", { when: momentFor(person.zone, zone, at) })}</p>
      </div>
      {isAside && !problem && <p class="small">{t("week-move-aside")}</p>}
      <NextTimes problem={problem} zone={zone} onPick={choose} />
    </Dialog>
  );
}
