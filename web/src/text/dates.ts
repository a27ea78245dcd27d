/** Dates, times and lists as the chosen language writes them, in the reader's own zone. */
import { placeOfZone } from "../booking/zones";
import { language, t } from "./text";

/** Chinese text keeps a space between figures and characters: 3 月 12 日. */
export function spaced(text: string): string {
  return text
    .replace(/(\d)(?=[年月日号时分秒天小周个])/gu, "$1 ")
    .replace(/([年月日号时分秒天周个前后])(?=\d)/gu, "$1 ");
}

/** A reader of English keeps the order of day and month of their own country. */
function locale(): string {
  if (language.value !== "en") return language.value;
  const wanted = globalThis.navigator?.languages ?? [];
  return wanted.find((tag) => tag.toLowerCase().startsWith("en-")) ?? "en-GB";
}

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  const text = new Intl.DateTimeFormat(locale(), options).format(at);
  return language.value === "zh-CN" ? spaced(text) : text;
}

/** 24-hour clock in both languages: 10:05. */
export function timeOf(iso: string): string {
  return format(new Date(iso), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function dayOf(iso: string): string {
  return format(new Date(iso), { day: "numeric", month: "long", year: "numeric" });
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "5 minutes ago", "just now"; `now` in milliseconds since 1970. */
export function agoOf(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const step = STEPS.find(([, s]) => seconds >= s);
  if (!step) return t("just-now");
  const [unit, size] = step;
  const words = new Intl.RelativeTimeFormat(language.value, { numeric: "auto" });
  const text = words.format(-Math.floor(seconds / size), unit);
  return language.value === "zh-CN" ? spaced(text) : text;
}

export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: "conjunction" }).format(names);
}

/** In a zone, of an instant in milliseconds since 1970: 10:05. */
export function timeIn(zone: string, at: number): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone } as const;
  return format(new Date(at), options);
}

type DayLook = "short" | "long" | "whole";
const DAY_LOOKS: Record<DayLook, Intl.DateTimeFormatOptions> = {
  short: { weekday: "short", day: "numeric", month: "short" },
  long: { weekday: "long", day: "numeric", month: "long" },
  whole: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

/** The day of an instant in a zone: Monday, 29 March. */
export function dayIn(zone: string, at: number, look: DayLook = "long"): string {
  return format(new Date(at), { ...DAY_LOOKS[look], timeZone: zone });
}

/** A day of a calendar, 2027-03-29, which is no instant and in no zone. */
export function dayText(day: string, look: DayLook = "long"): string {
  return dayIn("UTC", Date.parse(`${day}T00:00:00Z`), look);
}

/** The month of such a day: March 2027. */
export function monthText(day: string): string {
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  return format(new Date(`${day}T00:00:00Z`), options);
}

/** The name of a weekday; 0 is Monday. */
export function weekdayText(weekday: number, look: "short" | "long" = "long"): string {
  return format(new Date(Date.UTC(2024, 0, 1 + weekday)), { weekday: look, timeZone: "UTC" });
}

/** A zone by its city, in the reader's language: Europe/Berlin is Berlin, or 柏林. */
export function cityOf(zone: string): string {
  return placeOfZone(zone, language.value);
}
