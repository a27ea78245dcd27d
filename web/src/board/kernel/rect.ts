/** Rectangles with sides along the axes, in board units. */

import type { Matrix, Point, Rect } from "../model";
import { apply } from "./matrix";

export const EMPTY: Rect = { x: 0, y: 0, w: 0, h: 0 };

/** The same rectangle with a width and a height of at least nothing. */
export function normal(rect: Rect): Rect {
  return {
    x: Math.min(rect.x, rect.x + rect.w),
    y: Math.min(rect.y, rect.y + rect.h),
    w: Math.abs(rect.w),
    h: Math.abs(rect.h),
  };
}

/** The smallest rectangle round the points; of none the empty one at the origin. */
export function around(points: readonly Point[]): Rect {
  if (points.length === 0) return EMPTY;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}

export function union(rects: readonly Rect[]): Rect {
  return around(rects.flatMap((rect) => [corner(rect), farCorner(rect)]));
}

export function grow(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, w: rect.w + 2 * by, h: rect.h + 2 * by };
}

/** Whether they share at least a point of their edges. */
export function meets(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

/** What both cover; null when they do not meet. */
export function overlap(a: Rect, b: Rect): Rect | null {
  if (!meets(a, b)) return null;
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    w: Math.min(a.x + a.w, b.x + b.w) - x,
    h: Math.min(a.y + a.h, b.y + b.h) - y,
  };
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

export function holds(rect: Rect, point: Point): boolean {
  return (
    point.x >= rect.x &&
    point.x <= rect.x + rect.w &&
    point.y >= rect.y &&
    point.y <= rect.y + rect.h
  );
}

export function centre(rect: Rect): Point {
  return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
}

/** Clockwise from the top left one. */
export function corners(rect: Rect): [Point, Point, Point, Point] {
  const right = rect.x + rect.w;
  const bottom = rect.y + rect.h;
  return [
    { x: rect.x, y: rect.y },
    { x: right, y: rect.y },
    { x: right, y: bottom },
    { x: rect.x, y: bottom },
  ];
}

/** The smallest rectangle round the transformed one. */
export function transformed(m: Matrix, rect: Rect): Rect {
  return around(corners(rect).map((point) => apply(m, point)));
}

function corner(rect: Rect): Point {
  return { x: rect.x, y: rect.y };
}

function farCorner(rect: Rect): Point {
  return { x: rect.x + rect.w, y: rect.y + rect.h };
}
