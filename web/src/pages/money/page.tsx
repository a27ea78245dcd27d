/** Money: what is open, what has to be looked after, what was paid and given back; packages. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Segmented } from "../../ui/field";
import { Empty } from "../../ui/mark";
import type { Problem } from "../../wire/http";
import { type Invoice, type InvoiceState, listInvoices, type Payment } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { DeskFrame } from "../desk/frame";
import { loadOrganisations, organisationFault, useOrganisation } from "../desk/organisation";
import type { PlaceProps } from "../desk/props";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
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
  const [list, setList] = useState<readonly Invoice[] | null>(null);
  const [odd, setOdd] = useState<readonly Payment[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const load = async (which: Shown, known: readonly Invoice[] = []) => {
    setBusy(true);
    const result = await listInvoices(org.id, STATES[which], known.at(-1)?.created_at);
    setBusy(false);
    setFault(result.ok ? null : result.error);
    if (!result.ok) return;
    setList([...known, ...result.value.invoices]);
    setHasMore(result.value.has_more);
    setOdd(result.value.to_look_at);
  };
  useEffect(() => void load(shown), [shown]);
  const changed = () => void load(shown);
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
      {hasMore && (
        <div>
          <Button
            look="line"
            waiting={busy && t("loading")}
            onClick={() => void load(shown, list ?? [])}
          >
            {t("money-more")}
          </Button>
        </div>
      )}
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
