/** What a report says in numbers: lengths as people read them, shares, sums, where times stand. */
import type { PersonReport, QuestionReport, Report, Time } from "../../wire/lessons";

/** 4:51, or 1:04:51 from an hour on. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (number: number) => String(number).padStart(2, "0");
  const rest = `${Math.floor(seconds / 60) % 60}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${rest.padStart(5, "0")}` : rest;
}

/** In whole percent; null when there is nothing to have a part of. */
export function percentOf(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((100 * part) / whole) : null;
}

export function studentsOf(report: Report): PersonReport[] {
  return report.people.filter((one) => one.role === "student");
}

/** Questions whose answers can be right, and how many were. */
export function rightOf(questions: readonly QuestionReport[]): { right: number; answers: number } {
  const rated = questions.filter((one) => one.right !== null);
  return {
    right: rated.reduce((sum, one) => sum + (one.right ?? 0), 0),
    answers: rated.reduce((sum, one) => sum + one.answered, 0),
  };
}

export function sumOf(people: readonly PersonReport[], what: (one: PersonReport) => number) {
  return people.reduce((sum, one) => sum + what(one), 0);
}

/** The moments written above the chart: evenly, and none twice to the minute. */
export function ticksOf(lengthMs: number, most: number): number[] {
  const steps = Math.max(1, Math.min(most - 1, Math.floor(lengthMs / 60_000)));
  return Array.from({ length: steps + 1 }, (_, at) => (at * lengthMs) / steps);
}

/** Where a time stands on a line of `width`: its beginning and how long it is, at least `least`. */
export function placeOn(time: Time, lengthMs: number, width: number, least: number) {
  const scale = lengthMs > 0 ? width / lengthMs : 0;
  const long = Math.max(least, (time.to_ms - time.from_ms) * scale);
  return { x: Math.max(0, Math.min(time.from_ms * scale, width - long)), width: long };
}

export function momentOf(startedAt: string, ms: number): string {
  return new Date(Date.parse(startedAt) + ms).toISOString();
}
