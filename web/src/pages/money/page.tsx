/** Money: what is open, what has to be looked after, what was paid and given back; packages. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Segmented } from "../../ui/field";
import { Empty } from "../../ui/mark";
import { type Invoice, type InvoiceState, listInvoices, type Payment } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { More, useParts } from "../parts";
import { InvoiceDialog } from "./invoice_dialog";
import { InvoiceRow } from "./invoice_row";
import { Packages } from "./packages";
import { ToLookAt } from "./to_look_at";

type Shown = "open" | "paid" | "back" | "all";
const STATES: Record<Shown, readonly InvoiceState[]> = {
  open: ["open"],
  paid: ["paid"],
  back: ["refunded", "part_refunded"],
  all: [],
};
const SHOWN: readonly Shown[] = ["open", "paid", "back", "all"];

export function Page(_: PlaceProps) {
  const org = useOrganisation();
  const fault = organisationFault.value;
  return (
    <DeskFrame at="money" title={t("desk-money")}>
      {fault && <LoadFault problem={fault} onAgain={() => void loadOrganisations()} />}
      {org === undefined && !fault && <Loading />}
      {org === null && (
        <div class="card">
          <Empty title={t("money-empty")} text={t("money-empty-note")} />
        </div>
      )}
      {org && <Money key={org.id} org={org} />}
    </DeskFrame>
  );
}

function Money({ org }: { org: Organisation }) {
  const [shown, setShown] = useState<Shown>("open");
  const [odd, setOdd] = useState<readonly Payment[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const { list, hasMore, busy, fault, load, more } = useParts(
    (last?: Invoice) => listInvoices(org.id, STATES[shown], last?.id),
    (answer) => answer.invoices,
    (answer) => setOdd(answer.to_look_at),
  );
  useEffect(() => void load(), [shown]);
  const changed = () => void load();
  return (
    <div class="stack money">
      <ToLookAt list={odd} onDone={changed} onOpen={setOpen} />
      <div>
        <Segmented
          label={t("money-show")}
          options={SHOWN.map((value) => ({ value, label: t(`money-show-${value}`) }))}
          value={shown}
          onPick={(value) => setShown(value)}
        />
      </div>
      {fault && <LoadFault problem={fault} onAgain={changed} />}
      {list === null && !fault && <Loading />}
      {list?.length === 0 && (
        <div class="card">
          <Empty title={t(`money-none-${shown}`)} text={t("money-none-note")} />
        </div>
      )}
      {list !== null && list.length > 0 && (
        <ul class="card rows">
          {list.map((invoice) => (
            <InvoiceRow
              key={invoice.id}
              invoice={invoice}
              zone={org.zone}
              onOpen={() => setOpen(invoice.id)}
              onChanged={changed}
            />
          ))}
        </ul>
      )}
      {hasMore && <More busy={busy} text={t("money-more")} onMore={more} />}
      <Packages org={org} onSold={changed} />
      {open && (
        <InvoiceDialog
          id={open}
          zone={org.zone}
          onClose={() => setOpen(null)}
          onChanged={changed}
        />
      )}
    </div>
  );
}
