/** What a client has to pay and paid, and the packages they have. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { type Credit, type Invoice, invoicesOfClient, listCredits } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { InvoiceDialog } from "../money/invoice_dialog";
import { InvoiceRow } from "../money/invoice_row";
import { dayText } from "../money/words";
import { More, useParts } from "../parts";

export function Payments({ org, client }: { org: Organisation; client: string }) {
  const [credits, setCredits] = useState<readonly Credit[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const loadCredits = async () => {
    const had = await listCredits(org.id, client);
    if (had.ok) setCredits(had.value);
  };
  const { list, hasMore, busy, fault, load, more } = useParts(
    (last?: Invoice) => invoicesOfClient(org.id, client, last?.id),
    (answer) => answer.invoices,
    loadCredits,
  );
  useEffect(() => void load(), [org.id, client]);
  const changed = () => void load();
  return (
    <section class="card card-pad stack" aria-label={t("client-payments")}>
      <h2>{t("client-payments")}</h2>
      {fault && <LoadFault problem={fault} onAgain={changed} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && <p class="quiet">{t("client-payments-none")}</p>}
      {list && list.length > 0 && (
        <ul class="rows">
          {list.map((invoice) => (
            <InvoiceRow
              key={invoice.id}
              invoice={invoice}
              zone={org.zone}
              isUnnamed
              onOpen={() => setOpen(invoice.id)}
              onChanged={changed}
            />
          ))}
        </ul>
      )}
      {hasMore && <More busy={busy} text={t("client-payments-more")} onMore={more} />}
      {credits.map((one) => (
        <p key={one.id} class="small">
          <b>{one.name}</b>{" "}
          <span class="quiet num">
            {t("client-credits", {
              left: one.left,
              total: one.total,
              day: dayText(one.until, org.zone),
            })}
          </span>
        </p>
      ))}
      {open && (
        <InvoiceDialog
          id={open}
          zone={org.zone}
          onClose={() => setOpen(null)}
          onChanged={changed}
        />
      )}
    </section>
  );
}
