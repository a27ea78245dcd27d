/**
 * Packed points read where they lie, without an object per point: bounds, centre lines and the
 * rows that perfect-freehand takes. The format is told in `points.ts`; unreadable bytes end the
 * reading at the last whole point.
 */

import type { Rect } from "../model";
import { EMPTY } from "./rect";

const VERSION = 1;
const UNIT = 1 / 8;

/** Calls with x, y in board units and pressure 0..255 for each point. */
export function walk(packed: Uint8Array, visit: (x: number, y: number, p: number) => void): void {
  if (packed[0] !== VERSION) return;
  const end = packed.length;
  let x = 0;
  let y = 0;
  let p = 0;
  let field = 0;
  let value = 0;
  let scale = 1;
  // One flat loop: this runs over every byte of a page before its first picture.
  for (let at = 1; at < end; at++) {
    const byte = packed[at] as number;
    value += (byte & 127) * scale;
    if (byte >= 128) {
      scale *= 128;
      continue;
    }
    const delta = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    value = 0;
    scale = 1;
    if (field === 0) x += delta;
    else if (field === 1) y += delta;
    else {
      p += delta;
      visit(x * UNIT, y * UNIT, p);
    }
    field = field === 2 ? 0 : field + 1;
  }
}

const boundsCache = new WeakMap<Uint8Array, Rect>();

/** Bounds of the centre line; kept as long as the bytes are. */
export function packedBounds(packed: Uint8Array): Rect {
  const known = boundsCache.get(packed);
  if (known) return known;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  walk(packed, (x, y) => {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  });
  const rect = left > right ? EMPTY : { x: left, y: top, w: right - left, h: bottom - top };
  boundsCache.set(packed, rect);
  return rect;
}

/** Rows of [x, y, pressure 0..1]. */
export function packedRows(packed: Uint8Array): [number, number, number][] {
  const rows: [number, number, number][] = [];
  walk(packed, (x, y, p) => {
    rows.push([x, y, p / 255]);
  });
  return rows;
}

/** x, y, x, y...: of points at least `step` apart, always with the first and the last one. */
export function packedLine(packed: Uint8Array, step = 0): number[] {
  const line: number[] = [];
  const reach = step * step;
  let lastX = 0;
  let lastY = 0;
  let x = 0;
  let y = 0;
  let isPending = false;
  walk(packed, (nextX, nextY) => {
    x = nextX;
    y = nextY;
    const far = (x - lastX) * (x - lastX) + (y - lastY) * (y - lastY) >= reach;
    isPending = line.length > 0 && !far;
    if (isPending) return;
    line.push(x, y);
    lastX = x;
    lastY = y;
  });
  if (isPending) line.push(x, y);
  return line;
}
