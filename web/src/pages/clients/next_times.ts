/** Which times to offer for the next appointment: the same hour in some weeks, and the next free. */
import { addDays, instantFrom, wallAt } from "../../booking/zone";
import { readWeek } from "../../wire/week";

const DAY_MS = 86_400_000;
const WEEKS = [1, 2, 4] as const;
const NEXT = 3;
const WINDOW_DAYS = 14;

export interface Chip {
  at: number;
  /** In how many weeks at the same hour; 0 is one of the next free times. */
  weeks: number;
}

/** The same hour by the clock on the wall in some weeks, where it is free, and the next free times
 * that are none of these. `free` and `at` in milliseconds since 1970. */
export function chipsOf(free: readonly number[], at: number, zone: string, now: number): Chip[] {
  const known = new Set(free);
  const { day, minute } = wallAt(zone, at);
  const chips: Chip[] = [];
  for (const weeks of WEEKS) {
    const same = instantFrom(zone, addDays(day, weeks * 7), minute);
    if (same > now && known.has(same)) chips.push({ at: same, weeks });
  }
  const others = [...free].sort((a, b) => a - b).filter((one) => one > now);
  const next = others.filter((one) => chips.every((chip) => chip.at !== one)).slice(0, NEXT);
  return [...chips, ...next.map((one) => ({ at: one, weeks: 0 }))];
}

/** Asks for what is free after this appointment; null when it could not be asked. */
export async function readChips(
  host: string,
  offer: string,
  at: number,
  zone: string,
  now: number,
): Promise<Chip[] | null> {
  const today = wallAt(zone, now).day;
  const later = wallAt(zone, at + 27 * DAY_MS).day;
  const answers = await Promise.all([
    readWeek(host, today, WINDOW_DAYS, offer),
    readWeek(host, addDays(today, WINDOW_DAYS), WINDOW_DAYS, offer),
    readWeek(host, later, 3, offer),
  ]);
  const free = new Set<number>();
  for (const answer of answers) {
    if (!answer.ok) return null;
    for (const one of answer.value.free) free.add(Date.parse(one.at));
  }
  return chipsOf([...free], at, zone, now);
}
