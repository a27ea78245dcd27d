/** Pulls what is being moved to the edges and middles of its neighbours. */

import type { Rect } from "../model";

/** A line to show while it holds: upright at x, or level at y. */
export interface Guide {
  axis: "x" | "y";
  at: number;
  from: number;
  to: number;
}

export interface Snap {
  dx: number;
  dy: number;
  guides: Guide[];
}

/** How far `rect` should go further so that it lines up with one of the others. */
export function snapTo(rect: Rect, others: readonly Rect[], reach: number): Snap {
  const across = nearest(lines(rect.x, rect.w), others, "x", reach);
  const down = nearest(lines(rect.y, rect.h), others, "y", reach);
  const moved = { ...rect, x: rect.x + (across?.by ?? 0), y: rect.y + (down?.by ?? 0) };
  const guides: Guide[] = [];
  if (across) {
    const [from, to] = span(moved.y, moved.h, across.other.y, across.other.h);
    guides.push({ axis: "x", at: across.at, from, to });
  }
  if (down) {
    const [from, to] = span(moved.x, moved.w, down.other.x, down.other.w);
    guides.push({ axis: "y", at: down.at, from, to });
  }
  return { dx: across?.by ?? 0, dy: down?.by ?? 0, guides };
}

interface Pull {
  by: number;
  at: number;
  other: Rect;
}

function nearest(
  own: readonly number[],
  others: readonly Rect[],
  axis: "x" | "y",
  reach: number,
): Pull | null {
  let best: Pull | null = null;
  for (const other of others) {
    const theirs = axis === "x" ? lines(other.x, other.w) : lines(other.y, other.h);
    for (const at of theirs) {
      for (const line of own) {
        const by = at - line;
        if (Math.abs(by) <= reach && Math.abs(by) < Math.abs(best?.by ?? Infinity)) {
          best = { by, at, other };
        }
      }
    }
  }
  return best;
}

function lines(start: number, length: number): number[] {
  return [start, start + length / 2, start + length];
}

function span(a: number, aLength: number, b: number, bLength: number): [number, number] {
  return [Math.min(a, b), Math.max(a + aLength, b + bLength)];
}
