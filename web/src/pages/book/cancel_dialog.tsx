/** Cancelling says before the press what comes back. */
import { useEffect, useState } from "preact/hooks";
import { moneyText } from "../../booking/money";
import { among } from "../../text/among";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault } from "../../ui/field";
import { cancel, type MyMoney, readMoney, type Whose } from "../../wire/book_calls";
import type { Mine, Ticket } from "../../wire/booking";

interface Props {
  open: boolean;
  seen: Mine | Ticket;
  whose: Whose;
  onClose(): void;
  onCancelled(mine: Mine): void;
}

/** What the rule gives back now; nothing to say about what was free. */
function backText(money: MyMoney): string {
  if (money.package) return t("mine-back-package");
  const received = money.invoice ? money.invoice.received - money.invoice.returned : 0;
  if (received <= 0) return t(money.price > 0 ? "mine-back-unpaid" : "mine-back-free");
  const amount = moneyText(money.rule.amount, money.currency, language.value);
  if (money.rule.amount === 0) return t("mine-back-none");
  return t("mine-back", { amount, percent: money.rule.percent });
}

export function CancelDialog({ open, seen, whose, onClose, onCancelled }: Props) {
  const [money, setMoney] = useState<MyMoney | null>(null);
  const [why, setWhy] = useState("");
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (!open || !seen.is_known) return;
    setFault(null);
    void readMoney(whose).then((answer) => {
      if (answer.ok) setMoney(answer.value);
    });
  }, [open]);
  const send = async () => {
    setSending(true);
    const answer = await cancel(whose, why.trim());
    setSending(false);
    if (answer.ok) onCancelled(answer.value);
    else setFault(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <Dialog
      open={open}
      title={t("mine-cancel-title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("mine-cancel-not")}</Button>
          <Button look="danger" waiting={sending && t("book-sending")} onClick={() => void send()}>
            {t("mine-cancel-press")}
          </Button>
        </>
      }
    >
      <p>{t("mine-cancel-text", { name: among(seen.host.name) })}</p>
      {money && <p class="num">{backText(money)}</p>}
      <Field
        label={t("book-optional", { label: t("mine-cancel-why") })}
        value={why}
        maxLength={500}
        onValue={setWhy}
      />
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}
