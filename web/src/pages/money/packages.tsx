/** Packages: what is sold together, and selling one with its code, which is shown once. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { toast } from "../../ui/live";
import {
  type Credit,
  listCredits,
  listPackages,
  type Package,
  switchPackage,
} from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { AddPackage, SellPackage } from "./package_dialogs";
import { amountText, dayText } from "./words";

interface Props {
  org: Organisation;
  /** An invoice was made. */
  onSold(): void;
}

export function Packages({ org, onSold }: Props) {
  const [list, setList] = useState<readonly Package[] | null>(null);
  const [adding, setAdding] = useState(false);
  const [sold, setSold] = useState<readonly Credit[]>([]);
  const [selling, setSelling] = useState<Package | null>(null);
  const load = async () => {
    const result = await listPackages(org.id);
    if (result.ok) setList(result.value);
    if (org.role === "counsellor") return;
    const credits = await listCredits(org.id);
    if (credits.ok) setSold(credits.value);
  };
  useEffect(() => void load(), [org.id]);
  const turn = async (one: Package) => {
    const result = await switchPackage(org.id, one.id, !one.is_on);
    if (!result.ok) toast(refusalText(result.error.code, result.error.params));
    await load();
  };
  const leads = org.role === "admin";
  if (list === null || (list.length === 0 && !leads)) return null;
  return (
    <section class="card card-pad stack" aria-label={t("money-packages")}>
      <div class="row row-wrap">
        <h2 class="grow">{t("money-packages")}</h2>
        {leads && (
          <Button look="line" icon="plus" onClick={() => setAdding(true)}>
            {t("money-package-add")}
          </Button>
        )}
      </div>
      {list.length === 0 && <p class="quiet">{t("money-packages-none")}</p>}
      <ul class="rows">
        {list.map((one) => (
          <li key={one.id}>
            <span class="grow">
              <b>{one.name}</b>
              <span class="small quiet num money-line">
                {t("money-package-line", { count: one.credits, days: one.days })} ·{" "}
                {amountText(one.price, one.currency)}
              </span>
            </span>
            {!one.is_on && <span class="pill">{t("money-package-off")}</span>}
            {leads && (
              <Button look="quiet" onClick={() => void turn(one)}>
                {t(one.is_on ? "money-package-stop" : "money-package-again")}
              </Button>
            )}
            {one.is_on && (
              <Button look="line" icon="card" onClick={() => setSelling(one)}>
                {t("money-package-sell")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sold.length > 0 && <Sold list={sold} zone={org.zone} />}
      {adding && (
        <AddPackage org={org} onClose={() => setAdding(false)} onDone={() => void load()} />
      )}
      {selling && (
        <SellPackage org={org} one={selling} onClose={() => setSelling(null)} onDone={onSold} />
      )}
    </section>
  );
}

/** "3 of 8 left": who has which. */
function Sold({ list, zone }: { list: readonly Credit[]; zone: string }) {
  return (
    <details>
      <summary>{t("money-sold")}</summary>
      <ul class="rows">
        {list.map(({ id, name, client_name, left, total, until }) => (
          <li key={id}>
            <span class="grow">
              <b>{client_name || t("money-sold-nobody")}</b>
              <span class="small quiet money-line">{name}</span>
            </span>
            <span class="num">
              {t("money-sold-line", { left, total, day: dayText(until, zone) })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
