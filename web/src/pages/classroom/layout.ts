/** How many faces fit where, and in which order they stand. Pure; sizes are CSS pixels. */
import type { Participant } from "../../wire/messages";

export type View = "focus" | "gallery" | "side";
/** The three forms of the room: from 1100, 701 to 1099, to 700 pixels wide. */
export type Form = "wide" | "tablet" | "phone";

export interface Size {
  width: number;
  height: number;
}

export interface Grid {
  columns: number;
  rows: number;
  tile: Size;
}

export interface TileMeasure {
  gap: number;
  /** A tile's width by its height. */
  ratio: number;
  /** Tiles may be smaller by this part of 1 where more columns then fill the width. */
  give: number;
}

/** The grid whose tiles are largest. */
export function bestGrid(count: number, room: Size, measure: TileMeasure): Grid {
  const { gap, ratio, give } = measure;
  let best: Grid = { columns: 1, rows: Math.max(1, count), tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = (room.width - gap * (columns - 1)) / columns;
    const height = (room.height - gap * (rows - 1)) / rows;
    const fitted = Math.floor(Math.min(width, height * ratio));
    if (fitted > best.tile.width * (1 - give)) {
      best = { columns, rows, tile: { width: fitted, height: Math.floor(fitted / ratio) } };
    }
  }
  return best;
}

/** More faces at once nobody looks at, and no machine decodes with ease. */
export const FACES_MAX = 25;

export interface GalleryMeasure extends TileMeasure {
  /** Narrower than this a face can no longer be recognised. */
  least: number;
  /** Height of what turns the pages, with its gap; taken only when there are pages. */
  pager: number;
}

export interface GalleryPlan extends Grid {
  /** How many faces stand on a page, without what stands before them. */
  perPage: number;
  pages: number;
}

/**
 * How `count` people stand in a room: all on one page while that is readable, else on pages that are
 * full, so that a tile has the same size on each. `before` places of every page are taken.
 */
export function galleryPlan(
  count: number,
  room: Size,
  measure: GalleryMeasure,
  before = 0,
): GalleryPlan {
  const { least } = measure;
  const people = Math.max(1, count);
  const readable = (grid: Grid, width: number) => grid.tile.width >= Math.min(least, width);
  const whole = bestGrid(people + before, room, measure);
  if (people <= FACES_MAX && readable(whole, room.width)) {
    return { ...whole, perPage: people, pages: 1 };
  }
  const rest = { width: room.width, height: room.height - measure.pager };
  let places = Math.min(people, FACES_MAX) + before;
  let grid = bestGrid(places, rest, measure);
  // Smaller pages until faces can be recognised; and a page that goes on has no half row.
  const fits = () => readable(grid, rest.width) && places % grid.columns === 0;
  while (places > before + 1 && !fits()) {
    places -= 1;
    grid = bestGrid(places, rest, measure);
  }
  const perPage = places - before;
  return { ...grid, perPage, pages: Math.ceil(people / perPage) };
}

/**
 * Our own face last on the first page, where it can be found and is in nobody's way. The others
 * keep their order, so that somebody who joins moves nobody else.
 */
export function galleryOrder(
  faces: readonly Participant[],
  selfId: string,
  perPage: number,
): Participant[] {
  const self = faces.find((one) => one.id === selfId);
  if (!self || faces[0] === self) return [...faces];
  const order = faces.filter((one) => one !== self);
  order.splice(Math.min(order.length, perPage - 1), 0, self);
  return order;
}

/** Who was chosen by hand stands first. */
export function pinnedFirst(faces: readonly Participant[], chosen: string | null): Participant[] {
  const pinned = faces.filter((one) => one.id === chosen);
  return [...pinned, ...faces.filter((one) => one.id !== chosen)];
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
 * Whose face is large when nothing is shared: the one chosen by hand, else who spoke last, else who
 * teaches, else anybody but us.
 */
export function focusOf(
  faces: readonly Participant[],
  who: { selfId: string; chosen: string | null; dominant: string | null },
): Participant | null {
  const by = (id: string | null) => faces.find((one) => one.id === id);
  const others = faces.filter((one) => one.id !== who.selfId);
  const speaker = others.find((one) => one.id === who.dominant);
  const teacher = others.find((one) => one.role === "host");
  return by(who.chosen) ?? speaker ?? teacher ?? others[0] ?? by(who.selfId) ?? null;
}

/**
 * The faces beside a large one. Whoever is large by voice keeps the place in the strip, since the
 * next word may be another's: nothing moves then but the large picture and the ring.
 */
export function besideLarge(
  faces: readonly Participant[],
  large: Participant,
  chosen: string | null,
): Participant[] {
  if (faces.length > 2 && large.id !== chosen) return [...faces];
  return faces.filter((one) => one.id !== large.id);
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
