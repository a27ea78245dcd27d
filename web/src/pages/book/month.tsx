/** A month of days: those with free times can be pressed; arrow keys walk through all of them. */
import { useRef } from "preact/hooks";
import { addMonths, dayByKey, type Shown, weeksOf } from "../../booking/month";
import { dayText, monthText, weekdayText } from "../../text/dates";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";

interface Props {
  month: string;
  /** The months that may be shown. */
  first: string;
  last: string;
  days: ReadonlyMap<string, readonly Shown[]>;
  today: string;
  day: string | null;
  waiting: boolean;
  onMonth(month: string): void;
  onDay(day: string): void;
}

export function Month(props: Props) {
  const grid = useRef<HTMLTableElement>(null);
  const stop = props.day?.startsWith(props.month)
    ? props.day
    : ([...props.days.keys()].find((day) => day.startsWith(props.month)) ?? `${props.month}-01`);
  const focus = (day: string) =>
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  const turn = (by: number) => {
    const to = addMonths(props.month, by);
    if (to >= props.first && to <= props.last) props.onMonth(to);
  };
  const onKey = (event: KeyboardEvent) => {
    const day = event.target instanceof HTMLElement ? event.target.dataset.day : undefined;
    if (!day) return;
    const to = dayByKey(event.key, day);
    if (to) focus(to);
    else if (event.key === "PageDown") turn(1);
    else if (event.key === "PageUp") turn(-1);
    else return;
    event.preventDefault();
  };
  return (
    <div class="month" aria-busy={props.waiting}>
      <div class="month-head">
        <h2 aria-live="polite">{monthText(`${props.month}-01`)}</h2>
        <IconButton
          label={t("book-month-before")}
          icon="left"
          disabled={props.month <= props.first}
          onClick={() => turn(-1)}
        />
        <IconButton
          label={t("book-month-after")}
          icon="right"
          disabled={props.month >= props.last}
          onClick={() => turn(1)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with the keys of a grid. */}
      <table ref={grid} role="grid" aria-label={monthText(`${props.month}-01`)} onKeyDown={onKey}>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((weekday) => (
              <th key={weekday} scope="col">
                <abbr title={weekdayText(weekday)}>{weekdayText(weekday, "short")}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(props.month).map((week, n) => (
            <tr key={week.find(Boolean) ?? n}>
              {week.map((day, at) => (
                <td key={at}>{day && <Day {...props} one={day} isStop={day === stop} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day(props: Props & { one: string; isStop: boolean }) {
  const { one, days, day, today, isStop, onDay } = props;
  const count = days.get(one)?.length ?? 0;
  const classes = ["day", count > 0 && "is-free", one === today && "is-today"];
  const free = count > 0 ? t("book-day-free", { count }) : t("book-day-none");
  return (
    <button
      type="button"
      class={classes.filter(Boolean).join(" ")}
      data-day={one}
      tabIndex={isStop ? 0 : -1}
      aria-label={`${dayText(one)}, ${free}`}
      aria-disabled={count === 0 || undefined}
      aria-pressed={count > 0 ? one === day : undefined}
      onClick={count > 0 ? () => onDay(one) : undefined}
    >
      {Number(one.slice(8))}
    </button>
  );
}
