/** How soon, how far ahead and how often; and the zone the hours mean. */
import { t } from "../../text/text";
import { Select } from "../../ui/field";
import type { Bounds, Diary } from "../../wire/hours";
import { zoneOptions } from "../organisation/zones";

const NOTICES = [0, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];
const HORIZONS = [7, 14, 30, 60, 90, 180, 365];
const CAPS = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20];
const STEPS = [5, 10, 15, 20, 30, 60];

/** In hours or days. */
export function lengthText(minutes: number): string {
  if (minutes === 0) return t("hours-notice-none");
  if (minutes % 1440 === 0) return t("hours-in-days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return t("hours-in-hours", { count: minutes / 60 });
  return t("hours-in-minutes", { count: minutes });
}

interface Props {
  diary: Diary;
  onChange(news: Partial<Diary>): void;
}

export function BoundFields({ diary, onChange }: Props) {
  const { bounds } = diary;
  const pick = (name: keyof Bounds) => (value: string) =>
    onChange({ bounds: { ...bounds, [name]: Number(value) } });
  const options = (list: readonly number[], present: number, text: (one: number) => string) =>
    [...new Set([...list, present])]
      .sort((a, b) => a - b)
      .map((one) => ({ value: String(one), label: text(one) }));
  const cap = (count: number) => (count ? t("hours-cap-count", { count }) : t("hours-cap-none"));
  return (
    <section class="stack">
      <h2>{t("hours-bounds")}</h2>
      <div class="hours-bounds">
        <Select
          label={t("hours-notice")}
          options={options(NOTICES, bounds.notice_min, lengthText)}
          value={String(bounds.notice_min)}
          onPick={pick("notice_min")}
        />
        <Select
          label={t("hours-horizon")}
          options={options(HORIZONS, bounds.horizon_days, (count) => t("hours-in-days", { count }))}
          value={String(bounds.horizon_days)}
          onPick={pick("horizon_days")}
        />
        <Select
          label={t("hours-cap")}
          options={options(CAPS, bounds.daily_max, cap)}
          value={String(bounds.daily_max)}
          onPick={pick("daily_max")}
        />
        <Select
          label={t("hours-step")}
          options={options(STEPS, bounds.step_min, (count) => t("hours-in-minutes", { count }))}
          value={String(bounds.step_min)}
          onPick={pick("step_min")}
        />
        <Select
          label={t("hours-home-zone")}
          options={zoneOptions(diary.zone)}
          value={diary.zone}
          onPick={(zone) => onChange({ zone })}
        />
      </div>
      <p class="small" role="status">
        {t("hours-bounds-words", {
          notice: lengthText(bounds.notice_min),
          horizon: t("hours-in-days", { count: bounds.horizon_days }),
        })}
      </p>
    </section>
  );
}
