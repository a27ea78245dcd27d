/** Parts cut out of a recording, as their editor changes them. Pure; ms of recording time. */
import type { Span } from "../../wire/recordings";

/** Nothing shorter than this is left between two cuts, or worth one. */
export const SHORTEST_MS = 200;
export const CUTS_MAX = 100;

/** Sorted, and those that touch made one; within 0 to `end`. */
export function merged(cuts: readonly Span[], end: number): Span[] {
  const inside = cuts
    .map(([from, to]): Span => [Math.max(0, from), Math.min(end, to)])
    .filter(([from, to]) => to - from >= SHORTEST_MS)
    .sort(([a], [b]) => a - b);
  const done: Span[] = [];
  for (const cut of inside) {
    const last = done.at(-1);
    if (last && cut[0] - last[1] < SHORTEST_MS) last[1] = Math.max(last[1], cut[1]);
    else done.push([...cut]);
  }
  return done;
}

/** What stays, in ms. */
export function leftMs(cuts: readonly Span[], end: number): number {
  return end - cuts.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Where it begins and ends after trimming: the cuts that touch the edges. */
export function edgesOf(cuts: readonly Span[], end: number): { start: number; stop: number } {
  const first = cuts.find(([from]) => from <= 0);
  const last = cuts.find(([, to]) => to >= end);
  return { start: first?.[1] ?? 0, stop: last?.[0] ?? end };
}

/** Those within, without the trimmed edges. */
export function innerOf(cuts: readonly Span[], end: number): Span[] {
  return cuts.filter(([from, to]) => from > 0 && to < end);
}

/** The same with other edges. */
export function trimmed(cuts: readonly Span[], end: number, start: number, stop: number): Span[] {
  const edges: Span[] = [
    [0, start],
    [stop, end],
  ];
  return merged([...innerOf(cuts, end), ...edges], end);
}

/** "1:05", "12:30" or "1:02:03" in ms; null when it is none of them. A part of a second may follow. */
export function timeFrom(text: string): number | null {
  const found = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d(?:[.,]\d)?)$/.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0"] = found;
  if (found[1] !== undefined && Number(minutes) > 59) return null;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."));
  return Math.round(whole * 1000);
}

/** As it is written in a field; with tenths where there are any. */
export function timeText(ms: number): string {
  const tenths = Math.round(ms / 100);
  const seconds = Math.floor(tenths / 10);
  const two = (number: number) => String(number).padStart(2, "0");
  const rest = tenths % 10 ? `.${tenths % 10}` : "";
  const tail = `${two(seconds % 60)}${rest}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
}
