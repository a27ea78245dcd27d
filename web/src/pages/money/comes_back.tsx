/** What a cancellation by the team does with money, said before it is pressed. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { type Invoice, invoicesOfBooking } from "../../wire/money";
import { organisationNow } from "../desk/organisation";
import { amountText } from "./words";

/** Everything that was paid goes back: it was not the client who cancelled. */
function sentence(invoice: Invoice): string | null {
  const kept = invoice.received - invoice.returned;
  if (kept > 0) return t("money-comes-back", { amount: amountText(kept, invoice.currency) });
  if (invoice.owed > 0) return t("money-comes-void", { number: invoice.number });
  return null;
}

export function ComesBack({ booking }: { booking: string | null }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    setSaid(null);
    const org = organisationNow();
    if (!org || !booking) return;
    void invoicesOfBooking(org.id, booking).then((result) => {
      const newest = result.ok ? result.value.invoices[0] : undefined;
      if (newest) setSaid(sentence(newest));
    });
  }, [booking]);
  return said ? <p class="num">{said}</p> : null;
}
