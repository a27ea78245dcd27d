/** What would result: the free times of some days, and what takes the others away. */
import { addDays, spansOf } from "../../booking/zone";
import { cityOf, dayText, timeIn, weekdayText } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { Select } from "../../ui/field";
import type { Diary, Oversight, PreviewStart, WhyGone } from "../../wire/hours";
import { type HoursStore, PREVIEW_DAYS } from "./store";

const SHOWN = 10;
const WHYS: readonly WhyGone[] = ["taken", "busy", "pause", "full", "cap", "early", "far"];

/** The zone of a day in a draft. */
export function zoneOn(diary: Diary, day: string): string {
  return diary.stays.find((one) => one.from_day <= day && day <= one.to_day)?.zone ?? diary.zone;
}

export function PreviewCard({ store }: { store: HoursStore }) {
  const { value: preview } = store.preview;
  const { value: draft } = store.draft;
  const fault = store.tryFault.value;
  if (!draft) return null;
  const days = Array.from({ length: PREVIEW_DAYS }, (_, n) => addDays(store.first.value, n));
  return (
    <aside class="card card-pad stack hours-preview" aria-label={t("hours-preview")}>
      <div class="row">
        <h2 class="grow">{t("hours-preview")}</h2>
        <IconButton icon="left" label={t("week-earlier")} onClick={() => store.go(-PREVIEW_DAYS)} />
        <IconButton icon="right" label={t("week-later")} onClick={() => store.go(PREVIEW_DAYS)} />
      </div>
      {store.offers.value.length > 0 && (
        <Select
          label={t("week-free-for")}
          options={store.offers.value.map((one) => ({ value: one.id, label: one.name }))}
          value={store.offer.value}
          onPick={(id) => store.pick(id)}
        />
      )}
      {fault && (
        <p class="small" role="alert">
          {refusalText(fault.code, fault.params)}
        </p>
      )}
      <div class={store.isTrying.value ? "stack is-old" : "stack"} aria-busy={store.isTrying.value}>
        {days.map((day) => (
          <DayOf
            key={day}
            day={day}
            zone={zoneOn(draft, day)}
            home={draft.zone}
            starts={preview?.starts ?? []}
          />
        ))}
      </div>
      <p class="tiny quiet">{t("week-seen-zone", { city: cityOf(draft.zone) })}</p>
    </aside>
  );
}

interface DayProps {
  day: string;
  zone: string;
  home: string;
  starts: readonly PreviewStart[];
}

function DayOf({ day, zone, home, starts }: DayProps) {
  const spans = spansOf(zone, day);
  const here = starts
    .map((one) => ({ ...one, from: Date.parse(one.at) }))
    .filter(({ from }) => spans.some((span) => span.from <= from && from < span.to));
  const free = here.filter((one) => one.why === "");
  return (
    <div class="hours-preview-day">
      <h3>
        {dayText(day)}
        {zone !== home && <span class="pill pill-accent">{cityOf(zone)}</span>}
      </h3>
      {free.length === 0 && <p class="tiny quiet">{t("hours-none-free")}</p>}
      <div class="chips">
        {free.slice(0, SHOWN).map((one) => (
          <span key={one.at} class="pill pill-accent num">
            {timeIn(zone, one.from)}
          </span>
        ))}
        {free.length > SHOWN && (
          <span class="tiny quiet">{t("week-seen-more", { count: free.length - SHOWN })}</span>
        )}
      </div>
      <Gone starts={here} zone={zone} />
    </div>
  );
}

/** The others by what takes them, with the calendar that does. */
function Gone({
  starts,
  zone,
}: {
  starts: readonly (PreviewStart & { from: number })[];
  zone: string;
}) {
  const lines = WHYS.flatMap((why) => {
    const gone = starts.filter((one) => one.why === why);
    const [first] = gone;
    if (!first) return [];
    const args = {
      count: gone.length,
      time: timeIn(zone, first.from),
      calendar: first.calendar || t("hours-other-calendar"),
    };
    return [{ why, text: t(`hours-gone-${why}`, args) }];
  });
  return (
    <>
      {lines.map(({ why, text }) => (
        <p key={why} class="tiny quiet">
          {text}
        </p>
      ))}
    </>
  );
}

/** What may not be meant, in sentences. */
export function Problems({ list, diary }: { list: readonly Oversight[]; diary: Diary }) {
  if (list.length === 0) return null;
  return (
    <ul class="banner banner-signal hours-problems" aria-label={t("hours-problems")}>
      {list.map((one) => (
        <li key={`${one.kind} ${one.field} ${one.line} ${one.day}`}>{problemText(one, diary)}</li>
      ))}
    </ul>
  );
}

function problemText(one: Oversight, diary: Diary): string {
  if (one.kind === "clock")
    return t(one.minutes > 0 ? "hours-problem-longer" : "hours-problem-shorter", {
      day: dayText(one.day),
      count: Math.abs(one.minutes),
    });
  const line = one.field === "hours" ? diary.hours[one.line - 1] : undefined;
  const where = line ? weekdayText(line.weekday) : (diary.specials[one.line - 1]?.day ?? "");
  const shown = where.includes("-") ? dayText(where) : where;
  return t(`hours-problem-${one.kind}`, { where: shown });
}
