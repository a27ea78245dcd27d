/** What comes back to whoever cancels: rows as they are typed, read as the steps of a rule. */
import type { OrgTerms, RefundStep } from "../../wire/organisations";

/** As the server holds to it (classroom/booking/refund.py). */
export const STEPS_MAX = 5;
const HOURS_MAX = 1440;
const FIRST_HOURS = 24;

export interface TypedStep {
  key: number;
  hours: string;
  percent: string;
}

/** The rows to begin with: those that stand, else everything until the hours of the terms. */
export function typedOf(terms: OrgTerms): TypedStep[] {
  const steps = terms.refund ?? [{ hours: terms.hours ?? FIRST_HOURS, percent: 100 }];
  return steps.map((one, key) => ({
    key,
    hours: String(one.hours),
    percent: String(one.percent),
  }));
}

/** One more, for whoever cancels later than the last one: half as long before, half as much. */
export function oneMore(rows: readonly TypedStep[]): TypedStep {
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
  const last = stepsOf(rows)?.at(-1);
  if (!last) return { key, hours: String(FIRST_HOURS), percent: "100" };
  return {
    key,
    hours: String(Math.floor(last.hours / 2)),
    percent: String(Math.floor(last.percent / 2)),
  };
}

/** The steps, the earliest first; null when one is no number, stands twice, or gives more later. */
export function stepsOf(rows: readonly TypedStep[]): RefundStep[] | null {
  const steps: RefundStep[] = [];
  for (const row of rows) {
    const [hours, percent] = [wholeOf(row.hours, HOURS_MAX), wholeOf(row.percent, 100)];
    if (hours === null || percent === null) return null;
    steps.push({ hours, percent });
  }
  steps.sort((one, other) => other.hours - one.hours);
  const fits = steps.every((step, index) => {
    const before = steps[index - 1];
    return !before || (before.hours > step.hours && before.percent >= step.percent);
  });
  return fits ? steps : null;
}

/** A whole number that was typed; null when it is none, or too large. */
export function wholeOf(text: string, most: number): number | null {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : -1;
  return number >= 0 && number <= most ? number : null;
}
