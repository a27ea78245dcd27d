/** How the organisation is paid: tax, what clients read, and keys of Stripe, which are never shown. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import type { Problem } from "../../wire/http";
import { changePayWays, type PayWays, type PayWaysChange, readPayWays } from "../../wire/money";
import type { Organisation } from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";

export function Ways({ org }: { org: Organisation }) {
  const [ways, setWays] = useState<PayWays | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = async () => {
    const result = await readPayWays(org.id);
    setProblem(result.ok ? null : result.error);
    if (result.ok) setWays(result.value);
  };
  useEffect(() => void load(), [org.id]);
  if (problem) return <LoadFault problem={problem} onAgain={() => void load()} />;
  if (!ways) return <Loading />;
  return (
    <div class="stack">
      <Words org={org} ways={ways} onWays={setWays} />
      <Online org={org} ways={ways} onWays={setWays} />
    </div>
  );
}

interface PartProps {
  org: Organisation;
  ways: PayWays;
  onWays(ways: PayWays): void;
}

function useChange({ org, onWays }: PartProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (news: PayWaysChange): Promise<boolean> => {
    setBusy(true);
    const result = await changePayWays(org.id, news);
    setBusy(false);
    setFault(result.ok ? null : refusalText(result.error.code, result.error.params));
    if (!result.ok) return false;
    onWays(result.value);
    toast(t("money-saved"));
    return true;
  };
  return { busy, fault, setFault, send };
}

/** Hundredths of a percent that somebody typed: "19" or "7.5"; null for anything else. */
export function percentOf(text: string): number | null {
  const found = /^(\d{1,2})(?:[.,](\d{1,2}))?$/.exec(text.trim() || "0");
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

function Words(props: PartProps) {
  const { ways } = props;
  const { busy, fault, setFault, send } = useChange(props);
  const [tax, setTax] = useState(String(ways.tax_percent / 100));
  const [note, setNote] = useState(ways.tax_note);
  const [how, setHow] = useState(ways.how);
  const [refunds, setRefunds] = useState(ways.reception_refunds);
  const save = async () => {
    const percent = percentOf(tax);
    if (percent === null) return setFault(t("money-tax-wrong"));
    await send({ tax_percent: percent, tax_note: note, how, reception_refunds: refunds });
  };
  return (
    <form
      class="card card-pad stack"
      aria-label={t("money-ways")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <h2>{t("money-ways")}</h2>
      <Field
        label={t("money-how")}
        hint={t("money-how-hint")}
        value={how}
        onValue={setHow}
        maxLength={500}
      />
      <Field
        label={t("money-tax")}
        hint={t("money-tax-hint")}
        value={tax}
        onValue={setTax}
        maxLength={5}
      />
      <Field
        label={t("money-tax-note")}
        hint={t("money-tax-note-hint")}
        value={note}
        onValue={setNote}
        maxLength={200}
      />
      <Switch label={t("money-reception-refunds")} checked={refunds} onChange={setRefunds} />
      <FormFault>{fault}</FormFault>
      <div>
        <Button type="submit" look="primary" waiting={busy && t("money-saving")}>
          {t("money-save")}
        </Button>
      </div>
    </form>
  );
}

function Online(props: PartProps) {
  const { ways } = props;
  const { busy, fault, send } = useChange(props);
  const [key, setKey] = useState("");
  const [signing, setSigning] = useState("");
  const isOn = ways.gateway === "stripe";
  const save = async () => {
    const done = await send({
      gateway: "stripe",
      ...(key.trim() ? { key: key.trim() } : {}),
      ...(signing.trim() ? { signing: signing.trim() } : {}),
    });
    if (done) {
      setKey("");
      setSigning("");
    }
  };
  return (
    <form
      class="card card-pad stack"
      aria-label={t("money-online")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <div class="row row-wrap">
        <h2 class="grow">{t("money-online")}</h2>
        {isOn && (
          <span class={ways.is_test ? "pill pill-signal" : "pill pill-ok"}>
            {t(ways.is_test ? "money-online-test" : "money-online-on")}
          </span>
        )}
      </div>
      {!ways.can_stripe && <p>{t("money-online-missing")}</p>}
      {ways.can_stripe && (
        <>
          <p class="money-address">
            {t("money-online-note", { address: `${location.origin}${ways.hook}` })}
          </p>
          <Field
            label={t("money-key")}
            hint={isOn ? t("money-key-kept", { end: ways.key_end }) : t("money-key-hint")}
            type="password"
            value={key}
            onValue={setKey}
            maxLength={300}
            autocomplete="off"
          />
          <Field
            label={t("money-signing")}
            hint={t(ways.has_signing ? "money-signing-kept" : "money-signing-hint")}
            type="password"
            value={signing}
            onValue={setSigning}
            maxLength={300}
            autocomplete="off"
          />
          <FormFault>{fault}</FormFault>
          <div class="row row-wrap">
            <Button type="submit" look="primary" waiting={busy && t("money-trying")}>
              {t("money-online-press")}
            </Button>
            {isOn && (
              <Button look="danger" onClick={() => void send({ gateway: "offline" })}>
                {t("money-online-off")}
              </Button>
            )}
          </div>
          {isOn && <p class="field-hint">{t("money-online-off-note")}</p>}
        </>
      )}
    </form>
  );
}
