/** What would come of a drag in the week, before anybody is asked and nothing is sent. */
import { MINUTE_MS, type Span } from "./zone";

/** What stands in the week; with its pauses it is busy. */
export interface Standing extends Span {
  id: string;
  kind: string;
  state: string;
  busy: Span;
  people: readonly { state: string }[];
}

export interface WeekTimes {
  now: number;
  standing: readonly Standing[];
  /** Other calendars. */
  busy: readonly Span[];
  open: readonly Span[];
}

/**
 * `free` can be done; `outside` hours or over other calendars (`busy`) whoever keeps the calendar
 * may do anyway; `taken` and `past` nobody may; `same` changes nothing.
 */
export type Verdict = "free" | "outside" | "busy" | "taken" | "past" | "same";

export interface Plan extends Span {
  verdict: Verdict;
}

const meet = (a: Span, b: Span) => a.from < b.to && b.from < a.to;
const within = (a: Span, b: Span) => b.from <= a.from && a.to <= b.to;
const MOVABLE = ["booked", "unpaid"];

/** Whether it can be dragged: a block, or what exactly one person comes to. */
export function mayDrag(one: Standing): boolean {
  if (one.state !== "open") return false;
  if (one.kind === "block") return true;
  const [first] = one.people;
  return one.people.length === 1 && first !== undefined && MOVABLE.includes(first.state);
}

/** Moving it so that it begins at `start`; its pauses go with it. */
export function planMove(week: WeekTimes, one: Standing, start: number): Plan {
  const shift = start - one.from;
  const to: Span = { from: start, to: one.to + shift };
  const busy = { from: one.busy.from + shift, to: one.busy.to + shift };
  if (shift === 0) return { ...to, verdict: "same" };
  return { ...to, verdict: judge(week, to, busy, one) };
}

/** Drawing over empty time, from where it began to where the hand is now, either way. */
export function planBlock(week: WeekTimes, began: number, now: number, stepMin: number): Plan {
  const step = stepMin * MINUTE_MS;
  const span = { from: Math.min(began, now), to: Math.max(began, now) + step };
  return { ...span, verdict: judge(week, span, span, { id: "", kind: "block" }) };
}

function judge(
  week: WeekTimes,
  span: Span,
  busy: Span,
  one: { id: string; kind: string },
): Verdict {
  if (week.standing.some((other) => other.id !== one.id && meet(busy, other.busy))) return "taken";
  if (one.kind === "block") return "free";
  if (span.from < week.now) return "past";
  if (week.busy.some((other) => meet(busy, other))) return "busy";
  return week.open.some((open) => within(span, open)) ? "free" : "outside";
}

export const mayDrop = ({ verdict }: Plan) => !["taken", "past", "same"].includes(verdict);
