/** One invoice: what was paid and given back, and what can be done with it. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { FormFault } from "../../ui/field";
import type { Reply } from "../../wire/http";
import { type InvoiceWhole, readInvoice, voidInvoice } from "../../wire/money";
import { Loading } from "../frame";
import { PaidForm, RefundForm } from "./money_forms";
import { amountText, dayText, lineText, lookOf, paymentText } from "./words";

interface Props {
  id: string;
  zone: string;
  onClose(): void;
  onChanged(): void;
}

type Doing = "paid" | "refund" | null;

export function InvoiceDialog({ id, zone, onClose, onChanged }: Props) {
  const [invoice, setInvoice] = useState<InvoiceWhole | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = async () => {
    const result = await readInvoice(id);
    if (result.ok) setInvoice(result.value);
    else setFault(refusalText(result.error.code, result.error.params));
  };
  useEffect(() => void load(), [id]);
  /** Whether it was done; the dialog shows what is so then. */
  const act = async (reply: Reply<unknown>): Promise<boolean> => {
    const result = await reply;
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return false;
    setDoing(null);
    await load();
    onChanged();
    return true;
  };
  const title = invoice ? t("money-invoice", { number: invoice.number }) : t("money-invoice-one");
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      class="dlg-wide"
      actions={
        <Button look="quiet" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      {!invoice && !fault && <Loading />}
      {invoice && (
        <>
          <Facts invoice={invoice} zone={zone} />
          {doing === "paid" && (
            <PaidForm invoice={invoice} onBack={() => setDoing(null)} onAct={act} />
          )}
          {doing === "refund" && (
            <RefundForm invoice={invoice} onBack={() => setDoing(null)} onAct={act} />
          )}
          {doing === null && <Acts invoice={invoice} onDo={setDoing} onAct={act} />}
        </>
      )}
      <FormFault>{fault}</FormFault>
    </Dialog>
  );
}

function Facts({ invoice, zone }: { invoice: InvoiceWhole; zone: string }) {
  const text = (amount: number) => amountText(amount, invoice.currency);
  return (
    <div class="stack num">
      <p>
        <b>{invoice.client_name || t("money-nobody")}</b>{" "}
        <span class={lookOf(invoice.state)}>{t(`money-state-${invoice.state}`)}</span>
        <br />
        <span class="quiet">{lineText(invoice, zone)}</span>
      </p>
      <ul class="rows">
        <li>
          <span class="grow">{t("money-total")}</span>
          <b>{text(invoice.amount)}</b>
        </li>
        {invoice.payments.map((one) => (
          <li key={one.id}>
            <span class="grow">
              {paymentText(one)} <span class="small quiet">{dayText(one.at, zone)}</span>
              {one.note && <span class="small quiet"> · {one.note}</span>}
            </span>
            <span>{one.kind === "odd" ? one.note : text(one.amount)}</span>
          </li>
        ))}
        {invoice.owed > 0 && (
          <li>
            <span class="grow">{t("money-owed")}</span>
            <b>{text(invoice.owed)}</b>
          </li>
        )}
      </ul>
      {invoice.rule && invoice.received > invoice.returned && (
        <p class="small quiet">
          {t("money-rule", {
            amount: text(invoice.rule.amount),
            percent: invoice.rule.percent,
          })}
        </p>
      )}
    </div>
  );
}

interface ActsProps {
  invoice: InvoiceWhole;
  onDo(doing: Doing): void;
  onAct(reply: Reply<unknown>): Promise<boolean>;
}

function Acts({ invoice, onDo, onAct }: ActsProps) {
  const kept = invoice.received - invoice.returned;
  return (
    <div class="row row-wrap">
      <ButtonLink
        look="line"
        icon="download"
        href={`/api/invoices/${invoice.id}/receipt.pdf?locale=${language.value}`}
      >
        {t(invoice.owed > 0 ? "money-pdf-invoice" : "money-pdf-receipt")}
      </ButtonLink>
      {invoice.may_take && invoice.owed > 0 && (
        <Button look="line" icon="check" onClick={() => onDo("paid")}>
          {t("money-take")}
        </Button>
      )}
      {invoice.may_refund && kept > 0 && (
        <Button look="line" icon="undo" onClick={() => onDo("refund")}>
          {t("money-refund")}
        </Button>
      )}
      {invoice.may_refund && invoice.state === "open" && kept === 0 && (
        <Button look="quiet" onClick={() => void onAct(voidInvoice(invoice.id))}>
          {t("money-void")}
        </Button>
      )}
    </div>
  );
}
