/**
 * One file on its way to the class: where it stands, what each turn of events makes of it, and what
 * a fault of the server or the network means. Values and a table; `uploads.ts` does the work.
 */
import type { Problem } from "../wire/http";
import type { Refusal } from "../wire/messages";

export type UploadState = "waiting" | "sending" | "lost" | "paused" | "ready" | "failed";
type Turn = "start" | "finish" | "lose" | "refuse" | "pause" | "resume" | "renew";

/** A turn that is not in its row changes nothing. */
export const TURNS: Record<UploadState, Partial<Record<Turn, UploadState>>> = {
  waiting: { start: "sending", pause: "paused", refuse: "failed" },
  sending: { finish: "ready", lose: "lost", refuse: "failed", pause: "paused" },
  lost: { resume: "waiting", refuse: "failed", pause: "paused" },
  paused: { resume: "waiting" },
  failed: { resume: "waiting" },
  ready: { renew: "waiting" },
};

export interface Upload {
  /** Known here alone; the server names the file itself. */
  id: string;
  name: string;
  /** The media type as the browser tells it; may be empty. */
  kind: string;
  bytes: number;
  /** Bytes the server has, and those under way. */
  done: number;
  /** Bytes a second of the last seconds; null while there is nothing to measure. */
  speed: number | null;
  state: UploadState;
  /** Why it failed. */
  refusal: Refusal | null;
  /** As the server names it; empty until it was announced. */
  fileId: string;
}

export function turned(upload: Upload, turn: Turn): Upload {
  const state = TURNS[upload.state][turn];
  return state ? { ...upload, state } : upload;
}

/** 0 to 1. */
export function partOf(upload: Upload): number {
  return upload.bytes > 0 ? Math.min(1, upload.done / upload.bytes) : 0;
}

/** Seconds until the last byte is sent; null while nobody can tell. */
export function secondsLeft(upload: Upload): number | null {
  if (upload.state !== "sending" || !upload.speed) return null;
  return Math.ceil((upload.bytes - upload.done) / upload.speed);
}

/** All bytes are there and the server looks at them. */
export function isChecked(upload: Upload): boolean {
  return upload.state === "sending" && upload.bytes > 0 && upload.done >= upload.bytes;
}

/** No fault of the file, and over at some time: what was sent of it waits on the server. */
export const WAITING = new Set(["storage.full", "file.not_scanned", "lock.files", "chat.muted"]);
/** The class has lost us and takes us back, as the socket does at the same time. */
const AWAY = new Set(["room.not_joined", "seat.away"]);

/** Neither the server nor the file is at fault: that is waited for without an end. */
export function isAway({ status, code }: Problem): boolean {
  return status === 0 || AWAY.has(code);
}

/**
 * What to do after a fault: go on from where the server is, try the same again later, or give up.
 * Another writer of the same file is our own request that was cut off and not noticed yet.
 */
export function verdictOn(problem: Problem): "offset" | "again" | "refused" {
  if (problem.code === "upload.offset") return "offset";
  if (WAITING.has(problem.code)) return "refused";
  const passes = isAway(problem) || problem.status === 429 || problem.status >= 500;
  return passes || problem.code === "upload.busy" ? "again" : "refused";
}

const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** How long to wait after so many faults in a row, from 1. */
export function waitMs(faults: number, problem: Problem): number {
  if (problem.retryAfterS !== null) return problem.retryAfterS * 1_000;
  return WAITS_MS[Math.min(faults, WAITS_MS.length) - 1] ?? WAITS_MS[0];
}

const WINDOW_MS = 5_000;

/** How fast bytes went in the last seconds. */
export class Speed {
  #seen: { at: number; done: number }[] = [];

  /** Bytes a second, after `done` bytes at the moment `at` in milliseconds. */
  after(at: number, done: number): number | null {
    const last = this.#seen.at(-1);
    // Less than before: a piece was cut off, and what was measured counts no more.
    if (last && done < last.done) this.#seen = [];
    this.#seen.push({ at, done });
    while (this.#seen.length > 2 && at - (this.#seen[0]?.at ?? at) > WINDOW_MS) this.#seen.shift();
    const first = this.#seen[0];
    if (!first || at - first.at < 500) return null;
    return ((done - first.done) * 1_000) / (at - first.at);
  }

  reset(): void {
    this.#seen = [];
  }
}
