/**
 * Days, walls and instants in any zone. Days are "2027-03-29", minutes count from the wall's
 * midnight, instants are milliseconds since 1970. Nothing here knows the browser's own zone.
 */

export const MINUTE_MS = 60_000;
export const DAY_MIN = 1440;
const DAY_MS = DAY_MIN * MINUTE_MS;
/** Every zone changes its clock at a whole quarter of an hour. */
const SLOT_MS = 15 * MINUTE_MS;
const KEPT_MAX = 20_000;

/** What a wall shows at an instant. */
export interface Wall {
  day: string;
  minute: number;
}

/** From one instant on until before another. */
export interface Span {
  from: number;
  to: number;
}

const readers = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function reader(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  readers.set(zone, made);
  return made;
}

/** How many milliseconds a zone's wall is before UTC's. */
export function offsetAt(zone: string, at: number): number {
  const slot = Math.floor(at / SLOT_MS) * SLOT_MS;
  const key = `${zone} ${slot}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts: Record<string, number> = {};
  for (const { type, value } of reader(zone).formatToParts(slot)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hour, minute) - slot;
  if (offsets.size > KEPT_MAX) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Midnight of a day on a wall, counted as if the wall were UTC's. */
function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayText(shown: number): string {
  return new Date(shown).toISOString().slice(0, 10);
}

export function wallAt(zone: string, at: number): Wall {
  const shown = at + offsetAt(zone, at);
  const day = dayText(shown);
  return { day, minute: Math.floor((shown - midnight(day)) / MINUTE_MS) };
}

export function addDays(day: string, count: number): string {
  return dayText(midnight(day) + count * DAY_MS);
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(midnight(day)).getUTCDay() + 6) % 7;
}

export function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** The pieces of constant offset around a day. */
function piecesAround(zone: string, day: string): { span: Span; offset: number }[] {
  const first = midnight(day) - 2 * DAY_MS;
  const last = midnight(day) + 4 * DAY_MS;
  const pieces: { span: Span; offset: number }[] = [];
  const step = 6 * 60 * MINUTE_MS;
  let offset = offsetAt(zone, first);
  let from = first;
  for (let at = first + step; at <= last; at += step) {
    if (offsetAt(zone, at) === offset) continue;
    const change = changeBetween(zone, at - step, at);
    pieces.push({ span: { from, to: change }, offset });
    from = change;
    offset = offsetAt(zone, at);
  }
  pieces.push({ span: { from, to: last }, offset });
  return pieces;
}

/** The first instant of the offset that `to` has, by halves. */
function changeBetween(zone: string, from: number, to: number): number {
  let [low, high] = [from, to];
  const after = offsetAt(zone, to);
  while (high - low > SLOT_MS) {
    const middle = Math.floor((low + high) / 2 / SLOT_MS) * SLOT_MS;
    if (offsetAt(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

const days = new Map<string, { span: Span; offset: number }[]>();

function piecesOf(zone: string, day: string): { span: Span; offset: number }[] {
  const key = `${zone} ${day}`;
  const known = days.get(key);
  if (known) return known;
  const made = piecesAround(zone, day);
  if (days.size > 2_000) days.clear();
  days.set(key, made);
  return made;
}

/** Every instant at which the wall shows this minute: none in a gap, two in a repeated hour. */
export function instantsOf(zone: string, day: string, minute: number): number[] {
  const shown = midnight(day) + minute * MINUTE_MS;
  return piecesOf(zone, day)
    .map(({ span, offset }) => ({ at: shown - offset, span }))
    .filter(({ at, span }) => at >= span.from && at < span.to)
    .map(({ at }) => at);
}

/** The first instant at or after a minute of the wall: of a gap its end. */
export function instantFrom(zone: string, day: string, minute: number): number {
  const shown = midnight(day) + minute * MINUTE_MS;
  for (const { span, offset } of piecesOf(zone, day)) {
    const at = shown - offset;
    if (at < span.to) return Math.max(at, span.from);
  }
  return shown;
}

/** Every instant of minutes [from, to) of a day's wall; `to` may be on the next day. */
export function spansOf(zone: string, day: string, from = 0, to = DAY_MIN): Span[] {
  const [first, last] = [midnight(day) + from * MINUTE_MS, midnight(day) + to * MINUTE_MS];
  const found: Span[] = [];
  for (const { span, offset } of piecesOf(zone, day)) {
    const one = { from: Math.max(span.from, first - offset), to: Math.min(span.to, last - offset) };
    if (one.from >= one.to) continue;
    const before = found.at(-1);
    if (before?.to === one.from) before.to = one.to;
    else found.push(one);
  }
  return found;
}

/** How many minutes a day has: 1440 but where the clock changes. */
export function lengthOf(zone: string, day: string): number {
  return spansOf(zone, day).reduce((sum, one) => sum + (one.to - one.from), 0) / MINUTE_MS;
}

/** Whether an instant is the second time that the wall shows it. */
export function isSecond(zone: string, at: number): boolean {
  const { day, minute } = wallAt(zone, at);
  const all = instantsOf(zone, day, minute);
  return all.length > 1 && at >= (all[1] ?? 0);
}

/** Minutes of a day's wall that are left out or come twice. */
export function changesOf(zone: string, day: string): { gaps: Span[]; repeats: Span[] } {
  const gaps: Span[] = [];
  const repeats: Span[] = [];
  const start = midnight(day);
  const pieces = piecesOf(zone, day);
  for (const [n, { span, offset }] of pieces.entries()) {
    const next = pieces[n + 1];
    if (!next) break;
    const [before, after] = [span.to + offset, span.to + next.offset];
    const from = Math.max(0, (Math.min(before, after) - start) / MINUTE_MS);
    const to = Math.min(DAY_MIN, (Math.max(before, after) - start) / MINUTE_MS);
    if (from < to) (after > before ? gaps : repeats).push({ from, to });
  }
  return { gaps, repeats };
}

/** The zone of this browser, or UTC where it does not say. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
