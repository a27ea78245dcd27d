/** How often it is repeated, and each date that would come of it. */
import { dayIn, timeIn } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Select } from "../../ui/field";
import { Icon } from "../../ui/icon";
import type { SeriesAnswer } from "../../wire/booking";
import type { Every } from "../../wire/week";

export interface Repeat {
  every: Every | "";
  count: number;
}

export const ONCE: Repeat = { every: "", count: 8 };
const EVERY: readonly Every[] = ["week", "2 weeks", "day"];
const KEYS: Record<Every, string> = {
  week: "week-every-week",
  "2 weeks": "week-every-two",
  day: "week-every-day",
};
const COUNTS = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 26, 40, 52];

interface Props {
  value: Repeat;
  onValue(value: Repeat): void;
  /** A timetable always repeats, or is a single lesson. */
  onceLabel: string;
}

export function RepeatFields({ value, onValue, onceLabel }: Props) {
  return (
    <div class="week-when">
      <Select
        label={t("week-repeat")}
        options={[
          { value: "", label: onceLabel },
          ...EVERY.map((every) => ({ value: every, label: t(KEYS[every]) })),
        ]}
        value={value.every}
        onPick={(every) => onValue({ ...value, every: every as Repeat["every"] })}
      />
      {value.every && (
        <Select
          label={t("week-times")}
          options={COUNTS.map((count) => ({
            value: String(count),
            label: t("week-times-count", { count }),
          }))}
          value={String(value.count)}
          onPick={(count) => onValue({ ...value, count: Number(count) })}
        />
      )}
    </div>
  );
}

interface DatesProps {
  zone: string;
  answer: SeriesAnswer;
}

/** Those that can be, and those that cannot and why, in their order. */
export function Dates({ zone, answer }: DatesProps) {
  const lines = [
    ...answer.made.map(({ at }) => ({ at: Date.parse(at), code: "" })),
    ...answer.refused.map(({ at, code }) => ({ at: Date.parse(at), code })),
  ].sort((a, b) => a.at - b.at);
  return (
    <ul class="week-dates small" aria-label={t("week-dates")}>
      {lines.map(({ at, code }) => (
        <li key={at} class={code ? "is-refused" : undefined}>
          <Icon name={code ? "close" : "check"} />
          <span class="num">
            {t("week-chip", { day: dayIn(zone, at, "short"), time: timeIn(zone, at) })}
          </span>
          {code && <span>{refusalText(code)}</span>}
        </li>
      ))}
    </ul>
  );
}
