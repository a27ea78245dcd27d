/**
 * Chapters of a recording: what somebody marked, and what the class itself began: pages that were
 * looked at for a while, shared screens, questions, groups. Pure.
 */
import { docOf, type Happening, readPage, Story, wordsOf } from "./story";

export type Heading =
  | { kind: "mark"; title: string }
  /** `number` counts the pages of the board in the order in which the class came to them. */
  | { kind: "page"; title: string; slide: number; number: number }
  | { kind: "screen"; pid: string }
  | { kind: "poll"; title: string }
  | { kind: "groups" }
  | { kind: "start" };

export interface Chapter {
  ms: number;
  heading: Heading;
  /** The page the class was on then; null for none. */
  doc: string | null;
}

/** A page that was turned past is no chapter. */
const LOOKED_AT_MS = 20_000;
/** Two of them are not closer than this, unless somebody marked them. */
const APART_MS = 10_000;

export function chaptersOf(happenings: readonly Happening[], durationMs: number): Chapter[] {
  const story = new Story(happenings);
  const known = { numbers: new Map<string, number>(), titles: titlesOf(happenings) };
  const found = happenings.flatMap((line, at) => {
    const heading = headingOf(line, nextTurn(happenings, at, durationMs), known);
    return heading ? [{ ms: line.ms, heading }] : [];
  });
  if ((found[0]?.ms ?? durationMs) > APART_MS) found.unshift({ ms: 0, heading: { kind: "start" } });
  const apart: { ms: number; heading: Heading }[] = [];
  for (const one of found) {
    const last = apart.at(-1);
    if (!last || one.ms - last.ms >= APART_MS) apart.push(one);
    // What stands first of what came together is told, but a word of a person's goes before it.
    else if (one.heading.kind === "mark" && last.heading.kind !== "mark") {
      apart[apart.length - 1] = one;
    } else if (one.heading.kind === "mark") apart.push(one);
  }
  return apart.map((one) => {
    const { page } = story.at(one.ms);
    return { ...one, doc: page ? docOf(page) : null };
  });
}

interface Known {
  numbers: Map<string, number>;
  titles: ReadonlyMap<string, string>;
}

const TITLE_LENGTH = 60;

/** The first line of each slide, which may be told some time after the class came to it. */
function titlesOf(happenings: readonly Happening[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { event, page } of happenings) {
    if (event !== "turned" && event !== "page") continue;
    const id = readPage(page)?.id;
    const [title] = wordsOf(page);
    if (id && title) titles.set(id, title.slice(0, TITLE_LENGTH));
  }
  return titles;
}

function headingOf(line: Happening, turnedAt: number, { numbers, titles }: Known): Heading | null {
  const title = (value: unknown) => (typeof value === "string" ? value : "");
  switch (line.event) {
    case "mark":
      return { kind: "mark", title: title(line.title) };
    case "turned": {
      const page = readPage(line.page);
      if (!page) return null;
      if (page.slide === 0 && !numbers.has(page.id)) numbers.set(page.id, numbers.size + 1);
      if (turnedAt - line.ms < LOOKED_AT_MS) return null;
      const number = numbers.get(page.id) ?? 0;
      const name = page.name || (titles.get(page.id) ?? "");
      return { kind: "page", title: name, slide: page.slide, number };
    }
    case "stage":
      return title(line.screen_of) ? { kind: "screen", pid: title(line.screen_of) } : null;
    case "poll":
      return line.phase === "opened" ? { kind: "poll", title: title(line.question) } : null;
    case "groups":
      return line.on === true ? { kind: "groups" } : null;
    default:
      return null;
  }
}

function nextTurn(happenings: readonly Happening[], at: number, durationMs: number): number {
  for (let next = at + 1; next < happenings.length; next += 1) {
    if (happenings[next]?.event === "turned") return happenings[next]?.ms ?? durationMs;
  }
  return durationMs;
}
