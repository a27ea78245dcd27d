/** Taking appointments in three answers: what, when, in which time zone. */
import { useState } from "preact/hooks";
import { zoneHere } from "../../booking/zone";
import { weekdayText } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { language, t } from "../../text/text";
import { Button } from "../../ui/button";
import { Field, FormFault, Segmented, Select } from "../../ui/field";
import { announce } from "../../ui/live";
import {
  createOrganisation,
  type FirstHours,
  type NewOrganisation,
  type Vertical,
} from "../../wire/organisations";
import { session } from "../account";
import { keepOrganisation } from "../desk/organisation";
import { zoneOptions } from "./zones";

const VERTICALS: readonly Vertical[] = ["education", "psychology", "health", "general"];
const LENGTHS = [15, 25, 30, 45, 50, 60, 90, 120] as const;
const WORKING = [0, 1, 2, 3, 4];

export function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Math.floor(Number(minutes) / 5) * 5;
}

function hoursOf(days: readonly number[], from: string, to: string): FirstHours[] {
  return days.map((weekday) => ({
    weekday,
    from_min: minutesOf(from),
    to_min: to === "00:00" ? 1440 : minutesOf(to),
  }));
}

export function Begin() {
  const [vertical, setVertical] = useState<Vertical>("education");
  const [offer, setOffer] = useState("");
  const [minutes, setMinutes] = useState(50);
  const [days, setDays] = useState<readonly number[]>(WORKING);
  const [from, setFrom] = useState("09:00");
  const [to, setTo] = useState("17:00");
  const [zone, setZone] = useState(zoneHere());
  const [name, setName] = useState(session.value?.account?.name ?? "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const begin = async () => {
    const asked: NewOrganisation = {
      name,
      vertical,
      zone,
      locale: language.value === "zh-CN" ? "zh-CN" : "en",
      currency: language.value === "zh-CN" ? "CNY" : "EUR",
      hours: hoursOf(days, from, to),
      offer: offer.trim() || t(`org-first-offer-${vertical}`),
      minutes,
    };
    setBusy(true);
    const result = await createOrganisation(asked);
    setBusy(false);
    if (!result.ok) return setFault(refusalText(result.error.code, result.error.params));
    keepOrganisation(result.value.organisation);
    announce(t("org-begun"));
  };
  return (
    <form
      class="card card-pad stack org-begin"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void begin();
      }}
    >
      <div>
        <h2>{t("org-begin")}</h2>
        <p class="quiet">{t("org-begin-note")}</p>
      </div>
      <fieldset class="stack">
        <legend class="label">{t("org-begin-what")}</legend>
        <Segmented<Vertical>
          label={t("org-vertical")}
          options={VERTICALS.map((one) => ({ value: one, label: t(`org-vertical-${one}`) }))}
          value={vertical}
          onPick={setVertical}
        />
        <Field
          label={t("org-first-offer")}
          value={offer}
          onValue={setOffer}
          placeholder={t(`org-first-offer-${vertical}`)}
          maxLength={120}
          autocomplete="off"
        />
        <Select
          label={t("org-length")}
          options={LENGTHS.map((one) => ({
            value: String(one),
            label: t("org-minutes", { count: one }),
          }))}
          value={String(minutes)}
          onPick={(picked) => setMinutes(Number(picked))}
        />
      </fieldset>
      <fieldset class="stack">
        <legend class="label">{t("org-begin-when")}</legend>
        <WeekDays days={days} onDays={setDays} />
        <div class="row">
          <TimeField label={t("org-from")} value={from} onValue={setFrom} />
          <TimeField label={t("org-to")} value={to} onValue={setTo} />
        </div>
      </fieldset>
      <fieldset class="stack">
        <legend class="label">{t("org-begin-where")}</legend>
        <Select label={t("org-zone")} options={zoneOptions(zone)} value={zone} onPick={setZone} />
        <Field
          label={t("org-name")}
          hint={t("org-name-hint")}
          value={name}
          onValue={setName}
          maxLength={120}
          autocomplete="organization"
          required
        />
      </fieldset>
      <FormFault>{fault}</FormFault>
      <Button type="submit" look="primary" size="large" waiting={busy && t("org-beginning")}>
        {t("org-begin")}
      </Button>
    </form>
  );
}

interface WeekDaysProps {
  days: readonly number[];
  onDays(days: readonly number[]): void;
}

/** Monday is 0. */
function WeekDays({ days, onDays }: WeekDaysProps) {
  const turn = (day: number) =>
    onDays(days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort());
  return (
    <div class="row row-wrap org-days">
      {[0, 1, 2, 3, 4, 5, 6].map((day) => (
        <label key={day} class="org-day">
          <input
            type="checkbox"
            class="vh"
            checked={days.includes(day)}
            onChange={() => turn(day)}
          />
          <span>{weekdayText(day)}</span>
        </label>
      ))}
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onValue(value: string): void;
}

function TimeField({ label, value, onValue }: TimeProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="time"
        class="input num"
        step={300}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        required
      />
    </label>
  );
}
