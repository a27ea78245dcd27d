/** Times of a wall as people type them and as they are shown, always with 24 hours. */
import { DAY_MIN } from "./zone";

const GRID = 5;

/** Minutes of "9", "9:30", "0930" or "9.30" on the grid of five; "24:00" is the day's end; null
 * for what is no time. */
export function readClock(text: string): number | null {
  const typed = text
    .trim()
    .replace(/\s*(?:[:.：h]|时|点)\s*/u, ":")
    .replace(/[分h:]$/u, "");
  const parts = /^(\d{1,2})(?::(\d{1,2}))?$/.exec(typed) ?? /^(\d{1,2})(\d\d)$/.exec(typed);
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (minutes > 59) return null;
  const minute = hours * 60 + Math.round(minutes / GRID) * GRID;
  return minute <= DAY_MIN ? minute : null;
}

/** "09:00" of minutes, of the next day, too. */
export function clockText(minute: number): string {
  const shown = minute % DAY_MIN;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(shown / 60))}:${two(shown % 60)}`;
}
