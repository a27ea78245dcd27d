/** The pay step: to the company's page, and what became of it when somebody is back. */
import { useEffect, useState } from "preact/hooks";
import { moneyText } from "../../booking/money";
import { timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { FormFault } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { announce } from "../../ui/live";
import { beginToPay, lookForPayment, type MyInvoice, type MyMoney } from "../../wire/book_calls";
import { zone } from "./zone_line";

const BACK = "paid";
const LOOKS = 5;
const LOOK_EVERY_MS = 2000;

/** Whether this page was opened by the company's page. */
export function isBack(search = location.search): boolean {
  return new URLSearchParams(search).has(BACK);
}

export function Pay({ money, invoice }: { money: MyMoney; invoice: MyInvoice }) {
  const [looking, setLooking] = useState(isBack());
  const [nothing, setNothing] = useState(false);
  useEffect(() => {
    if (!looking) return;
    let left = LOOKS;
    let timer = 0;
    const look = async () => {
      const answer = await lookForPayment(invoice.id);
      left -= 1;
      if (answer.ok && answer.value.owed === 0) {
        announce(t("pay-arrived"));
        // Whole and anew: what is booked, its receipt and its way in.
        location.replace(location.pathname);
      } else if (left > 0) timer = window.setTimeout(() => void look(), LOOK_EVERY_MS);
      else {
        setLooking(false);
        setNothing(true);
        announce(t("pay-nothing"));
      }
    };
    void look();
    return () => {
      left = 0;
      clearTimeout(timer);
    };
  }, [looking]);
  if (looking) {
    return (
      <p class="row" role="status">
        <span class="spin" /> {t("pay-looking")}
      </p>
    );
  }
  return (
    <div class="mine-more">
      {nothing && (
        <p class="row row-wrap">
          <span>{t("pay-nothing")}</span>
          <Button look="line" icon="again" onClick={() => setLooking(true)}>
            {t("pay-look-again")}
          </Button>
        </p>
      )}
      <PayPress money={money} invoice={invoice} />
    </div>
  );
}

function PayPress({ money, invoice }: { money: MyMoney; invoice: MyInvoice }) {
  const [opening, setOpening] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const amount = moneyText(invoice.owed, invoice.currency, language.value);
  const pay = async () => {
    setOpening(true);
    setFault(null);
    const answer = await beginToPay(invoice.id, `${location.pathname}?${BACK}=1`);
    if (answer.ok) return location.assign(answer.value.url);
    setOpening(false);
    setFault(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <>
      {money.is_test && (
        <p class="pill pill-signal">
          <Icon name="warn" /> {t("pay-test")}
        </p>
      )}
      <Button
        look="primary"
        size="large"
        icon="card"
        waiting={opening && t("pay-opening")}
        onClick={() => void pay()}
      >
        {t("pay-press", { amount })}
      </Button>
      <FormFault>{fault}</FormFault>
      {money.hold_until && (
        <p class="num">
          {t("pay-hold", { time: timeIn(zone.value, Date.parse(money.hold_until)) })}
        </p>
      )}
      <p class="small quiet">{t("pay-elsewhere")}</p>
    </>
  );
}
