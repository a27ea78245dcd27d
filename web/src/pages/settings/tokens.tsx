/** API tokens: the programs that may act for this account, and how a new one gets in. */
import { useState } from "preact/hooks";
import { agoOf, dayOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Segmented, Select } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { type ApiToken, addToken, listTokens, removeToken, type Scope } from "../../wire/programs";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { Sure } from "../sure";
import { useLoaded } from "./loaded";
import { Section } from "./section";
import { ShownOnce } from "./shown_once";

const NAME_MAX = 60;
const SCOPES: readonly Scope[] = ["read", "write"];
/** Days; "" is until it is deleted. */
const LIFETIMES = ["30", "90", "365", ""] as const;

export function Tokens() {
  const { list, fault, refresh } = useLoaded(listTokens);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<ApiToken | null>(null);
  const reference = (
    <a class="text-link small" href="/api/docs">
      {t("api-link")}
    </a>
  );
  return (
    <Section title={t("token-title")} note={t("token-note")} more={reference}>
      {fault && <LoadFault problem={fault} onAgain={() => void refresh()} />}
      {!list && !fault && <Loading />}
      {list?.length === 0 && <p class="small quiet">{t("token-none")}</p>}
      {list && list.length > 0 && (
        <ul class="sessions">
          {list.map((one) => (
            <TokenRow key={one.id} token={one} onDelete={() => setLeaving(one)} />
          ))}
        </ul>
      )}
      <div>
        <Button look="line" icon="plus" onClick={() => setMaking(true)}>
          {t("token-new")}
        </Button>
      </div>
      <NewToken
        open={making}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setMade(token);
          void refresh();
        }}
      />
      <ShownOnce
        secret={made}
        title={t("token-made")}
        note={t("token-made-note")}
        onClose={() => setMade(null)}
      />
      <Sure
        thing={leaving}
        onClose={() => setLeaving(null)}
        title={(one) => t("token-delete-title", { name: one.name })}
        note={t("token-delete-note")}
        action={t("token-delete")}
        waiting={t("token-deleting")}
        done={(one) => t("token-deleted", { name: one.name })}
        send={(one) => removeToken(one.id)}
        onDone={refresh}
      />
    </Section>
  );
}

/** When it was used, and how long it counts, in words. */
export function factsOf(token: ApiToken, now: number): string[] {
  const used = token.used_at
    ? t("token-used", { when: agoOf(token.used_at, now) })
    : t("token-unused");
  const ends = token.expires_at;
  if (ends === null) return [t(`token-scope-${token.scope}`), used];
  return [t(`token-scope-${token.scope}`), used, t("token-until", { date: dayOf(ends) })];
}

function TokenRow({ token, onDelete }: { token: ApiToken; onDelete(): void }) {
  const now = Date.now();
  const isOver = token.expires_at !== null && Date.parse(token.expires_at) <= now;
  return (
    <li class="session">
      <div class="grow">
        <b>{token.name}</b>
        <p class="small quiet">{factsOf(token, now).join(" · ")}</p>
      </div>
      {isOver && <span class="pill pill-signal">{t("token-over")}</span>}
      <IconButton
        icon="trash"
        label={t("token-delete-of", { name: token.name })}
        onClick={onDelete}
      />
    </li>
  );
}

interface NewTokenProps {
  open: boolean;
  onClose(): void;
  onMade(token: string): void;
}

function NewToken({ open, onClose, onMade }: NewTokenProps) {
  return (
    <Dialog open={open} title={t("token-new-title")} onClose={onClose}>
      <NewTokenForm onClose={onClose} onMade={onMade} />
    </Dialog>
  );
}

/** Drawn anew with each opening: it begins empty. */
function NewTokenForm({ onClose, onMade }: Omit<NewTokenProps, "open">) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState<string>("90");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const valid_days = days === "" ? null : Number(days);
    const result = await addToken({ name: name.trim(), scope, valid_days });
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onClose();
    onMade(result.value.token);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <Field
        label={t("token-name")}
        hint={t("token-name-hint")}
        value={name}
        onValue={setName}
        maxLength={NAME_MAX}
        autocomplete="off"
        autofocus
      />
      <Segmented
        label={t("token-scope")}
        value={scope}
        options={SCOPES.map((one) => ({ value: one, label: t(`token-scope-${one}`) }))}
        onPick={(one) => setScope(one)}
      />
      <p class="small quiet">{t(`token-may-${scope}`)}</p>
      <Select
        label={t("token-lifetime")}
        options={LIFETIMES.map((one) => ({
          value: one,
          label: one === "" ? t("token-for-ever") : t("token-days", { days: Number(one) }),
        }))}
        value={days}
        onPick={setDays}
      />
      <FormFault>{fault}</FormFault>
      <FormFoot action={t("token-make")} waiting={busy && t("token-making")} onClose={onClose} />
    </form>
  );
}
