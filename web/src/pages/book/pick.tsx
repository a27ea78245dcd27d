/** Choosing a time: a month, the times of a day, and the zone they are shown in. */
import { useEffect, useRef, useState } from "preact/hooks";
import { addMonths, daysOf, monthOf, type Shown, windowOf } from "../../booking/month";
import { heardNow, serverNow } from "../../booking/now";
import { addDays, wallAt } from "../../booking/zone";
import { dayText, timeIn } from "../../text/dates";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import type { Window } from "../../wire/book_calls";
import type { FreeTimes } from "../../wire/booking";
import type { Problem, Reply } from "../../wire/http";
import { LoadFault } from "../load_fault";
import { Month } from "./month";
import { ZoneLine, zone } from "./zone_line";

const HORIZON_DAYS = 400;

interface Props {
  load(window: Window): Reply<FreeTimes>;
  hostZone: string;
  /** The word on the button beside the chosen time. */
  next: string;
  /** The chosen instant; kept when the zone changes. */
  at: string | null;
  /** While the choice is sent. */
  waiting?: string | null;
  onAt(at: string): void;
  onNext(at: string): void;
  /** Under a month with nothing free. */
  none?(month: string): preact.ComponentChildren;
}

interface Kept {
  answer: FreeTimes | null;
  problem: Problem | null;
}

/** The months of free times, each asked once; the neighbours when there is nothing else to do. */
function useFree(load: Props["load"], month: string) {
  const [kept, setKept] = useState<Record<string, Kept>>({});
  const asked = useRef(new Set<string>());
  const ask = async (one: string, again = false) => {
    const key = `${zone.peek()} ${one}`;
    if (asked.current.has(key) && !again) return;
    asked.current.add(key);
    const answer = await load(windowOf(zone.peek(), one));
    if (answer.ok) heardNow(answer.value.now);
    else asked.current.delete(key);
    const now: Kept = answer.ok
      ? { answer: answer.value, problem: null }
      : { answer: null, problem: answer.error };
    setKept((before) => ({ ...before, [key]: now }));
  };
  useEffect(() => {
    void ask(month);
    const timer = setTimeout(() => {
      if (month > monthOf(wallAt(zone.peek(), serverNow()).day)) void ask(addMonths(month, -1));
      void ask(addMonths(month, 1));
    }, 1500);
    return () => clearTimeout(timer);
  }, [month, zone.value]);
  return { of: kept[`${zone.value} ${month}`], again: () => void ask(month, true) };
}

export function Pick(props: Props) {
  const today = wallAt(zone.value, serverNow()).day;
  const [chosenMonth, setMonth] = useState<string | null>(null);
  const [chosenDay, setDay] = useState<string | null>(null);
  const picked = props.at ? wallAt(zone.value, Date.parse(props.at)).day : null;
  const month = chosenMonth ?? monthOf(picked ?? today);
  const { of, again } = useFree(props.load, month);
  const days = daysOf(zone.value, of?.answer?.free ?? []);
  const shownDay = chosenDay?.startsWith(month) ? chosenDay : picked;
  const day = shownDay?.startsWith(month) ? shownDay : ([...days.keys()][0] ?? null);
  const next = of?.answer?.next ?? null;
  // Nothing is free this month, and nobody has chosen it: begin where something is.
  useEffect(() => {
    if (next && !chosenMonth) setMonth(monthOf(wallAt(zone.value, Date.parse(next)).day));
  }, [next]);
  useEffect(() => {
    // The same moment may be another day in the new zone.
    setDay(null);
    if (props.at) setMonth(null);
  }, [zone.value]);
  return (
    <div class="pick-time">
      <div>
        <Month
          month={month}
          first={monthOf(today)}
          last={monthOf(addDays(today, HORIZON_DAYS))}
          days={days}
          today={today}
          day={day}
          waiting={of === undefined}
          onMonth={setMonth}
          onDay={setDay}
        />
        <ZoneLine hostZone={props.hostZone} />
      </div>
      {of?.problem ? (
        <LoadFault problem={of.problem} onAgain={again} />
      ) : (
        <Times
          {...props}
          day={day}
          times={(day && days.get(day)) || []}
          loading={of === undefined}
          empty={of !== undefined && days.size === 0}
          month={month}
          nextAt={next}
          onMonth={setMonth}
        />
      )}
    </div>
  );
}

interface TimesProps extends Props {
  day: string | null;
  times: readonly Shown[];
  loading: boolean;
  empty: boolean;
  month: string;
  nextAt: string | null;
  onMonth(month: string): void;
}

function Times(props: TimesProps) {
  const { day, times, nextAt } = props;
  if (props.loading)
    return (
      <div class="times" role="status">
        <p class="quiet">
          <span class="spin" /> {t("loading")}
        </p>
      </div>
    );
  if (props.empty)
    return (
      <div class="times" role="status">
        <p>{t("book-month-none")}</p>
        {nextAt && (
          <Button
            look="line"
            onClick={() => props.onMonth(monthOf(wallAt(zone.value, Date.parse(nextAt)).day))}
          >
            {t("book-next-free", { day: dayText(wallAt(zone.value, Date.parse(nextAt)).day) })}
          </Button>
        )}
        {props.none?.(props.month)}
      </div>
    );
  return (
    <section class="times" aria-label={day ? dayText(day) : undefined}>
      <h3 aria-live="polite">{day && dayText(day)}</h3>
      {times.map((one) => (
        <Time key={one.at} {...props} one={one} />
      ))}
    </section>
  );
}

function Time(props: TimesProps & { one: Shown }) {
  const { one, at, onAt, onNext, next, waiting } = props;
  const chosen = at === one.at;
  const time = (
    <button
      type="button"
      class="slot"
      aria-pressed={chosen}
      onClick={() => (chosen ? onNext(one.at) : onAt(one.at))}
    >
      <span class="num">{timeIn(zone.value, one.ms)}</span>
      {one.twin && (
        <small>{t(one.twin === "first" ? "book-twin-first" : "book-twin-second")}</small>
      )}
      {one.left > 1 && <small>{t("book-left", { count: one.left })}</small>}
    </button>
  );
  if (!chosen) return time;
  return (
    <div class="slot-pair">
      {time}
      <Button look="primary" waiting={waiting} onClick={() => onNext(one.at)}>
        {next}
      </Button>
    </div>
  );
}
