/** A host who is free now: a few words, and the visitor waits for their turn. */
import { useRef, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault, Switch } from "../../ui/field";
import type { HostPage } from "../../wire/booking";
import { askNow } from "../../wire/waiting";
import { zone } from "./zone_line";

export function TalkNow({ page }: { page: HostPage }) {
  const [open, setOpen] = useState(false);
  if (!page.host.is_free) return null;
  return (
    <section class="card card-pad now-card" aria-label={t("now-free")}>
      <div class="now-head">
        <span class="pill pill-ok">
          <span class="dot" />
          {t("now-free")}
        </span>
        <span class="grow small quiet">{t("now-note")}</span>
        {!open && (
          <Button look="primary" icon="cam" onClick={() => setOpen(true)}>
            {t("now-ask")}
          </Button>
        )}
      </div>
      {open && <Form page={page} />}
    </section>
  );
}

function Form({ page }: { page: HostPage }) {
  const form = useRef<HTMLFormElement>(null);
  const website = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [reason, setReason] = useState("");
  const [urgent, setUrgent] = useState(false);
  const [tried, setTried] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const missing = { name: name.trim() === "", reason: reason.trim() === "" };
  const send = async () => {
    setTried(true);
    if (missing.name || missing.reason) {
      form.current?.querySelectorAll("input")[missing.name ? 0 : 1]?.focus();
      return;
    }
    setSending(true);
    const answer = await askNow(`${page.organisation.slug}/${page.host.slug}`, {
      name: name.trim(),
      email: email.trim(),
      reason: reason.trim(),
      urgent,
      zone: zone.value,
      locale: language.value,
      agreed: [],
      website: website.current?.value ?? "",
    });
    // The waiting room is a page of the other client: a whole change of page.
    if (answer.ok) return location.assign(`/wait/${answer.value.id}`);
    setSending(false);
    setFault(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <form
      ref={form}
      class="now-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        label={t("now-name")}
        value={name}
        onValue={setName}
        fault={tried && missing.name ? t("field-name-missing") : null}
        autocomplete="name"
        maxLength={60}
      />
      <Field
        label={t("now-reason")}
        value={reason}
        onValue={setReason}
        fault={tried && missing.reason ? t("now-reason-missing") : null}
        maxLength={300}
      />
      <Field
        type="email"
        label={t("now-email")}
        value={email}
        onValue={setEmail}
        autocomplete="email"
      />
      <input
        ref={website}
        class="vh"
        name="website"
        tabIndex={-1}
        autocomplete="off"
        aria-hidden="true"
      />
      <Switch label={t("now-urgent")} checked={urgent} onChange={setUrgent} />
      <FormFault>{fault}</FormFault>
      <Button type="submit" look="primary" size="large" waiting={sending && t("now-going")}>
        {t("now-go")}
      </Button>
    </form>
  );
}
