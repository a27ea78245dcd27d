/**
 * The frame round a selection and its handles, and the matrices they make. A matrix is in page
 * space: it goes before the item's own one, `multiply(matrix, item.m)`.
 */

import { IDENTITY, type Matrix, type Point, type Rect } from "../model";
import { angleOf, apply, invert, meanScale, multiply, rotation, scaling } from "./matrix";
import { centre, corners } from "./rect";

/** A rectangle in coordinates of its own and the matrix that puts it on the page. */
export interface Frame {
  rect: Rect;
  m: Matrix;
}

export type HandleName = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "rotate";

/** Where a handle sits in the frame, as shares of its width and height. */
const PLACES: Readonly<Record<Exclude<HandleName, "rotate">, readonly [number, number]>> = {
  nw: [0, 0],
  n: [0.5, 0],
  ne: [1, 0],
  e: [1, 0.5],
  se: [1, 1],
  s: [0.5, 1],
  sw: [0, 1],
  w: [0, 0.5],
};
/** CSS pixels from the top edge to the handle that turns. */
export const ROTATE_ARM = 28;
/** Nothing gets smaller than this many board units by its handles. */
const SMALLEST = 2;
const SNAP = Math.PI / 12;

/** The four corners on the page, clockwise from the top left one. */
export function frameCorners(frame: Frame): Point[] {
  return corners(frame.rect).map((point) => apply(frame.m, point));
}

/** Where the handles are on the page when a board unit is `scale` CSS pixels. */
export function handlesOf(frame: Frame, scale: number): Map<HandleName, Point> {
  const { rect, m } = frame;
  const found = new Map<HandleName, Point>();
  for (const [name, [sx, sy]] of Object.entries(PLACES)) {
    found.set(name as HandleName, apply(m, { x: rect.x + sx * rect.w, y: rect.y + sy * rect.h }));
  }
  const top = found.get("n") ?? { x: 0, y: 0 };
  const up = upOf(frame);
  found.set("rotate", {
    x: top.x + (up.x * ROTATE_ARM) / scale,
    y: top.y + (up.y * ROTATE_ARM) / scale,
  });
  return found;
}

/** The nearest handle within `reach` CSS pixels; corners win over edges. */
export function handleAt(frame: Frame, point: Point, scale: number, reach = 22): HandleName | null {
  let best: { name: HandleName; distance: number } | null = null;
  for (const [name, place] of handlesOf(frame, scale)) {
    const real = Math.hypot(place.x - point.x, place.y - point.y) * scale;
    const distance = name.length === 1 ? real * 1.5 : real;
    if (real <= reach && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name ?? null;
}

export interface ResizeOptions {
  keepRatio?: boolean;
  fromCentre?: boolean;
}

/** Stretches the frame so that the handle comes to `to`; the opposite corner or edge stays. */
export function resize(
  frame: Frame,
  handle: Exclude<HandleName, "rotate">,
  to: Point,
  options: ResizeOptions = {},
): Matrix {
  const back = invert(frame.m);
  if (!back) return IDENTITY;
  const { rect } = frame;
  const [hx, hy] = PLACES[handle];
  const anchor = options.fromCentre
    ? centre(rect)
    : { x: rect.x + (1 - hx) * rect.w, y: rect.y + (1 - hy) * rect.h };
  const target = apply(back, to);
  let sx = stretch(target.x - anchor.x, rect.x + hx * rect.w - anchor.x, hx);
  let sy = stretch(target.y - anchor.y, rect.y + hy * rect.h - anchor.y, hy);
  if (options.keepRatio) {
    const both = hx === 0.5 ? sy : hy === 0.5 ? sx : Math.max(sx, sy);
    [sx, sy] = [both, both];
  }
  sx = Math.max(sx, SMALLEST / Math.max(rect.w, SMALLEST));
  sy = Math.max(sy, SMALLEST / Math.max(rect.h, SMALLEST));
  return multiply(frame.m, multiply(scaling(sx, sy, anchor), back));
}

/** The frame's own rectangle after a resize: for boxes that get a new width and height. */
export function resizedRect(
  frame: Frame,
  handle: Exclude<HandleName, "rotate">,
  to: Point,
  options: ResizeOptions = {},
): Rect {
  const back = invert(frame.m);
  if (!back) return frame.rect;
  const matrix = multiply(back, multiply(resize(frame, handle, to, options), frame.m));
  const start = apply(matrix, frame.rect);
  return {
    x: start.x,
    y: start.y,
    w: frame.rect.w * matrix[0],
    h: frame.rect.h * matrix[3],
  };
}

/** Turns about the frame's middle as the pointer goes round it; snapped, to whole 15 degrees. */
export function rotate(frame: Frame, from: Point, to: Point, isSnapped = false): Matrix {
  const about = apply(frame.m, centre(frame.rect));
  const before = Math.atan2(from.y - about.y, from.x - about.x);
  let angle = Math.atan2(to.y - about.y, to.x - about.x) - before;
  if (isSnapped) {
    const start = angleOf(frame.m);
    angle = Math.round((start + angle) / SNAP) * SNAP - start;
  }
  return rotation(angle, about);
}

function stretch(wanted: number, had: number, place: number): number {
  return place === 0.5 || Math.abs(had) < 1e-9 ? 1 : wanted / had;
}

/** Unit vector on the page from the frame's middle to its top edge. */
function upOf(frame: Frame): Point {
  const { m } = frame;
  const length = Math.hypot(m[2], m[3]);
  if (length < 1e-9 || meanScale(m) < 1e-9) return { x: 0, y: -1 };
  return { x: -m[2] / length, y: -m[3] / length };
}
