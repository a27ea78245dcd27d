/** One invoice in the list: for whom, for what, how much; marked paid in one press. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { toast } from "../../ui/live";
import { type Invoice, markPaid, undoPayment } from "../../wire/money";
import { amountText, dayText, lineText, lookOf } from "./words";

interface Props {
  invoice: Invoice;
  zone: string;
  /** Whose it is stands there already. */
  isUnnamed?: boolean;
  onOpen(): void;
  onChanged(): void;
}

/** All that is owed came by hand; the word about it can take it back. */
export async function payNow(invoice: Invoice, onChanged: () => void): Promise<void> {
  const result = await markPaid(invoice.id, null, "");
  if (!result.ok) {
    toast(refusalText(result.error.code, result.error.params));
    return;
  }
  onChanged();
  const payment = result.value.invoice.payments.findLast(({ kind }) => kind === "paid");
  const undo = async () => {
    if (!payment) return;
    const undone = await undoPayment(invoice.id, payment.id);
    toast(undone.ok ? t("money-undone") : refusalText(undone.error.code, undone.error.params));
    onChanged();
  };
  toast(t("money-marked", { number: invoice.number }), {
    label: t("money-undo"),
    run: () => void undo(),
  });
}

/** How much; of one that is paid in part, how much of it is owed. */
function owedText(invoice: Invoice): string {
  const amount = amountText(invoice.amount, invoice.currency);
  if (invoice.owed === 0 || invoice.owed === invoice.amount) return amount;
  return t("money-part", { owed: amountText(invoice.owed, invoice.currency), amount });
}

export function InvoiceRow({ invoice, zone, isUnnamed, onOpen, onChanged }: Props) {
  const [busy, setBusy] = useState(false);
  const pay = async () => {
    setBusy(true);
    await payNow(invoice, onChanged);
    setBusy(false);
  };
  const due = invoice.due_at && invoice.owed > 0 ? dayText(invoice.due_at, zone) : null;
  return (
    <li>
      <button type="button" class="money-open grow" onClick={onOpen}>
        <b>{isUnnamed ? lineText(invoice, zone) : invoice.client_name || t("money-nobody")}</b>
        <span class="small quiet num">
          {isUnnamed ? invoice.number : `${invoice.number} · ${lineText(invoice, zone)}`}
        </span>
      </button>
      <span class={invoice.is_late ? "pill pill-signal" : lookOf(invoice.state)}>
        {due && invoice.is_late ? t("money-late", { day: due }) : t(`money-state-${invoice.state}`)}
      </span>
      <b class="num money-amount">{owedText(invoice)}</b>
      {invoice.owed > 0 && (
        <Button look="line" icon="check" waiting={busy && t("money-saving")} onClick={pay}>
          {t("money-mark")}
        </Button>
      )}
    </li>
  );
}
