/** Hours as they are written: painted, typed, copied, pasted. Pure; minutes count from midnight. */
import { DAY_MIN } from "../../booking/zone";
import type { Away, Diary, Hours } from "../../wire/hours";

export type Pair = readonly [number, number];

/** Pairs that neither touch nor overlap, in order; empty ones go. */
export function joinedPairs(pairs: readonly Pair[]): Pair[] {
  const found: [number, number][] = [];
  for (const [from, to] of [...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from >= to) continue;
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** Without [from, to). */
export function without(pairs: readonly Pair[], from: number, to: number): Pair[] {
  return joinedPairs(
    pairs.flatMap(([a, b]): Pair[] => [
      [a, Math.min(b, from)],
      [Math.max(a, to), b],
    ]),
  );
}

/** What a stroke over a day does: what begins on open time closes, else it opens. */
export function painted(pairs: readonly Pair[], began: number, now: number, step: number): Pair[] {
  const [from, to] = [Math.min(began, now), Math.max(began, now) + step];
  const isOpen = pairs.some(([a, b]) => a <= began && began < b);
  return isOpen ? without(pairs, from, to) : joinedPairs([...pairs, [from, to]]);
}

export function pairsOf(hours: readonly Hours[], weekday: number): Pair[] {
  return hours
    .filter((one) => one.weekday === weekday)
    .map((one): Pair => [one.from_min, one.to_min])
    .sort((a, b) => a[0] - b[0]);
}

/** The same week with other hours on these days. */
export function withDays(
  hours: readonly Hours[],
  days: readonly number[],
  pairs: readonly Pair[],
): Hours[] {
  const rest = hours.filter((one) => !days.includes(one.weekday));
  const own = days.flatMap((weekday) =>
    pairs.map(([from_min, to_min]) => ({ weekday, from_min, to_min })),
  );
  return [...rest, ...own].sort((a, b) => a.weekday - b.weekday || a.from_min - b.from_min);
}

/** An end that is not after its beginning is on the next day: 22:00 to 02:00, 9:00 to 0:00. */
export function endOf(from: number, minute: number): number {
  return minute > from ? minute : minute + DAY_MIN;
}

/** A time for one more line of a day: an hour after the last one, while there is room. */
export function nextPair(pairs: readonly Pair[]): Pair | null {
  const last = pairs.at(-1);
  if (!last) return [9 * 60, 17 * 60];
  const from = last[1] + 60;
  return from + 60 <= DAY_MIN ? [from, Math.min(from + 120, DAY_MIN)] : null;
}

const DAY = String.raw`\d{4}-\d\d-\d\d`;
const LINE = new RegExp(
  `^\\s*(${DAY})(?:\\s*(?:-|–|—|to|至|到|,|;|\\t)?\\s*(${DAY}))?\\s*[,;:]?\\s*(.*)$`,
);

/** Holidays somebody pasted, one a line: "2027-12-24 2027-12-26 Christmas"; lines that are none. */
export function pastedDays(text: string): { away: Away[]; wrong: string[] } {
  const away: Away[] = [];
  const wrong: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) continue;
    const [, from_day = "", to = "", why = ""] = LINE.exec(line) ?? [];
    const to_day = to || from_day;
    if (isDay(from_day) && isDay(to_day) && from_day <= to_day)
      away.push({ from_day, to_day, why: why.trim().slice(0, 120) });
    else wrong.push(line.trim());
  }
  return { away, wrong };
}

/** Whether a calendar has this day. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** In order of their beginning, so that lists read as a calendar. */
export function inOrder(diary: Diary): Diary {
  return {
    ...diary,
    hours: [...diary.hours].sort((a, b) => a.weekday - b.weekday || a.from_min - b.from_min),
    specials: [...diary.specials].sort((a, b) => a.day.localeCompare(b.day)),
    away: [...diary.away].sort((a, b) => a.from_day.localeCompare(b.from_day)),
    stays: [...diary.stays].sort((a, b) => a.from_day.localeCompare(b.from_day)),
  };
}

export const isSame = (a: Diary, b: Diary) =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
