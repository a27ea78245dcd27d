/** The third step: who comes, what is asked before, and the press that books. */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Draft, dropDraft, keepDraft, keptDraft, pressed } from "../../booking/draft";
import { among } from "../../text/among";
import { dayIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault } from "../../ui/field";
import { announce } from "../../ui/live";
import { book, remind } from "../../wire/book_calls";
import type { Booked, HostPage, OfferOpen } from "../../wire/booking";
import { readOfferForms, type ToSign } from "../../wire/forms";
import type { Problem } from "../../wire/http";
import { Confirm } from "./confirm";
import { wallTime } from "./facts";
import { Gone, isGone } from "./gone";
import { Intake, unanswered } from "./intake";
import { justBooked } from "./just_booked";
import { go } from "./place";
import { SignForms } from "./sign";
import { useTrap } from "./trap";
import { Voucher } from "./voucher";
import { zone } from "./zone_line";

interface Props {
  page: HostPage;
  offer: OfferOpen;
  at: string;
  /** Where the times are. */
  back: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function Details(props: Props) {
  const { page, offer, at } = props;
  const [org, host] = [page.organisation.slug, page.host.slug];
  const [draft, setDraft] = useState(() => keptDraft(org, host));
  const [unconfirmed, setUnconfirmed] = useState<Booked | null>(null);
  const change = (news: Partial<Draft>) => {
    const next = { ...draft, ...news };
    setDraft(next);
    keepDraft(org, host, next);
  };
  const done = (booked: Booked) => {
    if (!booked.booking) {
      setUnconfirmed(booked);
      return;
    }
    dropDraft(org, host, draft);
    justBooked.value = booked.booking;
    announce(t("book-done-title"));
    go(booked.booking.link, { replace: true });
    scrollTo(0, 0);
  };
  if (unconfirmed) return <Confirm booked={unconfirmed} email={draft.email} onDone={done} />;
  return <Form {...props} key={offer.id} at={at} draft={draft} onDraft={change} onDone={done} />;
}

interface FormProps extends Props {
  draft: Draft;
  onDraft(news: Partial<Draft>): void;
  onDone(booked: Booked): void;
}

function faultsOf(draft: Draft, offer: OfferOpen) {
  const email = draft.email.trim();
  return {
    name: draft.name.trim() ? null : t("field-name-missing"),
    email: !email ? t("field-email-missing") : EMAIL.test(email) ? null : t("book-email-wrong"),
    missing: new Set(unanswered(offer.intake, draft.intake).map(({ label }) => label)),
  };
}

function Form({ page, offer, at, back, draft, onDraft, onDone }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const trap = useTrap();
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [reminders, setReminders] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const forms = useForms(offer);
  const unsigned = forms.some((form) => !draft.agreed.includes(form.version_id));
  const faults = faultsOf(draft, offer);
  const asked = problem?.code === "booking.intake" ? String(problem.params.field ?? "") : "";
  const missing = tried ? faults.missing : new Set<string>();
  useEffect(() => setProblem(null), [at]);
  const send = async () => {
    setTried(true);
    if (faults.name || faults.email || faults.missing.size > 0 || unsigned) {
      focusFirstFault(form.current);
      return;
    }
    const press = pressed(draft, offer.id, at);
    onDraft(press);
    setSending(true);
    setProblem(null);
    const answer = await book(page.organisation.slug, page.host.slug, {
      offer_id: offer.id,
      at,
      name: draft.name,
      email: draft.email,
      zone: zone.value,
      locale: language.value,
      intake: draft.intake,
      once: press.once,
      ...trap.told(),
      ...(draft.voucher.trim() ? { voucher: draft.voucher.trim() } : {}),
      agreed: forms.map((form) => form.version_id),
    });
    setSending(false);
    if (!answer.ok) setProblem(answer.error);
    else {
      const { id, token } = answer.value;
      if (!reminders && token) void remind({ id, token }, false);
      onDone(answer.value);
    }
  };
  const day = dayIn(zone.value, Date.parse(at), "short");
  const isLost = problem?.code.startsWith("network.");
  return (
    <>
      <h2>{t("book-details-title")}</h2>
      <form
        ref={form}
        class="book-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div class="two">
          <Field
            label={t("field-name")}
            value={draft.name}
            autocomplete="name"
            maxLength={60}
            fault={tried ? faults.name : null}
            onValue={(name) => onDraft({ name })}
          />
          <Field
            label={t("field-email")}
            type="email"
            inputMode="email"
            value={draft.email}
            autocomplete="email"
            maxLength={254}
            fault={tried ? faults.email : null}
            onValue={(email) => onDraft({ email })}
          />
        </div>
        <Intake
          fields={offer.intake}
          answers={draft.intake}
          missing={asked ? new Set([...missing, asked]) : missing}
          onAnswer={(id, answer) => {
            const { [id]: _, ...others } = draft.intake;
            onDraft({ intake: answer === undefined ? others : { ...others, [id]: answer } });
          }}
        />
        <SignForms
          forms={forms}
          agreed={draft.agreed}
          missing={tried}
          onAgreed={(agreed) => onDraft({ agreed })}
        />
        {offer.price > 0 && offer.pay !== "free" && (
          <Voucher
            org={page.organisation.slug}
            offerId={offer.id}
            value={draft.voucher}
            onValue={(voucher) => onDraft({ voucher })}
          />
        )}
        <label class="check-row">
          <input
            type="checkbox"
            checked={reminders}
            onChange={(event) => setReminders(event.currentTarget.checked)}
          />
          <span>{t("book-reminders")}</span>
        </label>
        {trap.field}
        {problem && isGone(problem) ? (
          <Gone problem={problem} offer={offer} back={back} />
        ) : (
          <FormFault>
            {problem && (isLost ? t("book-not-sent") : refusalText(problem.code, problem.params))}
          </FormFault>
        )}
        <div class="book-acts">
          <ButtonLink look="quiet" href={back}>
            {t("book-back")}
          </ButtonLink>
          {!(problem && isGone(problem)) && (
            <Button
              type="submit"
              look="primary"
              size="large"
              waiting={sending && t("book-sending")}
            >
              {t("book-press", { when: `${day}, ${wallTime(Date.parse(at))}` })}
            </Button>
          )}
        </div>
        <p class="field-hint">{t("book-privacy", { name: among(page.organisation.name) })}</p>
      </form>
    </>
  );
}

/** What is signed with this offer; a text that has changed since is read again. */
function useForms(offer: OfferOpen): readonly ToSign[] {
  const [forms, setForms] = useState<readonly ToSign[]>([]);
  useEffect(() => {
    if (offer.form_ids.length === 0) return;
    void readOfferForms(offer.id).then((answer) => answer.ok && setForms(answer.value));
  }, [offer.id]);
  return forms;
}

function focusFirstFault(form: HTMLFormElement | null): void {
  // The faults are drawn by now or in the next moment.
  setTimeout(() => {
    const first = form?.querySelector<HTMLElement>("[aria-invalid=true], .field-fault");
    const target = first?.matches("input, textarea")
      ? first
      : first?.closest<HTMLElement>(".field");
    target?.focus();
  }, 30);
}
