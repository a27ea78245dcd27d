/**
 * What happened in a recorded class, and how things stood at any moment of it: who was there, which
 * page, whose screen, which hands. Read from `events.jsonl`; a line of another kind changes nothing.
 * Times are milliseconds of recording time.
 */
import type { PageFacts, PageKind, Paper } from "../board/model";

export interface Happening {
  ms: number;
  event: string;
  [field: string]: unknown;
}

/** Ink over a shared screen. */
export interface Over {
  page: PageFacts;
  of: string;
  fades: boolean;
}

export interface Film {
  pageId: string;
  isPlaying: boolean;
  positionMs: number;
  atMs: number;
  rate: number;
}

export interface Scene {
  /** Who is in class, by person: the name, and the role as the room says it. */
  people: ReadonlyMap<string, { name: string; role: string }>;
  page: PageFacts | null;
  /** What stands on the page's slide, for search and to be read aloud. */
  words: readonly string[];
  /** What the class looks at; null as long as nothing is told of it. */
  stage: { isBoard: boolean; screenOf: string } | null;
  over: Over | null;
  film: Film | null;
  hands: ReadonlySet<string>;
  /** While it is open, and its answers for a while after. */
  poll: { question: string; tally: readonly (readonly [string, number])[]; untilMs: number } | null;
  inGroups: boolean;
  spotlight: string;
}

export const EMPTY_SCENE: Scene = {
  ...{ people: new Map(), page: null, words: [], stage: null, over: null, film: null },
  ...{ hands: new Set(), poll: null, inGroups: false, spotlight: "" },
};

/** The lines of a file, in order of time. */
export function readHappenings(text: string): Happening[] {
  const read: Happening[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    try {
      const said = JSON.parse(line) as Partial<Happening>;
      if (typeof said.ms === "number" && typeof said.event === "string") {
        read.push(said as Happening);
      }
    } catch {
      // The last line of a file that is being written.
    }
  }
  return read.sort((a, b) => a.ms - b.ms);
}

export class Story {
  #next = 0;
  #scene = EMPTY_SCENE;

  constructor(readonly happenings: readonly Happening[]) {}

  /** Looks at other moments without leaving the one that is looked at here. */
  clone(): Story {
    return new Story(this.happenings);
  }

  /** The same object as long as nothing has happened. */
  at(ms: number): Scene {
    const last = this.happenings[this.#next - 1];
    if (last && last.ms > ms) {
      this.#next = 0;
      this.#scene = EMPTY_SCENE;
    }
    for (;;) {
      const next = this.happenings[this.#next];
      if (!next || next.ms > ms) return this.#scene;
      this.#scene = after(this.#scene, next);
      this.#next += 1;
    }
  }
}

/** So long the answers to a question are looked at. */
const TALLY_MS = 15_000;

type Change = (scene: Scene, line: Happening) => Scene;

const CHANGES: Readonly<Record<string, Change>> = {
  joined: (scene, line) => {
    const one = { name: text(line.name), role: text(line.role) };
    return { ...scene, people: new Map([...scene.people, [text(line.pid), one]]) };
  },
  renamed: (scene, line) => {
    const old = scene.people.get(text(line.pid));
    if (!old) return scene;
    const one = { ...old, name: text(line.name) };
    return { ...scene, people: new Map([...scene.people, [text(line.pid), one]]) };
  },
  left: (scene, line) => {
    const pid = text(line.pid);
    const people = new Map([...scene.people].filter(([other]) => other !== pid));
    return { ...scene, people, hands: without(scene.hands, pid) };
  },
  stage: (scene, line) => ({
    ...scene,
    stage: { isBoard: line.board === true, screenOf: text(line.screen_of) },
  }),
  turned: (scene, line) => {
    const page = readPage(line.page);
    return page ? { ...scene, page, words: wordsOf(line.page), film: null } : scene;
  },
  page: pageChanged,
  ink: inkChanged,
  film: (scene, line) => ({
    ...scene,
    film: {
      ...{ pageId: text(line.page_id), isPlaying: line.is_playing === true, atMs: line.ms },
      ...{ positionMs: number(line.position_ms), rate: number(line.rate) || 1 },
    },
  }),
  hand: (scene, line) => {
    const pid = text(line.pid);
    const hands = without(scene.hands, pid);
    return { ...scene, hands: line.is_up === true ? new Set([...hands, pid]) : hands };
  },
  poll: (scene, line) => {
    const tally = Array.isArray(line.tally) ? (line.tally as [string, number][]) : [];
    if (line.phase === "closed" && tally.length === 0) return { ...scene, poll: null };
    const untilMs = line.phase === "closed" ? line.ms + TALLY_MS : Number.POSITIVE_INFINITY;
    return { ...scene, poll: { question: text(line.question), tally, untilMs } };
  },
  groups: (scene, line) => ({ ...scene, inGroups: line.on === true }),
  spotlight: (scene, line) => ({ ...scene, spotlight: text(line.pid) }),
};

function after(scene: Scene, line: Happening): Scene {
  const change = Object.hasOwn(CHANGES, line.event) ? CHANGES[line.event] : undefined;
  return change ? change(scene, line) : scene;
}

function pageChanged(scene: Scene, line: Happening): Scene {
  const page = readPage(line.page);
  return page && page.id === scene.page?.id ? { ...scene, page, words: wordsOf(line.page) } : scene;
}

function inkChanged(scene: Scene, line: Happening): Scene {
  if (line.deed === "ended") return { ...scene, over: null };
  // A frame of the screen became a page of the board; the ink itself goes on.
  if (line.deed === "frozen") return pageChanged(scene, line);
  const page = readPage(line.page) ?? scene.over?.page;
  if (!page) return scene;
  const of = text(line.of) || (scene.over?.of ?? "");
  return { ...scene, over: { page, of, fades: line.look === "fade" } };
}

const PAPERS = new Set<unknown>(["plain", "dots", "grid", "ruled", "graph"]);
const KINDS = new Set<unknown>(["page", "slide", "film", "activity", "ink"]);

export function readPage(said: unknown): PageFacts | null {
  if (typeof said !== "object" || said === null) return null;
  const page = said as Record<string, unknown>;
  if (text(page.id) === "") return null;
  const side = (value: unknown) => (typeof value === "number" && value > 0 ? value : null);
  return {
    ...{ id: text(page.id), name: text(page.name), epoch: number(page.epoch) },
    ...{ width: side(page.width), height: side(page.height), backdrop: text(page.backdrop) },
    paper: (PAPERS.has(page.paper) ? page.paper : "plain") as Paper,
    kind: (KINDS.has(page.kind) ? page.kind : "page") as PageKind,
    ...{ slide: number(page.slide), step: number(page.step), placement: text(page.placement) },
    ...{ isLocked: true, isSeen: true },
  };
}

/** Lines that stand on the slide of a page, as far as they are told. */
export function wordsOf(said: unknown): string[] {
  const { words } = (said ?? {}) as { words?: unknown };
  return Array.isArray(words) ? words.filter((one) => typeof one === "string") : [];
}

/** The document of a page as the tape names it. */
export function docOf(page: PageFacts): string {
  return `${page.id}/${page.epoch}`;
}

function without(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  return set.has(one) ? new Set([...set].filter((other) => other !== one)) : set;
}

function number(said: unknown): number {
  return typeof said === "number" && Number.isFinite(said) ? said : 0;
}

function text(said: unknown): string {
  return typeof said === "string" ? said : "";
}
