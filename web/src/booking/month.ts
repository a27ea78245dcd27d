/** A month as a visitor sees it: free instants as days and times of a wall. */
import type { FreeTime } from "../wire/booking";
import { addDays, instantFrom, isSecond, mondayOf, wallAt } from "./zone";

/** A free time on a wall. `twin`: the wall shows it twice on that day, this is the first or second. */
export interface Shown {
  at: string;
  ms: number;
  left: number;
  twin: "first" | "second" | null;
}

/** Months are "2027-03". */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function addMonths(month: string, count: number): string {
  const whole = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(whole / 12)).padStart(4, "0")}-${String((whole % 12) + 1).padStart(2, "0")}`;
}

/** From the first instant of a month on a wall until the first of the next one. */
export function windowOf(zone: string, month: string): { from: string; to: string } {
  const edge = (one: string) =>
    new Date(instantFrom(zone, `${one}-01`, 0)).toISOString().replace(".000Z", "Z");
  return { from: edge(month), to: edge(addMonths(month, 1)) };
}

/** Rows of a month from Monday to Sunday; null where another month's days would stand. */
export function weeksOf(month: string): (string | null)[][] {
  const weeks: (string | null)[][] = [];
  for (
    let monday = mondayOf(`${month}-01`);
    monthOf(monday) <= month;
    monday = addDays(monday, 7)
  ) {
    const days = Array.from({ length: 7 }, (_, n) => addDays(monday, n));
    weeks.push(days.map((day) => (monthOf(day) === month ? day : null)));
  }
  return weeks;
}

/** Free times by the day on which a wall of `zone` shows them, each day's in their order. */
export function daysOf(zone: string, free: readonly FreeTime[]): Map<string, Shown[]> {
  const days = new Map<string, Shown[]>();
  const sorted = free.map(({ at, left }) => ({ at, left, ms: Date.parse(at) }));
  sorted.sort((a, b) => a.ms - b.ms);
  for (const { at, left, ms } of sorted) {
    const { day } = wallAt(zone, ms);
    const one: Shown = { at, ms, left, twin: twinOf(zone, ms) };
    const list = days.get(day);
    if (list) list.push(one);
    else days.set(day, [one]);
  }
  return days;
}

const HOUR_MS = 3_600_000;

/** Which of two times it is that the wall shows alike; null for all others. */
export function twinOf(zone: string, ms: number): Shown["twin"] {
  if (isSecond(zone, ms)) return "second";
  const { day, minute } = wallAt(zone, ms);
  // Clocks go back by half an hour or by one.
  const again = [HOUR_MS / 2, HOUR_MS].some((by) => {
    const later = wallAt(zone, ms + by);
    return later.day === day && later.minute === minute;
  });
  return again ? "first" : null;
}

/** The day that arrow keys lead to within the days of a month; null where it ends. */
export function dayByKey(key: string, day: string): string | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const to = addDays(day, step);
  return monthOf(to) === monthOf(day) ? to : null;
}
