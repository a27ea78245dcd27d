/** What somebody has to do about money: give it back by hand, or look where it went. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { toast } from "../../ui/live";
import { type Payment, settlePayment } from "../../wire/money";
import { amountText } from "./words";

interface Props {
  list: readonly Payment[];
  onDone(): void;
  onOpen(invoice: string): void;
}

export function ToLookAt({ list, onDone, onOpen }: Props) {
  if (list.length === 0) return null;
  return (
    <section class="card card-pad stack" aria-label={t("money-look")}>
      <h2>{t("money-look")}</h2>
      <ul class="rows">
        {list.map((one) => (
          <One key={one.id} payment={one} onDone={onDone} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function sentence(payment: Payment): string {
  const amount = amountText(payment.amount, payment.currency);
  const { number, note } = payment;
  if (payment.kind === "odd") return t("money-look-odd", { number, note });
  if (payment.state === "failed" && note === "payment.off")
    return t("money-look-gone", { amount, number });
  if (payment.state === "failed") return t("money-look-failed", { amount, number, why: note });
  return t("money-look-back", { amount, number });
}

function One({ payment, onDone, onOpen }: Omit<Props, "list"> & { payment: Payment }) {
  const [busy, setBusy] = useState(false);
  const done = async () => {
    setBusy(true);
    const result = await settlePayment(payment.id);
    setBusy(false);
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
    onDone();
  };
  return (
    <li>
      <Icon name="warn" />
      <span class="grow num">{sentence(payment)}</span>
      <Button look="quiet" onClick={() => onOpen(payment.invoice_id)}>
        {t("money-open")}
      </Button>
      <Button look="line" icon="check" waiting={busy && t("money-saving")} onClick={done}>
        {t(payment.kind === "odd" ? "money-looked" : "money-given")}
      </Button>
    </li>
  );
}
