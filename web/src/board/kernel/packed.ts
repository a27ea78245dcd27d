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
  let [x, y, p, at] = [0, 0, 0, 1];
  const next = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = packed[at++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  while (at < packed.length) {
    x += next();
    y += next();
    p += next();
    if (Number.isNaN(p) || Number.isNaN(y) || Number.isNaN(x)) return;
    visit(x * UNIT, y * UNIT, p);
  }
}

const boundsCache = new WeakMap<Uint8Array, Rect>();

/** Bounds of the centre line; kept as long as the bytes are. */
export function packedBounds(packed: Uint8Array): Rect {
  const known = boundsCache.get(packed);
  if (known) return known;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
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
  let [lastX, lastY, x, y, isPending] = [0, 0, 0, 0, false];
  walk(packed, (nextX, nextY) => {
    x = nextX;
    y = nextY;
    const far = (x - lastX) ** 2 + (y - lastY) ** 2 >= reach;
    isPending = line.length > 0 && !far;
    if (isPending) return;
    line.push(x, y);
    lastX = x;
    lastY = y;
  });
  if (isPending) line.push(x, y);
  return line;
}
