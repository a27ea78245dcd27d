/** Changing who a client is, and handing them on to a colleague. */
import { useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Dialog } from "../../ui/dialog";
import { Field, FormFault, Segmented, Select, Switch } from "../../ui/field";
import { FormFoot } from "../../ui/form_foot";
import { toast } from "../../ui/live";
import { type ClientPage, changeClient, eraseClient, handOver } from "../../wire/clients";
import type { Organisation, Spoken } from "../../wire/organisations";
import { zoneOptions } from "../organisation/zones";
import { navigate } from "../router";

interface Props {
  client: ClientPage;
  onClose(): void;
  onDone(client: ClientPage): void;
}

const LOCALES: readonly Spoken[] = ["en", "zh-CN"];

export function ChangeClient({ client, onClose, onDone }: Props) {
  const [name, setName] = useState(client.name);
  const [email, setEmail] = useState(client.email);
  const [phone, setPhone] = useState(client.phone);
  const [zone, setZone] = useState(client.zone);
  const [locale, setLocale] = useState<Spoken>(client.locale === "zh-CN" ? "zh-CN" : "en");
  const [reminds, setReminds] = useState(client.wants_reminders);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const news = { name, email, phone, zone, locale, wants_reminders: reminds };
    const result = await changeClient(client.id, news);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onDone(result.value);
    onClose();
  };
  return (
    <Dialog open title={t("client-change")} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        <Field label={t("client-name")} value={name} onValue={setName} maxLength={60} required />
        <Field
          label={t("client-email")}
          type="email"
          value={email}
          onValue={setEmail}
          maxLength={254}
        />
        <Field label={t("client-phone")} value={phone} onValue={setPhone} maxLength={40} />
        <Select label={t("org-zone")} options={zoneOptions(zone)} value={zone} onPick={setZone} />
        <Segmented<Spoken>
          label={t("client-language")}
          options={LOCALES.map((one) => ({ value: one, label: t(`org-locale-${one}`) }))}
          value={locale}
          onPick={setLocale}
        />
        <Switch label={t("client-reminders")} checked={reminds} onChange={setReminds} />
        <FormFault>{fault}</FormFault>
        <FormFoot action={t("org-save")} waiting={busy && t("org-saving")} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** Asks for the name, and says what goes: nothing of it comes back. */
export function EraseClient({ client, onClose }: Omit<Props, "onDone">) {
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const result = await eraseClient(client.id, name);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    toast(t("client-erasing", { name: client.name }));
    onClose();
    navigate("/clients");
  };
  return (
    <Dialog open title={t("client-erase-title", { name: client.name })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void send();
        }}
      >
        <p>{t("client-erase-note")}</p>
        <p class="quiet">{t("client-erase-kept")}</p>
        <Field
          label={t("client-erase-name", { name: client.name })}
          value={name}
          onValue={setName}
          maxLength={60}
          required
          autocomplete="off"
        />
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={t("client-erase")}
          look="danger"
          waiting={busy && t("org-saving")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}

export function HandOver({ org, client, onClose, onDone }: Props & { org: Organisation }) {
  const others = org.hosts.filter((host) => !client.hosts.some((own) => own.id === host.id));
  const [host, setHost] = useState(others[0]?.id ?? "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const send = async () => {
    setBusy(true);
    const result = await handOver(client.id, host);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    onDone(result.value);
    toast(t("client-handed", { name: client.name }));
    onClose();
  };
  return (
    <Dialog open title={t("client-hand-over-title", { name: client.name })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && host) void send();
        }}
      >
        <p>{t(others.length > 0 ? "client-hand-over-note" : "client-hand-over-nobody")}</p>
        {others.length > 0 && (
          <Select
            label={t("client-hand-over-to")}
            options={others.map((one) => ({ value: one.id, label: one.name }))}
            value={host}
            onPick={setHost}
          />
        )}
        <FormFault>{fault}</FormFault>
        <FormFoot
          action={t("client-hand-over")}
          waiting={busy && t("org-saving")}
          onClose={onClose}
        />
      </form>
    </Dialog>
  );
}
