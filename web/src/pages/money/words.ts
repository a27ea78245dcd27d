/** Amounts and days of invoices as the desk reads them. */
import { moneyText } from "../../booking/money";
import { dayIn, timeIn } from "../../text/dates";
import { language, t } from "../../text/text";
import type { Invoice, InvoiceState, Payment } from "../../wire/money";

export const amountText = (amount: number, currency: string) =>
  moneyText(amount, currency, language.value);

/** By the organisation's clock, as receipts are. */
export const dayText = (at: string, zone: string) => dayIn(zone, Date.parse(at), "short");

export function lineText(invoice: Invoice, zone: string): string {
  return invoice.lines
    .map(({ text, at }) => {
      if (at === null) return text;
      return `${text}, ${dayText(at, zone)}, ${timeIn(zone, Date.parse(at))}`;
    })
    .join("; ");
}

const LOOKS: Record<InvoiceState, string> = {
  open: "pill pill-signal",
  paid: "pill pill-ok",
  part_refunded: "pill",
  refunded: "pill",
  void: "pill",
};

export const lookOf = (state: InvoiceState) => LOOKS[state];

/** What a payment is: "Received", "On its way back", "Could not be given back". */
export function paymentText(payment: Payment): string {
  if (payment.state === "undone") return t("money-payment-undone");
  if (payment.state === "failed") return t("money-payment-failed");
  if (payment.kind === "odd") return t("money-payment-odd");
  if (payment.kind === "paid") return t("money-payment-paid");
  if (payment.kind === "spare") return t("money-payment-spare");
  return t(payment.state === "asked" ? "money-payment-asked" : "money-payment-back");
}
