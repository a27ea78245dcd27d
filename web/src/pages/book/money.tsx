/** What an appointment costs and what was paid: the way to pay, and the receipt. */
import { useEffect, useState } from "preact/hooks";
import { moneyText } from "../../booking/money";
import { language, t } from "../../text/text";
import { ButtonLink } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { type MyCredit, type MyMoney, readMoney, type Whose } from "../../wire/book_calls";
import type { Mine } from "../../wire/booking";
import { Pay } from "./pay";

export function Money({ booking, whose }: { booking: Mine; whose: Whose }) {
  const [money, setMoney] = useState<MyMoney | null>(null);
  useEffect(() => {
    if (booking.price === 0) return;
    void readMoney(whose).then((answer) => {
      if (answer.ok) setMoney(answer.value);
    });
  }, [booking.id, booking.state]);
  const invoice = money?.invoice;
  if (money?.package) return <ByPackage used={money.package} />;
  if (!money || !invoice) return null;
  const text = (amount: number) => moneyText(amount, invoice.currency, language.value);
  return (
    <div class="mine-money">
      <Icon name="card" />
      <div class="grow num">
        {invoice.received > 0 && <p>{t("mine-paid", { amount: text(invoice.received) })}</p>}
        {invoice.returned > 0 && <p>{t("mine-returned", { amount: text(invoice.returned) })}</p>}
        {invoice.owed > 0 && <p>{t("mine-owed", { amount: text(invoice.owed) })}</p>}
        {invoice.owed > 0 && !money.is_online && money.how && <p class="quiet">{money.how}</p>}
        {invoice.owed > 0 && money.is_online && <Pay money={money} invoice={invoice} />}
      </div>
      {invoice.received > 0 && (
        <ButtonLink
          look="line"
          icon="download"
          href={`/api/mine/invoices/${invoice.id}/receipt.pdf?locale=${language.value}`}
        >
          {t("mine-receipt")}
        </ButtonLink>
      )}
    </div>
  );
}

function ByPackage({ used }: { used: MyCredit }) {
  const { name, left, total } = used;
  return (
    <div class="mine-money">
      <Icon name="card" />
      <p class="grow num">{t("pay-by-package", { name, left, total })}</p>
    </div>
  );
}
