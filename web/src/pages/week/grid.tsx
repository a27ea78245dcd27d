/** The week as columns: hours that are open, what can be booked, what stands, and now. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { clockText } from "../../booking/clock";
import { axisOf, boxesOf, holesOf, lanesOf, marksOf, yOf, yOfInstant } from "../../booking/grid";
import { MINUTE_MS, type Span, weekdayOf } from "../../booking/zone";
import { cityOf, dayText, timeIn, weekdayText } from "../../text/dates";
import { t } from "../../text/text";
import type { Week, WeekDay } from "../../wire/week";
import { Cursor } from "./cursor";
import type { Ground, Hand } from "./hand";
import type { Shown, ShownWeek } from "./shown";
import { labelOf, nameOf, noteOf, stateOf, timesOf } from "./words";

interface Props {
  week: Week;
  shown: ShownWeek;
  now: number;
  today: string;
  minutes: number;
  hand: Hand;
  onOpen(one: Shown): void;
}

export function groundOf(week: Week, shown: ShownWeek): Ground {
  const { days, step_min: stepMin, may_change: mayChange } = week;
  return { axis: axisOf(days), days, week: shown, stepMin: Math.min(stepMin, 30), mayChange };
}

const MORNING = 8 * 60;

export function WeekGrid(props: Props) {
  const { week, shown, hand, now } = props;
  const ground = useMemo(() => groundOf(week, shown), [week, shown]);
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [first] = shown.open;
  const opens = first && week.days[0] ? yOfInstant(ground.axis, dayOf(week, first), first.from) : 0;
  const top = first ? opens : yOf(ground.axis, MORNING);
  useEffect(() => {
    if (box.current) box.current.scrollTop = Math.max(0, top - 60);
  }, [week.days[0]?.day]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") hand.leave();
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [hand]);
  const by = (act: "down" | "move" | "up") => (event: PointerEvent) => {
    if (body.current) hand[act](body.current, event);
  };
  return (
    <div class="week-box card" ref={box} style={{ "--columns": week.days.length }}>
      <div class="week-days">
        <span class="week-zone tiny faint">{cityOf(week.zone)}</span>
        {week.days.map((one) => (
          <DayHead key={one.day} one={one} home={week.zone} today={props.today} />
        ))}
      </div>
      <div class="week-sheet" style={{ height: `${ground.axis.height}px` }}>
        <div class="week-hours num" aria-hidden="true">
          {marksOf(ground.axis).map((mark) => (
            <span key={`${mark.y}`} style={{ top: `${mark.y}px` }}>
              {clockText(mark.minute)}
              {mark.second && <b title={t("week-second-hour")}>{t("week-second-sign")}</b>}
            </span>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys have the cursor in it. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same. */}
        <div
          class="week-columns"
          ref={body}
          onPointerDown={by("down")}
          onPointerMove={by("move")}
          onPointerUp={by("up")}
          onPointerCancel={() => hand.leave()}
          onClick={(event) => body.current && hand.tap(body.current, event)}
        >
          {week.days.map((one) => (
            <Column key={one.day} one={one} ground={ground} {...props} />
          ))}
          <Cursor ground={ground} hand={hand} from={top} onOpen={props.onOpen} />
          <span class="vh">{now ? timeIn(week.zone, now) : ""}</span>
        </div>
      </div>
    </div>
  );
}

function dayOf(week: Week, span: Span): WeekDay {
  const found = week.days.find((one) => boxesOf(axisOf([one]), one, span.from, span.to).length);
  return found ?? (week.days[0] as WeekDay);
}

function DayHead({ one, home, today }: { one: WeekDay; home: string; today: string }) {
  const number = one.day.slice(-2).replace(/^0/, "");
  const isToday = one.day === today;
  return (
    <div class={isToday ? "week-day is-today" : "week-day"}>
      <span class="vh">{dayText(one.day)}</span>
      <span aria-hidden="true">{weekdayText(weekdayOf(one.day), "short")}</span>
      <b class="num" aria-hidden="true">
        {number}
      </b>
      {isToday && <span class="vh">{t("week-today")}</span>}
      {one.zone !== home && <span class="pill pill-accent">{cityOf(one.zone)}</span>}
      {one.is_away && <span class="pill">{one.why || t("week-away")}</span>}
    </div>
  );
}

