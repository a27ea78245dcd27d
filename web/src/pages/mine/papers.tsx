/** Receipts, and packages with what is left of them. */
import { useEffect, useState } from "preact/hooks";
import { moneyText } from "../../booking/money";
import { dayIn } from "../../text/dates";
import { language, t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { type MyCredit, type MyInvoice, readCredits, readInvoices } from "../../wire/book_calls";
import { zone } from "../book/zone_line";

export function Papers() {
  const [invoices, setInvoices] = useState<MyInvoice[]>([]);
  const [credits, setCredits] = useState<MyCredit[]>([]);
  useEffect(() => {
    void readInvoices().then((answer) => answer.ok && setInvoices(answer.value));
    void readCredits().then((answer) => answer.ok && setCredits(answer.value));
  }, []);
  return (
    <>
      {credits.length > 0 && (
        <section class="mine-list">
          <h2>{t("mine-packages")}</h2>
          <ul class="card rows">
            {credits.map((one) => (
              <li key={one.id}>
                <span class="grow">
                  <b>{one.name}</b>
                  <span class="quiet num">
                    {t("mine-package-left", {
                      left: one.left,
                      total: one.total,
                      day: dayIn(zone.value, Date.parse(one.until), "whole"),
                    })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {invoices.length > 0 && (
        <section class="mine-list">
          <h2>{t("mine-invoices")}</h2>
          <ul class="card rows">
            {invoices.map((one) => (
              <Invoice key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Invoice({ one }: { one: MyInvoice }) {
  const text = (amount: number) => moneyText(amount, one.currency, language.value);
  return (
    <li>
      <span class="grow">
        <b class="num">
          {one.number} · {text(one.amount)}
        </b>
        <span class="quiet num">
          {dayIn(zone.value, Date.parse(one.created_at), "whole")}
          {one.owed > 0 && ` · ${t("mine-owed", { amount: text(one.owed) })}`}
          {one.returned > 0 && ` · ${t("mine-returned", { amount: text(one.returned) })}`}
        </span>
      </span>
      {one.received > 0 && (
        <ButtonLink
          look="line"
          icon="download"
          href={`/api/mine/invoices/${one.id}/receipt.pdf?locale=${language.value}`}
        >
          {t("mine-receipt")}
        </ButtonLink>
      )}
    </li>
  );
}
