/** Weekly hours: a bar to paint on and times to type for each day, and copying a day to others. */
import { useRef, useState } from "preact/hooks";
import { clockText } from "../../booking/clock";
import { DAY_MIN } from "../../booking/zone";
import { weekdayText } from "../../text/dates";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import { announce } from "../../ui/live";
import { Menu } from "../../ui/menu";
import type { Hours } from "../../wire/hours";
import { TimeInput } from "../week/time_input";
import { endOf, nextPair, type Pair, painted, pairsOf, withDays } from "./model";

const STEP = 15;
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const WORKING = [0, 1, 2, 3, 4];

interface Props {
  hours: readonly Hours[];
  onHours(hours: Hours[]): void;
}

export function Weekly({ hours, onHours }: Props) {
  return (
    <div class="hours-week">
      {DAYS.map((weekday) => (
        <Day
          key={weekday}
          weekday={weekday}
          pairs={pairsOf(hours, weekday)}
          onPairs={(pairs, days = [weekday]) => onHours(withDays(hours, days, pairs))}
        />
      ))}
    </div>
  );
}

interface DayProps {
  weekday: number;
  pairs: readonly Pair[];
  onPairs(pairs: readonly Pair[], days?: readonly number[]): void;
}

function Day({ weekday, pairs, onPairs }: DayProps) {
  const name = weekdayText(weekday);
  const add = nextPair(pairs);
  const copy = (days: readonly number[]) => {
    onPairs(pairs, days);
    announce(t("hours-copied", { day: name }));
  };
  return (
    <fieldset class="hours-day">
      <legend class="vh">{name}</legend>
      <b aria-hidden="true">{name}</b>
      <Bar pairs={pairs} name={name} onPairs={(next) => onPairs(next)} />
      <div class="hours-pairs">
        {pairs.length === 0 && <span class="small quiet">{t("hours-closed")}</span>}
        {pairs.map((pair, at) => (
          <PairFields
            key={`${at}-${pairs.length}`}
            pair={pair}
            day={name}
            onPair={(next) => onPairs(next ? pairs.with(at, next) : pairs.toSpliced(at, 1))}
          />
        ))}
      </div>
      <div class="row hours-acts">
        {add && (
          <IconButton
            icon="plus"
            label={t("hours-add-to", { day: name })}
            onClick={() => onPairs([...pairs, add])}
          />
        )}
        <Menu
          label={t("hours-copy-of", { day: name })}
          icon="copy"
          items={[
            { label: t("hours-copy-working"), run: () => copy(WORKING) },
            { label: t("hours-copy-all"), run: () => copy(DAYS) },
            { heading: null },
            ...DAYS.filter((day) => day !== weekday).map((day) => ({
              label: t("hours-copy-to", { day: weekdayText(day) }),
              run: () => copy([day]),
            })),
          ]}
        />
      </div>
    </fieldset>
  );
}

interface PairProps {
  pair: Pair;
  day: string;
  onPair(pair: Pair | null): void;
}

/** Two times; an end that is not later is on the next day, which is said. */
export function PairFields({ pair, day, onPair }: PairProps) {
  const [from, to] = pair;
  const type = (which: "from" | "to", minute: number) => {
    if (which === "to") onPair([from, endOf(from, minute)]);
    else if (minute < DAY_MIN) onPair([minute, endOf(minute, to % DAY_MIN)]);
  };
  return (
    <span class="hours-pair">
      <TimeInput
        label={t("hours-from-of", { day })}
        minute={from}
        onMinute={(minute) => type("from", minute)}
      />
      <span aria-hidden="true">–</span>
      <TimeInput
        label={t("hours-to-of", { day })}
        minute={to}
        onMinute={(minute) => type("to", minute)}
      />
      {to > DAY_MIN && <span class="tiny quiet">{t("hours-next-day")}</span>}
      <IconButton
        icon="close"
        label={t("hours-remove-of", { day, from: clockText(from), to: clockText(to) })}
        onClick={() => onPair(null)}
      />
    </span>
  );
}

interface BarProps {
  pairs: readonly Pair[];
  name: string;
  onPairs(pairs: readonly Pair[]): void;
}

/** A day as a bar: a stroke opens, a stroke that begins on open time closes. The fields beside it
 * do the same for the keyboard. */
function Bar({ pairs, name, onPairs }: BarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [stroke, setStroke] = useState<{ began: number; now: number } | null>(null);
  const minuteAt = (event: PointerEvent): number => {
    const box = bar.current?.getBoundingClientRect();
    if (!box) return 0;
    const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.9999);
    return Math.floor((part * DAY_MIN) / STEP) * STEP;
  };
  const shown = stroke ? painted(pairs, stroke.began, stroke.now, STEP) : pairs;
  return (
    <div
      ref={bar}
      class="hours-bar"
      data-bar={name}
      aria-hidden="true"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        bar.current?.setPointerCapture(event.pointerId);
        const at = minuteAt(event);
        setStroke({ began: at, now: at });
      }}
      onPointerMove={(event) => {
        if (stroke) setStroke({ ...stroke, now: minuteAt(event) });
      }}
      onPointerUp={() => {
        if (stroke) onPairs(shown);
        setStroke(null);
      }}
      onPointerCancel={() => setStroke(null)}
    >
      {shown.map(([from, to]) => (
        <i
          key={from}
          style={{
            left: `${(from / DAY_MIN) * 100}%`,
            width: `${((Math.min(to, DAY_MIN) - from) / DAY_MIN) * 100}%`,
          }}
        />
      ))}
      {stroke && (
        <span class="num tiny">
          {clockText(Math.min(stroke.began, stroke.now))} –{" "}
          {clockText(Math.max(stroke.began, stroke.now) + STEP)}
        </span>
      )}
    </div>
  );
}
