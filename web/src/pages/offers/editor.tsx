/** One offer: what it is, how long, for how many, for what price, and what is asked first. */
import { useEffect, useState } from "preact/hooks";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button, ButtonLink } from "../../ui/button";
import { Field, FormFault, Segmented, Select, Switch } from "../../ui/field";
import { toast } from "../../ui/live";
import type { Offer, PayWhen } from "../../wire/booking";
import type { Problem } from "../../wire/http";
import { writeRules } from "../../wire/letter_words";
import { changeOffer, createOffer, listOffers } from "../../wire/offers";
import {
  type ConsentForm,
  listForms,
  type Organisation,
  type OrgHost,
} from "../../wire/organisations";
import { Loading } from "../frame";
import { LoadFault } from "../load_fault";
import { titleOf } from "../organisation/forms";
import { IntakeEditor } from "../organisation/intake_editor";
import { navigate } from "../router";
import { type Draft, draftOf, faultOf, givenOf, newDraft } from "./draft";
import { OwnHours } from "./own_hours";
import { OwnReminders, type OwnRules } from "./own_reminders";

const LENGTHS = [10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, 180, 240];
const PAUSES = [0, 5, 10, 15, 20, 30, 45, 60];
const SEATS = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 50, 100];
const CANCELS = [0, 2, 6, 12, 24, 48, 72, 168];

interface Props {
  org: Organisation;
  host: OrgHost;
  /** "new" for another one. */
  id: string;
}

export function OfferEditor({ org, host, id }: Props) {
  const isNew = id === "new";
  const [known, setKnown] = useState<Offer | null>(null);
  const [draft, setDraft] = useState<Draft | null>(isNew ? newDraft(org.currency) : null);
  const [fault, setFault] = useState<Problem | null>(null);
  const load = async () => {
    const result = await listOffers(host.id);
    setFault(result.ok ? null : result.error);
    const one = result.ok ? result.value.find((offer) => offer.id === id) : undefined;
    if (result.ok && !one) return navigate("/offers", { replace: true });
    if (!one) return;
    setKnown(one);
    setDraft(draftOf(one));
  };
  useEffect(() => {
    if (!isNew) void load();
  }, [id]);
  if (fault) return <LoadFault problem={fault} onAgain={() => void load()} />;
  if (!draft) return <Loading />;
  return <OfferForm org={org} host={host} known={known} draft={draft} onDraft={setDraft} />;
}

interface FormProps {
  org: Organisation;
  host: OrgHost;
  known: Offer | null;
  draft: Draft;
  onDraft(draft: Draft): void;
}

