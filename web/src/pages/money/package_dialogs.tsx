/** A new package; and one that is sold: to whom, and its code for copying, once. */
import { useEffect, useState } from "preact/hooks";
import { readMoney } from "../../booking/money";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { type ClientListed, searchClients } from "../../wire/clients";
import { addPackage, type Package, sellPackage } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { wordOf } from "../desk/organisation";
import { amountText } from "./words";

interface AddProps {
  org: Organisation;
  onClose(): void;
  onDone(): void;
}

function whole(text: string, most: number): number | null {
  const number = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}

export function AddPackage({ org, onClose, onDone }: AddProps) {
  const [name, setName] = useState("");
  const [count, setCount] = useState("8");
  const [price, setPrice] = useState("");
  const [days, setDays] = useState("365");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    const [credits, lasts] = [whole(count, 500), whole(days, 3660)];
    const amount = readMoney(price, org.currency);
    if (!name.trim() || credits === null || lasts === null || amount === null)
      return setFault(t("money-package-wrong"));
    setBusy(true);
    const made = { name: name.trim(), credits, price: amount, days: lasts };
    const result = await addPackage(org.id, made);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onDone();
    onClose();
  };
  return (
    <Dialog open title={t("money-package-add")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        <Field
          label={t("money-package-name")}
          value={name}
          onValue={setName}
          maxLength={120}
          autofocus
        />
        <Field
          label={t("money-package-count")}
          value={count}
          onValue={setCount}
          inputMode="numeric"
          maxLength={3}
        />
        <Field
          label={t("money-package-price", { currency: org.currency })}
          value={price}
          onValue={setPrice}
          maxLength={16}
        />
        <Field
          label={t("money-package-days")}
          value={days}
          onValue={setDays}
          inputMode="numeric"
          maxLength={4}
        />
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={t("money-package-press")}
          waiting={busy && t("money-saving")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

interface SellProps extends AddProps {
  one: Package;
}

export function SellPackage({ org, one, onClose, onDone }: SellProps) {
  const [clients, setClients] = useState<readonly ClientListed[]>([]);
  const [client, setClient] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    void searchClients(org.id, "").then((result) => {
      if (result.ok) setClients(result.value.clients);
    });
  }, [org.id]);
  const sell = async () => {
    setBusy(true);
    const result = await sellPackage(org.id, one.id, client);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    setCode(result.value.code);
    onDone();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(code ?? "");
    toast(t("money-code-copied"));
  };
  if (code !== null) {
    return (
      <Dialog
        open
        mustAnswer
        title={t("money-code-title")}
        onClose={onClose}
        actions={<Button onClick={onClose}>{t("money-code-close")}</Button>}
      >
        <p>{t("money-code-note", { name: one.name })}</p>
        <div class="row row-wrap">
          <b class="money-code num">{code}</b>
          <Button look="line" icon="copy" onClick={() => void copy()}>
            {t("money-code-copy")}
          </Button>
        </div>
      </Dialog>
    );
  }
  const nobody = { value: "", label: t("money-package-anybody") };
  return (
    <Dialog open title={t("money-package-sell-title", { name: one.name })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void sell();
        }}
      >
        <p class="num">
          {t("money-package-line", { count: one.credits, days: one.days })} ·{" "}
          {amountText(one.price, one.currency)}
        </p>
        <Select
          label={wordOf(org, "client", true)}
          options={[nobody, ...clients.map(({ id, name }) => ({ value: id, label: name }))]}
          value={client}
          onPick={setClient}
        />
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={t("money-package-sell")}
          waiting={busy && t("money-saving")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
