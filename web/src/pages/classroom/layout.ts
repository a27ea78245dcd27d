/** How many faces fit where, and in which order they stand. Pure; sizes are CSS pixels. */
import type { Participant } from "../../wire/messages";

export type View = "focus" | "gallery" | "side";
/** The three forms of the room: from 1100, 701 to 1099, to 700 pixels wide. */
export type Form = "wide" | "tablet" | "phone";

export interface Size {
  width: number;
  height: number;
}

const FACE_RATIO = 16 / 9;

export interface Grid {
  columns: number;
  tile: Size;
  /** Not everyone fits at a readable size; the gallery then scrolls. */
  scrolls: boolean;
}

/** The grid whose tiles are largest; where they would be smaller than `least` it scrolls. */
export function bestGrid(count: number, room: Size, gap: number, least: number): Grid {
  let best: Grid = { columns: 1, tile: { width: 0, height: 0 }, scrolls: false };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = (room.width - gap * (columns - 1)) / columns;
    const height = (room.height - gap * (rows - 1)) / rows;
    const fitted = Math.floor(Math.min(width, height * FACE_RATIO));
    if (fitted > best.tile.width) best = { columns, tile: faceOf(fitted), scrolls: false };
  }
  if (best.tile.width >= Math.min(least, room.width)) return best;
  const columns = Math.max(1, Math.floor((room.width + gap) / (least + gap)));
  const width = Math.floor((room.width - gap * (columns - 1)) / columns);
  return { columns, tile: faceOf(Math.max(0, width)), scrolls: true };
}

function faceOf(width: number): Size {
  return { width, height: Math.floor(width / FACE_RATIO) };
}

export interface StripPlan {
  /** How many whole tiles are shown, and how many people are behind "+7 everyone". */
  shown: number;
  hidden: number;
}

/** `tile`, `more` and `gap` are lengths along the strip. */
export function stripPlan(
  count: number,
  length: number,
  measure: { tile: number; more: number; gap: number },
): StripPlan {
  const { tile, more, gap } = measure;
  const all = Math.floor((length + gap) / (tile + gap));
  if (count <= all) return { shown: count, hidden: 0 };
  const shown = Math.max(0, Math.floor((length - more) / (tile + gap)));
  return { shown, hidden: count - shown };
}

/** The first `shown` faces; our own takes the last place when it would be hidden. */
export function visibleFaces(
  faces: readonly Participant[],
  shown: number,
  selfId: string,
): Participant[] {
  const visible = faces.slice(0, shown);
  const self = faces.find((one) => one.id === selfId);
  if (!self || shown < 2 || visible.includes(self)) return visible;
  return [...visible.slice(0, -1), self];
}

/**
 * Whose face is large when nothing is shared: the one chosen by hand, else who teaches, else who
 * spoke last, else anybody but us.
 */
export function focusOf(
  faces: readonly Participant[],
  who: { selfId: string; chosen: string | null; dominant: string | null },
): Participant | null {
  const by = (id: string | null) => faces.find((one) => one.id === id);
  const others = faces.filter((one) => one.id !== who.selfId);
  const teacher = others.find((one) => one.role === "host");
  const speaker = others.find((one) => one.id === who.dominant);
  return by(who.chosen) ?? teacher ?? speaker ?? others[0] ?? by(who.selfId) ?? null;
}

/** 65 minutes are "1:05:00". */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${two(minutes)}:${two(whole % 60)}`;
}
