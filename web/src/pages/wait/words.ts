/** What somebody who waits reads, by what is so; pure. */
import type { Visit } from "../../wire/waiting";

/** The heading: a key and what stands in it. */
export function headingOf(visit: Visit): { key: string; args: Record<string, string | number> } {
  const { state, place, name } = visit;
  const args = { name, place: place ?? 0 };
  if (state === "called") return { key: "wait-called", args };
  if (state === "admitted" || state === "inside") return { key: "wait-admitted", args };
  if (place === 1) return { key: name ? "wait-next-name" : "wait-next", args };
  return { key: "wait-place", args };
}

/** What stands in the ring, and beneath it; without a figure the word for soon. */
export function ringOf(visit: Visit): { big: string; key: string } {
  const { minutes } = visit;
  if (minutes === null) return { big: "…", key: "wait-moment" };
  if (minutes === 0) return { big: "", key: "wait-now" };
  return { big: String(minutes), key: "wait-minutes" };
}

/** How full the ring is, of 1: an hour is the whole. */
export function fullness(minutes: number | null): number {
  if (minutes === null) return 0.08;
  return Math.min(1, Math.max(0.02, 1 - minutes / 60));
}

export type Step = "check" | "wait" | "go" | "left" | "refused" | "over";

/** Which part of the page is shown. */
export function stepOf(visit: Visit): Step {
  switch (visit.state) {
    case "checking":
      return "check";
    case "ready":
    case "called":
      return "wait";
    case "admitted":
    case "inside":
      return "go";
    default:
      return visit.state;
  }
}
