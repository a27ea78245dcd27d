/** A day in the browser's field for it, written as 2026-11-23, and days of the reader's calendar. */
import { useId } from "preact/hooks";

const DAY_MS = 86_400_000;

/** The day of a moment, in ms since 1970. */
export function dayInput(at: number): string {
  const day = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export function dayAfter(now: number, days: number): string {
  return dayInput(now + days * DAY_MS);
}

/** The last moment of it, for the server. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}

interface DayFieldProps {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onValue(value: string): void;
}

export function DayField({ label, value, min, max, onValue }: DayFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="date"
        class="input num"
        value={value}
        min={min}
        max={max}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}