function OfferForm({ org, host, known, draft, onDraft }: FormProps) {
  const [busy, setBusy] = useState(false);
  const [isTried, setIsTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [rules, setRules] = useState<OwnRules>();
  const wrong = isTried ? faultOf(draft) : null;
  const change = (news: Partial<Draft>) => onDraft({ ...draft, ...news });
  const save = async () => {
    setIsTried(true);
    if (faultOf(draft)) return;
    setBusy(true);
    const given = givenOf(draft, known);
    const result = known ? await changeOffer(known.id, given) : await createOffer(host.id, given);
    const reminded =
      result.ok && rules !== undefined ? await writeRules(org.id, rules, result.value.id) : null;
    setBusy(false);
    if (!result.ok) return setProblem(result.error);
    toast(t("offer-saved", { name: result.value.name }));
    if (!reminded || reminded.ok) return navigate("/offers");
    if (known) return setProblem(reminded.error);
    // It is made: another press would make a second one.
    toast(refusalText(reminded.error.code, reminded.error.params));
    navigate(`/offers/${result.value.id}`);
  };
  return (
    <form
      class="card card-pad stack offer-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <h2>{known ? known.name : t("offer-new")}</h2>
      <Field
        label={t("offer-name")}
        value={draft.name}
        onValue={(name) => change({ name })}
        fault={wrong === "name" ? t("offer-name-missing") : null}
        maxLength={120}
        autocomplete="off"
        autofocus={!known}
      />
      <Field
        label={t("offer-about")}
        hint={t("offer-about-hint")}
        value={draft.about}
        onValue={(about) => change({ about })}
        maxLength={500}
        autocomplete="off"
      />
      <Lengths draft={draft} onChange={change} />
      <Price draft={draft} onChange={change} isWrong={wrong === "price"} />
      <OwnHours
        hostId={host.id}
        hours={draft.hours}
        onHours={(hours) => change({ hours })}
        isWrong={wrong === "hours"}
      />
      <Cancelling org={org} draft={draft} onChange={change} />
      <fieldset class="stack">
        <legend class="label">{t("offer-intake")}</legend>
        <IntakeEditor fields={draft.intake} onFields={(intake) => change({ intake })} />
      </fieldset>
      <Forms org={org} draft={draft} onChange={change} />
      {org.role === "admin" && (
        <OwnReminders orgId={org.id} offerId={known?.id ?? ""} rules={rules} onRules={setRules} />
      )}
      <Switch
        label={t("offer-can-be-booked")}
        checked={draft.isOn}
        onChange={(isOn) => change({ isOn })}
      />
      <FormFault>{problem && refusalText(problem.code, problem.params)}</FormFault>
      <div class="row row-wrap">
        <Button type="submit" look="primary" waiting={busy && t("week-saving")}>
          {t("week-save")}
        </Button>
        <ButtonLink look="quiet" href="/offers">
          {t("cancel")}
        </ButtonLink>
        {known?.is_on && (
          <ButtonLink look="quiet" icon="external" href={`/b/${org.slug}/${host.slug}/${known.id}`}>
            {t("week-page-open")}
          </ButtonLink>
        )}
      </div>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  onChange(news: Partial<Draft>): void;
}

const numbers = (list: readonly number[], present: number, text: (one: number) => string) =>
  [...new Set([...list, present])]
    .sort((a, b) => a - b)
    .map((one) => ({ value: String(one), label: text(one) }));
const minutes = (count: number) => t("offer-minutes", { count });

function Lengths({ draft, onChange }: PartProps) {
  const pause = (count: number) => (count ? minutes(count) : t("offer-pause-none"));
  return (
    <>
      <Segmented<Draft["kind"]>
        label={t("offer-kind")}
        options={[
          { value: "talk", label: t("offer-kind-talk"), icon: "person" },
          { value: "group", label: t("offer-kind-group"), icon: "people" },
        ]}
        value={draft.kind}
        onPick={(kind) => onChange({ kind })}
      />
      <div class="hours-bounds">
        <Select
          label={t("offer-length")}
          options={numbers(LENGTHS, draft.minutes, minutes)}
          value={String(draft.minutes)}
          onPick={(picked) => onChange({ minutes: Number(picked) })}
        />
        <Select
          label={t("offer-before")}
          options={numbers(PAUSES, draft.before, pause)}
          value={String(draft.before)}
          onPick={(picked) => onChange({ before: Number(picked) })}
        />
        <Select
          label={t("offer-after")}
          options={numbers(PAUSES, draft.after, pause)}
          value={String(draft.after)}
          onPick={(picked) => onChange({ after: Number(picked) })}
        />
        {draft.kind === "group" && (
          <Select
            label={t("offer-seats-label")}
            options={numbers(SEATS, draft.seats, (count) => t("offer-seats", { count }))}
            value={String(draft.seats)}
            onPick={(picked) => onChange({ seats: Number(picked) })}
          />
        )}
      </div>
    </>
  );
}

function Price({ draft, onChange, isWrong }: PartProps & { isWrong: boolean }) {
  return (
    <fieldset class="stack">
      <legend class="label">{t("offer-pay")}</legend>
      <Segmented<PayWhen>
        label={t("offer-pay")}
        options={[
          { value: "free", label: t("offer-free") },
          { value: "before", label: t("offer-pay-before") },
          { value: "after", label: t("offer-pay-after") },
        ]}
        value={draft.pay}
        onPick={(pay) => onChange({ pay })}
      />
      {draft.pay !== "free" && (
        <Field
          label={t("offer-price", { currency: draft.currency })}
          value={draft.price}
          onValue={(price) => onChange({ price })}
          fault={isWrong ? t("offer-price-wrong") : null}
          inputMode="numeric"
          autocomplete="off"
          maxLength={20}
        />
      )}
    </fieldset>
  );
}

function Cancelling({ org, draft, onChange }: PartProps & { org: Organisation }) {
  const hours = (count: number) =>
    count ? t("offer-cancel-hours", { count }) : t("offer-cancel-always");
  return (
    <Select
      label={t("offer-cancel")}
      options={[
        { value: "", label: t("offer-cancel-org", { rule: hours(org.terms.hours ?? 24) }) },
        ...numbers(CANCELS, draft.cancelHours ?? 24, hours),
      ]}
      value={draft.cancelHours === null ? "" : String(draft.cancelHours)}
      onPick={(picked) => onChange({ cancelHours: picked === "" ? null : Number(picked) })}
    />
  );
}

/** What is signed before; nothing while the organisation has no forms. */
function Forms({ org, draft, onChange }: PartProps & { org: Organisation }) {
  const [forms, setForms] = useState<readonly ConsentForm[]>([]);
  useEffect(() => {
    void listForms(org.id).then((result) => result.ok && setForms(result.value));
  }, [org.id]);
  const shown = forms.filter((one) => one.is_on || draft.formIds.includes(one.id));
  if (shown.length === 0) return null;
  const turn = (id: string, isAsked: boolean) =>
    onChange({
      formIds: isAsked ? [...draft.formIds, id] : draft.formIds.filter((one) => one !== id),
    });
  return (
    <fieldset class="stack" lang={language.value}>
      <legend class="label">{t("offer-forms")}</legend>
      {shown.map((one) => (
        <Switch
          key={one.id}
          label={titleOf(one.newest.texts)}
          checked={draft.formIds.includes(one.id)}
          onChange={(isAsked) => turn(one.id, isAsked)}
        />
      ))}
    </fieldset>
  );
}
