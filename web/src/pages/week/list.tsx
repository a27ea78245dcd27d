/** The same as lists of days, for narrow windows. */
import { boxesOf } from "../../booking/grid";
import { spansOf } from "../../booking/zone";
import { cityOf, dayText, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import type { Week, WeekDay } from "../../wire/week";
import type { Shown, ShownWeek } from "./shown";
import { nameOf, noteOf, stateOf, timesOf } from "./words";

interface Props {
  week: Week;
  shown: ShownWeek;
  today: string;
  onOpen(one: Shown): void;
  onFree(at: number): void;
}

export function WeekList(props: Props) {
  return (
    <div class="week-list">
      {props.week.days.map((one) => (
        <Day key={one.day} one={one} {...props} />
      ))}
    </div>
  );
}

const FREE_SHOWN = 8;

function Day({ one, week, shown, today, onOpen, onFree }: Props & { one: WeekDay }) {
  const spans = spansOf(one.zone, one.day);
  const begins = (at: number) => spans.some((span) => span.from <= at && at < span.to);
  const axis = { again: [], height: 0 };
  const here = shown.standing.filter(
    (entry) => boxesOf(axis, one, entry.from, entry.to).length > 0,
  );
  const free = shown.free.filter(({ at }) => begins(at));
  return (
    <section class="card card-pad stack">
      <h2>
        {dayText(one.day)}
        {one.day === today && <span class="pill pill-accent">{t("week-today")}</span>}
        {one.zone !== week.zone && <span class="pill">{cityOf(one.zone)}</span>}
        {one.is_away && <span class="pill">{one.why || t("week-away")}</span>}
      </h2>
      {here.length === 0 && <p class="small quiet">{t("week-day-empty")}</p>}
      {here.length > 0 && (
        <ul class="rows">
          {here.map((entry) => (
            <li key={entry.id}>
              <button
                type="button"
                class={`week-line is-${entry.kind}`}
                onClick={() => onOpen(entry)}
              >
                <span class="num">{timesOf(one.zone, entry)}</span>
                <b>{nameOf(entry)}</b>
                <span class="small quiet">{stateOf(entry) || noteOf(entry)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {free.length > 0 && (
        <div>
          <p class="small quiet">{t("week-free-here", { count: free.length })}</p>
          <div class="chips">
            {free.slice(0, FREE_SHOWN).map(({ at }) => (
              <Button key={at} look="line" size="small" onClick={() => onFree(at)}>
                {timeIn(one.zone, at)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
