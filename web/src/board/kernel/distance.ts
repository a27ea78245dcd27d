/** Distances on the plane, for hits and for the eraser. */

import type { Point } from "../model";

export function toSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (length || 1);
  const share = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - from.x - share * dx, point.y - from.y - share * dy);
}

export function toLine(point: Point, line: readonly Point[], isClosed: boolean): number {
  const first = line[0];
  if (!first) return Infinity;
  let nearest = Math.hypot(point.x - first.x, point.y - first.y);
  for (let at = 1; at < line.length + (isClosed ? 1 : 0); at++) {
    const [from, to] = [line[at - 1] ?? first, line[at] ?? first];
    nearest = Math.min(nearest, toSegment(point, from, to));
  }
  return nearest;
}

/** Even-odd rule: as a lasso that crosses itself is read. */
export function isInPolygon(point: Point, polygon: readonly Point[]): boolean {
  let isIn = false;
  let before = polygon[polygon.length - 1];
  for (const corner of polygon) {
    if (before && corner.y > point.y !== before.y > point.y) {
      const share = (point.y - corner.y) / (before.y - corner.y);
      if (point.x < corner.x + share * (before.x - corner.x)) isIn = !isIn;
    }
    before = corner;
  }
  return isIn;
}
