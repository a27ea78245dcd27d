/**
 * A week as a drawing: days side by side, minutes from the top, one unit of height for each minute.
 * All days share one axis, so that nine o'clock is one line. Where a wall shows an hour twice the
 * axis has it twice; days that have it once, or not at all, have a hole there.
 */
import {
  changesOf,
  DAY_MIN,
  instantsOf,
  isSecond,
  MINUTE_MS,
  type Span,
  spansOf,
  wallAt,
} from "./zone";

export interface GridDay {
  day: string;
  zone: string;
}

/** Minutes of the wall that some day has twice: the second time stands after `to`. */
interface Again {
  from: number;
  to: number;
}

export interface Axis {
  again: readonly Again[];
  height: number;
}

export interface Box {
  top: number;
  height: number;
}

export interface Mark {
  y: number;
  minute: number;
  second: boolean;
}

const same = (a: Again, b: Again) => a.from === b.from && a.to === b.to;

export function axisOf(days: readonly GridDay[]): Axis {
  const again: Again[] = [];
  for (const { zone, day } of days)
    for (const one of changesOf(zone, day).repeats)
      if (!again.some((other) => same(one, other))) again.push(one);
  again.sort((a, b) => a.to - b.to || a.from - b.from);
  const height = again.reduce((sum, one) => sum + one.to - one.from, DAY_MIN);
  return { again, height };
}

/** Where the second time of the nth such hour begins. */
function topOf(axis: Axis, n: number): number {
  let y = axis.again[n]?.to ?? 0;
  for (const one of axis.again.slice(0, n)) y += one.to - one.from;
  return y;
}

export function yOf(axis: Axis, minute: number, second = false): number {
  if (second) {
    const n = axis.again.findIndex((one) => one.from <= minute && minute < one.to);
    if (n >= 0) return topOf(axis, n) + minute - (axis.again[n]?.from ?? 0);
  }
  return axis.again.reduce((y, one) => (one.to <= minute ? y + one.to - one.from : y), minute);
}

export function yOfInstant(axis: Axis, { zone }: GridDay, at: number): number {
  return yOf(axis, wallAt(zone, at).minute, isSecond(zone, at));
}

/** Where [from, to) stands on a day; two boxes only where the day itself is in two pieces. */
export function boxesOf(axis: Axis, on: GridDay, from: number, to: number): Box[] {
  return spansOf(on.zone, on.day)
    .map((span) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.from < span.to)
    .map((span) => {
      const top = yOfInstant(axis, on, span.from);
      const bottom = yOfInstant(axis, on, span.to - MINUTE_MS) + 1;
      return { top, height: bottom - top };
    });
}

/** The instant at a height, on the grid of `step` minutes; null where the day has none. */
export function instantAt(axis: Axis, on: GridDay, y: number, step: number): number | null {
  const down = (value: number) => Math.floor(value / step) * step;
  for (const [n, one] of axis.again.entries()) {
    const top = topOf(axis, n);
    if (y < top || y >= top + one.to - one.from) continue;
    return instantsOf(on.zone, on.day, down(one.from + y - top))[1] ?? null;
  }
  let minute = y;
  for (const [n, one] of axis.again.entries()) if (y >= topOf(axis, n)) minute -= one.to - one.from;
  if (minute < 0 || minute >= DAY_MIN) return null;
  return instantsOf(on.zone, on.day, down(minute))[0] ?? null;
}

/** What of the axis a day does not have. */
export function holesOf(axis: Axis, { zone, day }: GridDay): Box[] {
  const { gaps, repeats } = changesOf(zone, day);
  const left = gaps.map((gap) => ({ top: yOf(axis, gap.from), height: gap.to - gap.from }));
  const once = axis.again.flatMap((one, n) =>
    repeats.some((other) => same(one, other))
      ? []
      : [{ top: topOf(axis, n), height: one.to - one.from }],
  );
  return [...left, ...once].sort((a, b) => a.top - b.top);
}

/** Every whole hour of the axis, and where a second time begins. */
export function marksOf(axis: Axis): Mark[] {
  const marks: Mark[] = [];
  for (let minute = 0; minute < DAY_MIN; minute += 60)
    marks.push({ y: yOf(axis, minute), minute, second: false });
  for (const [n, one] of axis.again.entries())
    for (let minute = one.from; minute < one.to; minute += 60)
      marks.push({ y: topOf(axis, n) + minute - one.from, minute, second: true });
  return marks.sort((a, b) => a.y - b.y);
}

export interface Lane {
  lane: number;
  /** How many stand beside each other. */
  of: number;
}

/** Puts things that overlap beside each other, in the order they are given (by beginning). */
export function lanesOf(things: readonly Span[]): Lane[] {
  const lanes: Lane[] = [];
  let ends: number[] = [];
  let first = 0;
  const close = (before: number) => {
    for (let n = first; n < before; n += 1) {
      const one = lanes[n];
      if (one) one.of = ends.length;
    }
    first = before;
    ends = [];
  };
  for (const [n, { from, to }] of things.entries()) {
    if (ends.every((end) => end <= from)) close(n);
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    lanes.push({ lane, of: 1 });
  }
  close(things.length);
  return lanes;
}
