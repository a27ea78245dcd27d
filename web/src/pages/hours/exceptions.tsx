/** Single days with other hours, holidays, and journeys: each with what it does in words. */
import { useId, useState } from "preact/hooks";
import { clockText } from "../../booking/clock";
import { addDays } from "../../booking/zone";
import { cityOf, dayText } from "../../text/dates";
import { t } from "../../text/text";
import { Button, IconButton } from "../../ui/button";
import { DayField } from "../../ui/day_field";
import { Field, Select } from "../../ui/field";
import type { Away, Diary, Special, Stay } from "../../wire/hours";
import { zoneOptions } from "../organisation/zones";
import { isDay, type Pair, pastedDays } from "./model";
import { PairFields } from "./weekly";

interface Props {
  diary: Diary;
  today: string;
  onChange(news: Partial<Diary>): void;
}

const daysText = (from: string, to: string) =>
  from === to ? dayText(from) : t("hours-days", { from: dayText(from), to: dayText(to) });

export function Exceptions({ diary, today, onChange }: Props) {
  const { specials } = diary;
  const put = (list: Special[]) => onChange({ specials: list });
  const [day, setDay] = useState(addDays(today, 1));
  const add = (hours: [number, number][]) => {
    if (!isDay(day)) return;
    put([...specials.filter((one) => one.day !== day), { day, hours }]);
  };
  return (
    <section class="stack">
      <h2>{t("hours-specials")}</h2>
      <p class="small quiet">{t("hours-specials-note")}</p>
      <ul class="rows">
        {specials.map((one, at) => (
          <li key={one.day}>
            <div class="grow">
              <b>{dayText(one.day, "whole")}</b>
              {one.hours.length === 0 && <span class="small">{t("hours-special-closed")}</span>}
              {one.hours.map((pair, n) => (
                <PairFields
                  key={`${n}-${one.hours.length}`}
                  pair={pair}
                  day={dayText(one.day)}
                  onPair={(next) => put(specials.with(at, withPair(one, n, next)))}
                />
              ))}
            </div>
            <IconButton
              icon="trash"
              label={t("hours-special-remove", { day: dayText(one.day) })}
              onClick={() => put(specials.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ul>
      <div class="hours-add">
        <DayField label={t("hours-special-day")} value={day} onValue={setDay} />
        <Button look="line" onClick={() => add([])}>
          {t("hours-special-close")}
        </Button>
        <Button look="line" onClick={() => add([[540, 720]])}>
          {t("hours-special-open")}
        </Button>
      </div>
    </section>
  );
}

function withPair(one: Special, n: number, pair: Pair | null): Special {
  const own: [number, number] | null = pair ? [pair[0], pair[1]] : null;
  return { ...one, hours: own ? one.hours.with(n, own) : one.hours.toSpliced(n, 1) };
}

export function Holidays({ diary, today, onChange }: Props) {
  const { away } = diary;
  const [from, setFrom] = useState(addDays(today, 7));
  const [to, setTo] = useState(addDays(today, 7));
  const [why, setWhy] = useState("");
  const [pasted, setPasted] = useState<string | null>(null);
  const found = pasted === null ? null : pastedDays(pasted);
  const put = (list: Away[]) => onChange({ away: list });
  return (
    <section class="stack">
      <h2>{t("hours-away")}</h2>
      <p class="small quiet">{t("hours-away-note")}</p>
      <ul class="rows">
        {away.map((one, at) => (
          <li key={`${one.from_day} ${one.to_day}`}>
            <div class="grow">
              <b>{daysText(one.from_day, one.to_day)}</b>
              {one.why && <span class="small quiet">{one.why}</span>}
            </div>
            <IconButton
              icon="trash"
              label={t("hours-away-remove", { days: daysText(one.from_day, one.to_day) })}
              onClick={() => put(away.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ul>
      <div class="hours-add">
        <DayField label={t("hours-first-day")} value={from} onValue={setFrom} />
        <DayField label={t("hours-last-day")} value={to} min={from} onValue={setTo} />
        <Field label={t("hours-why")} value={why} onValue={setWhy} maxLength={120} />
        <Button
          look="line"
          disabled={!isDay(from) || !isDay(to) || to < from}
          onClick={() => {
            put([...away, { from_day: from, to_day: to, why: why.trim() }]);
            setWhy("");
          }}
        >
          {t("hours-away-add")}
        </Button>
      </div>
      {found === null ? (
        <Button look="quiet" onClick={() => setPasted("")}>
          {t("hours-paste")}
        </Button>
      ) : (
        <Pasted
          text={pasted ?? ""}
          onText={setPasted}
          count={found.away.length}
          wrong={found.wrong}
          onTake={() => {
            put([...away, ...found.away]);
            setPasted(null);
          }}
        />
      )}
    </section>
  );
}

interface PastedProps {
  text: string;
  onText(text: string): void;
  count: number;
  wrong: readonly string[];
  onTake(): void;
}

function Pasted({ text, onText, count, wrong, onTake }: PastedProps) {
  const id = useId();
  return (
    <div class="stack">
      <div class="field">
        <label for={id}>{t("hours-paste-label")}</label>
        <textarea
          id={id}
          class="input"
          value={text}
          placeholder="2027-12-24 2027-12-26"
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      {wrong.length > 0 && (
        <p class="small" role="status">
          {t("hours-paste-wrong", { line: wrong[0] ?? "" })}
        </p>
      )}
      <Button look="line" disabled={count === 0} onClick={onTake}>
        {t("hours-paste-take", { count })}
      </Button>
    </div>
  );
}

export function Journeys({ diary, today, onChange }: Props) {
  const { stays } = diary;
  const [from, setFrom] = useState(addDays(today, 7));
  const [to, setTo] = useState(addDays(today, 10));
  const [zone, setZone] = useState(diary.zone);
  const put = (list: Stay[]) => onChange({ stays: list });
  return (
    <section class="stack">
      <h2>{t("hours-stays")}</h2>
      <p class="small quiet">{t("hours-stays-note", { city: cityOf(diary.zone) })}</p>
      <ul class="rows">
        {stays.map((one, at) => (
          <li key={`${one.from_day} ${one.zone}`}>
            <div class="grow">
              <b>{cityOf(one.zone)}</b>
              <span class="small quiet">{daysText(one.from_day, one.to_day)}</span>
              <Meaning hours={diary.hours[0]} zone={one.zone} />
            </div>
            <IconButton
              icon="trash"
              label={t("hours-stay-remove", { city: cityOf(one.zone) })}
              onClick={() => put(stays.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ul>
      <div class="hours-add">
        <DayField label={t("hours-first-day")} value={from} onValue={setFrom} />
        <DayField label={t("hours-last-day")} value={to} min={from} onValue={setTo} />
        <Select label={t("hours-zone")} options={zoneOptions(zone)} value={zone} onPick={setZone} />
        <Button
          look="line"
          disabled={!isDay(from) || !isDay(to) || to < from || zone === diary.zone}
          onClick={() => put([...stays, { from_day: from, to_day: to, zone }])}
        >
          {t("hours-stay-add")}
        </Button>
      </div>
    </section>
  );
}

/** What hours mean on a journey, by the first of them. */
function Meaning({ hours, zone }: { hours: Diary["hours"][number] | undefined; zone: string }) {
  if (!hours) return null;
  return (
    <span class="small">
      {t("hours-stay-means", { time: clockText(hours.from_min), city: cityOf(zone) })}
    </span>
  );
}
