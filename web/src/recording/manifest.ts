/**
 * What a recording consists of, as `manifest.json` says it (docs/http_recordings.md). Times are
 * milliseconds of recording time, also of tracks. What cannot be read is left out.
 */
import { mergedHoles, type Span } from "./playtime";

export type Source = "microphone" | "camera" | "screen" | "screen_audio";

export interface Person {
  pid: string;
  /** As it was consented with. */
  name: string;
}

/** Why there are no pictures for a while. */
export type GapReason = "off" | "lost" | "unrecorded";

export interface Gap {
  from: number;
  to: number;
  why: GapReason;
}

export interface Track {
  id: string;
  pid: string;
  source: Source;
  url: string;
  startMs: number;
  endMs: number;
  /** From when on the picture has to be turned clockwise, degrees. */
  rotations: readonly (readonly [number, number])[];
  gaps: readonly Gap[];
  /** When somebody speaks on it. */
  voice: readonly Span[];
}

/** Small pictures of what was shown, in sheets of columns x rows. */
export interface Thumbs {
  count: number;
  everyMs: number;
  columns: number;
  rows: number;
  width: number;
  height: number;
}

export interface Manifest {
  id: string;
  title: string;
  roomTitle: string;
  /** ISO 8601; empty when it is not said. */
  beganAt: string;
  durationMs: number;
  rev: number;
  /** Files are still growing. */
  isLive: boolean;
  mayDownload: boolean;
  people: readonly Person[];
  tracks: readonly Track[];
  /** Everybody's sound; null where nobody was heard. */
  mix: { url: string; startMs: number } | null;
  /** Left out of playing: pauses and cuts. */
  holes: readonly Span[];
  /** From when on what fills the picture: a track's id, "board" or "faces". */
  main: readonly (readonly [number, string])[];
  thumbs: Thumbs | null;
  captions: readonly { locale: string; label: string; url: string }[];
  events: string;
  board: string;
  chat: string;
}

type Json = Record<string, unknown>;

/** Null for what is no manifest. */
export function manifestOf(said: unknown): Manifest | null {
  if (!isJson(said) || typeof said.duration_ms !== "number") return null;
  return {
    ...{ id: text(said.id), title: text(said.title), roomTitle: text(said.room_title) },
    ...{ beganAt: text(said.began_at), durationMs: number(said.duration_ms) },
    ...{ rev: number(said.rev), isLive: said.state === "recording" },
    mayDownload: said.may_download === true,
    people: list(said.people).flatMap(readPerson),
    tracks: list(said.tracks).flatMap(readTrack),
    mix: readMix(said.mix),
    holes: mergedHoles(spans(said.holes, 0)),
    main: pairs(said.main).map(([ms, what]) => [number(ms), text(what).replace(/^screen:/, "")]),
    thumbs: readThumbs(said.thumbs),
    captions: list(said.captions).flatMap(readCaption),
    ...{ events: text(said.events), board: text(said.board), chat: text(said.chat) },
  };
}

export function nameOf(manifest: Manifest, pid: string): string {
  return manifest.people.find((one) => one.pid === pid)?.name ?? "";
}

/** Who spoke when, by person; whoever is heard on several tracks has all of it. */
export function voicesOf(manifest: Manifest): ReadonlyMap<string, readonly Span[]> {
  const voices = new Map<string, Span[]>();
  for (const { pid, source, voice } of manifest.tracks) {
    if (source !== "microphone" || voice.length === 0) continue;
    voices.set(pid, [...(voices.get(pid) ?? []), ...voice]);
  }
  for (const [pid, when] of voices) voices.set(pid, mergedHoles(when));
  return voices;
}

/** By how much a picture has to be turned at that moment, degrees clockwise. */
export function turnAt(track: Track, ms: number): number {
  return track.rotations.findLast(([from]) => from <= ms)?.[1] ?? 0;
}

export function gapAt(track: Track, ms: number): Gap | null {
  return track.gaps.find(({ from, to }) => from <= ms && ms < to) ?? null;
}

function readPerson(said: unknown): Person[] {
  if (!isJson(said) || text(said.id) === "" || text(said.name) === "") return [];
  return [{ pid: text(said.id), name: text(said.name) }];
}

const SOURCES = new Set<unknown>(["microphone", "camera", "screen", "screen_audio"]);

function readTrack(said: unknown): Track[] {
  if (!isJson(said) || text(said.id) === "" || !SOURCES.has(said.source)) return [];
  const startMs = number(said.start_ms);
  const gaps = pairs(said.gaps).map(([from, to, why]) => ({
    ...{ from: startMs + number(from), to: startMs + number(to) },
    why: reason(why),
  }));
  return [
    {
      ...{ id: text(said.id), pid: text(said.pid), source: said.source as Source },
      ...{ url: text(said.url), startMs, endMs: startMs + number(said.duration_ms), gaps },
      rotations: pairs(said.rotations).map(([ms, turn]) => [startMs + number(ms), number(turn)]),
      voice: spans(said.voice, startMs),
    },
  ];
}

function readMix(said: unknown): Manifest["mix"] {
  if (!isJson(said) || text(said.url) === "") return null;
  return { url: text(said.url), startMs: number(said.start_ms) };
}

function readThumbs(said: unknown): Thumbs | null {
  if (!isJson(said) || number(said.count) < 1 || number(said.every_ms) < 1) return null;
  const size = { width: number(said.width) || 160, height: number(said.height) || 90 };
  const grid = { columns: number(said.columns) || 10, rows: number(said.rows) || 10 };
  return { count: number(said.count), everyMs: number(said.every_ms), ...grid, ...size };
}

function readCaption(said: unknown): Manifest["captions"] {
  if (!isJson(said) || text(said.url) === "") return [];
  return [{ locale: text(said.locale), label: text(said.label), url: text(said.url) }];
}

function reason(said: unknown): GapReason {
  if (said === "paused" || said === "off" || said === "muted") return "off";
  return said === "unrecorded" || said === "storage" ? "unrecorded" : "lost";
}

function spans(said: unknown, from: number): Span[] {
  return pairs(said).map(([start, end]) => [from + number(start), from + number(end)]);
}

function isJson(said: unknown): said is Json {
  return typeof said === "object" && said !== null && !Array.isArray(said);
}

function list(said: unknown): unknown[] {
  return Array.isArray(said) ? said : [];
}

function pairs(said: unknown): unknown[][] {
  return list(said).filter((one): one is unknown[] => Array.isArray(one) && one.length >= 2);
}

function number(said: unknown): number {
  return typeof said === "number" && Number.isFinite(said) ? said : 0;
}

function text(said: unknown): string {
  return typeof said === "string" ? said : "";
}