/** Times that touch or overlap as one. */
function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else found.push({ ...span });
  }
  return found;
}

const px = (box: { top: number; height: number }) => ({
  top: `${box.top}px`,
  height: `${box.height}px`,
});

function Column({ one, ground, ...props }: Props & { one: WeekDay; ground: Ground }) {
  const { axis } = ground;
  const { shown } = props;
  const boxes = (spans: readonly Span[]) =>
    spans.flatMap((span) => boxesOf(axis, one, span.from, span.to));
  const here = shown.standing.filter((entry) => boxes([entry]).length > 0);
  const lanes = lanesOf(here);
  const ghost = props.hand.ghost.value;
  const length = props.minutes * MINUTE_MS;
  const starts = shown.free.map(({ at }) => ({ from: at, to: at + MINUTE_MS }));
  const free = joined(shown.free.map(({ at }) => ({ from: at, to: at + length })));
  const [line] = boxesOf(axis, one, props.now, props.now + MINUTE_MS);
  return (
    <div class="week-column">
      {boxes(shown.open).map((box) => (
        <i key={`o${box.top}`} class="week-open" style={px(box)} />
      ))}
      {boxes(free).map((box) => (
        <i key={`f${box.top}`} class="week-free" style={px(box)} />
      ))}
      {boxes(starts).map((box) => (
        <i key={`s${box.top}`} class="week-start" style={{ top: `${box.top}px` }} />
      ))}
      {boxes(shown.busy).map((box) => (
        <div key={`b${box.top}`} class="week-busy" style={px(box)}>
          {box.height >= 20 && <span>{t("week-busy")}</span>}
        </div>
      ))}
      {holesOf(axis, one).map((box) => (
        <i key={`h${box.top}`} class="week-hole" style={px(box)} title={t("week-hole")} />
      ))}
      {here.map((entry, n) => (
        <EntryButton
          key={entry.id}
          entry={entry}
          zone={one.zone}
          box={boxes([entry])[0] ?? { top: 0, height: 0 }}
          lane={lanes[n] ?? { lane: 0, of: 1 }}
          isHeld={ghost?.one?.id === entry.id}
          onPress={() => !props.hand.isEndOfDrag() && props.onOpen(entry)}
        />
      ))}
      {ghost &&
        boxes([ghost.plan]).map((box) => (
          <div key="ghost" class={`week-ghost is-${ghost.plan.verdict}`} style={px(box)}>
            <b class="num">{timesOf(one.zone, ghost.plan)}</b>
            {ghost.plan.verdict !== "free" && (
              <span>{t(`week-verdict-${ghost.plan.verdict}`)}</span>
            )}
          </div>
        ))}
      {line && <span class="week-now" style={{ top: `${line.top}px` }} />}
    </div>
  );
}

interface EntryProps {
  entry: Shown;
  zone: string;
  box: { top: number; height: number };
  lane: { lane: number; of: number };
  isHeld: boolean;
  onPress(): void;
}

function EntryButton({ entry, zone, box, lane, isHeld, onPress }: EntryProps) {
  const state = stateOf(entry);
  const look = ["week-entry", `is-${entry.kind}`];
  if (entry.people[0]?.state === "unconfirmed") look.push("is-unsure");
  if (isHeld) look.push("is-held");
  if (box.height < 36) look.push("is-low");
  return (
    <button
      type="button"
      class={look.join(" ")}
      data-entry={entry.id}
      style={{ ...px(box), "--lane": lane.lane, "--lanes": lane.of }}
      aria-label={labelOf(zone, entry)}
      data-tip={`${nameOf(entry)}, ${timesOf(zone, entry)}`}
      onClick={onPress}
    >
      <b>{nameOf(entry)}</b>
      <span>{state || noteOf(entry)}</span>
    </button>
  );
}
