/** A month with nothing free: whoever leaves an address is told when something becomes free in it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { keepDraft, keptDraft } from "../../booking/draft";
import { addMonths } from "../../booking/month";
import { serverNow } from "../../booking/now";
import { addDays, wallAt } from "../../booking/zone";
import { monthText } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { waitFor } from "../../wire/book_calls";
import type { HostPage, OfferCard } from "../../wire/booking";
import { useTrap } from "./trap";
import { zone } from "./zone_line";

interface Props {
  page: HostPage;
  offer: OfferCard;
  month: string;
}

const DAY_MIN = 1440;

/** What is left of a month, by the host's days. */
function daysLeft(month: string, hostZone: string): { from_day: string; to_day: string } {
  const today = wallAt(hostZone, serverNow()).day;
  const first = `${month}-01`;
  return {
    from_day: first < today ? today : first,
    to_day: addDays(`${addMonths(month, 1)}-01`, -1),
  };
}

export function Waitlist(props: Props) {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const month = monthText(`${props.month}-01`);
  if (done)
    return (
      <p class="banner banner-accent" role="status">
        {t("book-waiting-done", { month })}
      </p>
    );
  if (!open)
    return (
      <Button look="line" icon="bell" onClick={() => setOpen(true)}>
        {t("book-waiting-ask")}
      </Button>
    );
  return <Form {...props} onDone={() => setDone(true)} />;
}

function Form({ page, offer, month, onDone }: Props & { onDone(): void }) {
  const [org, host] = [page.organisation.slug, page.host.slug];
  const kept = keptDraft(org, host);
  const [name, setName] = useState(kept.name);
  const [email, setEmail] = useState(kept.email);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const trap = useTrap();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const send = async () => {
    if (!name.trim()) return setFault(t("field-name-missing"));
    if (!email.trim()) return setFault(t("field-email-missing"));
    keepDraft(org, host, { ...kept, name, email });
    setSending(true);
    setFault(null);
    const answer = await waitFor(org, host, {
      offer_id: offer.id,
      ...daysLeft(month, page.host.zone),
      from_min: 0,
      to_min: DAY_MIN,
      name,
      email,
      zone: zone.value,
      locale: language.value,
      ...trap.told(),
    });
    setSending(false);
    if (answer.ok) onDone();
    else setFault(refusalText(answer.error.code, answer.error.params));
  };
  return (
    <form
      ref={form}
      class="book-form waiting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p>{t("book-waiting-note", { month: monthText(`${month}-01`) })}</p>
      <Field label={t("field-name")} value={name} autocomplete="name" onValue={setName} />
      <Field
        label={t("field-email")}
        type="email"
        value={email}
        autocomplete="email"
        onValue={setEmail}
      />
      {trap.field}
      <FormFault>{fault}</FormFault>
      <Button type="submit" look="primary" waiting={sending && t("book-sending")}>
        {t("book-waiting-press")}
      </Button>
    </form>
  );
}
