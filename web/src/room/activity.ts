/**
 * What activities on the stage keep, and what their copies say to each other: a mirror of the room,
 * and the talk with the frame in which a copy runs. A frame is a stranger: whatever comes from it is
 * read strictly, and no more of it than a person could mean. Pure.
 */
import type { Activity, ActivityChanged, ActivitySaid, ActivityTold } from "../wire/messages";

export type ActivityNews = ActivityChanged | ActivitySaid | ActivityTold;

export interface ActivitiesMirror {
  kept: readonly Activity[];
  /** A new object with each event; null after a snapshot. */
  news: ActivityNews | null;
}

export const NO_ACTIVITIES: ActivitiesMirror = { kept: [], news: null };

export function withActivity(mirror: ActivitiesMirror, news: ActivityNews): ActivitiesMirror {
  if (news.type !== "activity_changed") return { ...mirror, news };
  const { page_id, key, value } = news;
  const others = mirror.kept.filter((one) => one.page_id !== page_id);
  const before = mirror.kept.find((one) => one.page_id === page_id)?.values ?? [];
  const left = before.filter((one) => one.key !== key);
  const values = value === "null" ? left : [...left, { key, value }];
  return { kept: [...others, { page_id, values }], news };
}

/**
 * What a page's activity keeps, read; what nobody can read is left out. A map, since activities name
 * the keys, and "constructor" is one.
 */
export function valuesOf(mirror: ActivitiesMirror, page_id: string): ReadonlyMap<string, unknown> {
  const kept = mirror.kept.find((one) => one.page_id === page_id)?.values ?? [];
  const read = kept.map(({ key, value }) => [key, parsed(value)] as const);
  return new Map(read.filter(([, value]) => value !== undefined));
}

export function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/**
 * What a frame calls a person: the same in all copies of a page's activity, another in the next one,
 * and nothing that stands elsewhere. An activity may tell its maker what it knows.
 */
export function markOf(page_id: string, participant_id: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const letter of `${page_id} ${participant_id}`) {
    const code = letter.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return ((low >>> 0) * 2 ** 21 + (high >>> 11)).toString(36);
}

/** Who looks at the copy, as far as it may know. */
export interface ActivityYou {
  /** A mark. */
  id: string;
  role: string;
  /** Whether what it sets is kept for everybody. */
  may_set: boolean;
}

/** What a frame asks for. `value` is JSON. */
export type FrameWish =
  | { type: "ready" }
  | { type: "get"; key: string }
  | { type: "set"; key: string; value: string }
  | { type: "event"; name: string; value: string };

/** What it is told; `by` is a mark, or null where nobody's copy did it. */
export type FrameWord =
  | { type: "hello"; you: ActivityYou; values: Record<string, unknown> }
  | { type: "you"; you: ActivityYou }
  | { type: "value"; key: string; value: unknown }
  | { type: "changed"; key: string; value: unknown; by: string | null }
  | { type: "event"; name: string; value: unknown; by: string | null }
  | { type: "refused"; key: string; code: string };

/** Characters of JSON, as on the wire. */
const JSON_MAX = 8_192;
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** A message of a frame; null for what is none. */
export function wishOf(data: unknown): FrameWish | null {
  if (typeof data !== "object" || data === null) return null;
  const { classroom, type, key, name, value } = data as Record<string, unknown>;
  if (classroom !== 1) return null;
  if (type === "ready") return { type };
  const named = type === "event" ? name : key;
  if (typeof named !== "string" || !NAME.test(named)) return null;
  if (type === "get") return { type, key: named };
  const json = written(value);
  if (json === null) return null;
  if (type === "set") return { type, key: named, value: json };
  return type === "event" ? { type, name: named, value: json } : null;
}

/** Null for what JSON cannot say, and for too much of it. */
function written(value: unknown): string | null {
  if (typeof value === "string" && value.length > JSON_MAX) return null;
  try {
    const json = JSON.stringify(value ?? null);
    return typeof json === "string" && json.length <= JSON_MAX ? json : null;
  } catch {
    return null;
  }
}

/** So many messages a second, and so many in a row; what comes faster is dropped. */
export class Bucket {
  #left: number;
  #at = 0;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.#left = burst;
  }

  /** `now` in ms. False when it is empty. */
  take(now: number): boolean {
    const came = ((now - this.#at) / 1000) * this.perSecond;
    this.#left = Math.min(this.burst, this.#left + Math.max(0, came));
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
