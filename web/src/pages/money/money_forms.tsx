/** Money that came by hand, and money that is given back: how much, and a word about it. */
import { useState } from "preact/hooks";
import { plainAmount, readMoney } from "../../booking/money";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import type { Reply } from "../../wire/http";
import { type InvoiceWhole, markPaid, refund } from "../../wire/money";
import { amountText } from "./words";

interface Props {
  invoice: InvoiceWhole;
  onBack(): void;
  onAct(reply: Reply<unknown>): Promise<boolean>;
}

interface FormProps extends Props {
  title: string;
  hint: string;
  most: number;
  first: number;
  word: string;
  press: string;
  look: "primary" | "danger";
  send(amount: number, note: string): Reply<unknown>;
}

function AmountForm(props: FormProps) {
  const { invoice, most, onAct, onBack } = props;
  const [typed, setTyped] = useState(plainAmount(props.first, invoice.currency));
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const amount = readMoney(typed, invoice.currency);
  const wrong = amount === null || amount < 1 || amount > most;
  const send = async () => {
    setTried(true);
    if (wrong || busy) return;
    setBusy(true);
    await onAct(props.send(amount, note.trim()));
    setBusy(false);
  };
  return (
    <form
      class="stack"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        label={t("money-amount", { currency: invoice.currency })}
        hint={props.hint}
        value={typed}
        onValue={setTyped}
        fault={
          tried && wrong
            ? t("money-amount-wrong", { most: amountText(most, invoice.currency) })
            : null
        }
        maxLength={20}
        autofocus
      />
      <Field label={props.word} value={note} onValue={setNote} maxLength={200} />
      <div class="row row-wrap">
        <Button look="quiet" onClick={onBack}>
          {t("cancel")}
        </Button>
        <Button type="submit" look={props.look} waiting={busy && t("money-saving")}>
          {props.press}
        </Button>
      </div>
    </form>
  );
}

export function PaidForm(props: Props) {
  const { invoice } = props;
  return (
    <AmountForm
      {...props}
      title={t("money-take")}
      hint={t("money-take-hint")}
      most={invoice.owed}
      first={invoice.owed}
      word={t("money-note")}
      press={t("money-take-press")}
      look="primary"
      send={(amount, note) => markPaid(invoice.id, amount, note)}
    />
  );
}

/** It begins with what the rule would give back, and says so. */
export function RefundForm(props: Props) {
  const { invoice } = props;
  const kept = invoice.received - invoice.returned;
  const by = invoice.payments.findLast(({ kind }) => kind === "paid")?.gateway ?? "offline";
  const ruled = invoice.rule ? invoice.rule.amount : kept;
  return (
    <AmountForm
      {...props}
      title={t("money-refund")}
      hint={t(by === "offline" ? "money-refund-hand" : "money-refund-online")}
      most={kept}
      first={ruled > 0 ? ruled : kept}
      word={t("money-why")}
      press={t("money-refund-press")}
      look="danger"
      send={(amount, why) => refund(invoice.id, amount, why, true)}
    />
  );
}
