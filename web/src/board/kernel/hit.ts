/**
 * What lies under a point, in a lasso, in a frame. Strokes and hollow shapes are hit on their
 * lines, so that what they surround stays within reach; everything else anywhere in its box.
 */

import type { Item, Point, Rect } from "../model";
import { boundsOf, localBounds, ROUGH, type Sizes } from "./bounds";
import { isInPolygon, toLine } from "./distance";
import { apply, invert, meanScale } from "./matrix";
import { packedLine } from "./packed";
import { contains, corners, grow, holds } from "./rect";
import { polygonPoints } from "./shape";

/** A lasso takes what lies in it by this share: hands are careless. */
const LASSO_SHARE = 0.7;

/** `tolerance` in board units round the point. */
export function isHit(item: Item, point: Point, tolerance: number, sizes: Sizes = ROUGH): boolean {
  if (!holds(grow(boundsOf(item, sizes), tolerance), point)) return false;
  const back = invert(item.m);
  if (!back) return false;
  const here = apply(back, point);
  const reach = tolerance / (meanScale(item.m) || 1);
  switch (item.t) {
    case "pen":
    case "hl":
      return toLine(here, inkLine(item), false) <= reach + item.w / 2;
    case "line":
    case "arrow":
      return toLine(here, endsOf(item), false) <= reach + item.sw / 2;
    case "poly": {
      const points = polygonPoints(item);
      if (item.fill !== "" && isInPolygon(here, points)) return true;
      return toLine(here, points, true) <= reach + item.sw / 2;
    }
    case "rect":
      if (item.fill !== "" && holds(item, here)) return true;
      return toLine(here, corners(item), true) <= reach + item.sw / 2;
    case "ell":
      return isEllipseHit(item, here, reach + item.sw / 2, item.fill !== "");
    default:
      return holds(grow(localBounds(item, sizes), reach), here);
  }
}

/** Whether a lasso has caught the item. */
export function isInside(item: Item, polygon: readonly Point[], sizes: Sizes = ROUGH): boolean {
  if (polygon.length < 3) return false;
  const samples = samplesOf(item, sizes);
  const caught = samples.filter((point) => isInPolygon(apply(item.m, point), polygon)).length;
  return samples.length > 0 && caught >= samples.length * LASSO_SHARE;
}

/** Whether the item lies whole in a frame. */
export function isWithin(item: Item, rect: Rect, sizes: Sizes = ROUGH): boolean {
  return contains(rect, boundsOf(item, sizes));
}

/** Points of the item's line or box, in its own coordinates. */
function samplesOf(item: Item, sizes: Sizes): Point[] {
  switch (item.t) {
    case "pen":
    case "hl":
      return inkLine(item);
    case "line":
    case "arrow":
      return between(endsOf(item));
    case "poly":
      return polygonPoints(item);
    case "ell":
      return ellipsePoints(item, 16);
    default: {
      const [a, b, c, d] = corners(localBounds(item, sizes));
      return [...between([a, b]), ...between([b, c]), ...between([c, d]), ...between([d, a])];
    }
  }
}

/** Five points of a segment. */
function between([from, to]: [Point, Point]): Point[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => ({
    x: from.x + share * (to.x - from.x),
    y: from.y + share * (to.y - from.y),
  }));
}

function inkLine(item: { d: Uint8Array; w: number }): Point[] {
  const line = packedLine(item.d, item.w / 8);
  const points: Point[] = [];
  for (let at = 0; at + 1 < line.length; at += 2) {
    points.push({ x: line[at] ?? 0, y: line[at + 1] ?? 0 });
  }
  return points;
}

function endsOf(line: Rect): [Point, Point] {
  return [
    { x: line.x, y: line.y },
    { x: line.x + line.w, y: line.y + line.h },
  ];
}

function ellipsePoints(box: Rect, count: number): Point[] {
  const [rx, ry] = [box.w / 2, box.h / 2];
  return Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * 2 * Math.PI;
    return { x: box.x + rx + rx * Math.cos(angle), y: box.y + ry + ry * Math.sin(angle) };
  });
}

function isEllipseHit(box: Rect, point: Point, reach: number, isFilled: boolean): boolean {
  const [rx, ry] = [box.w / 2, box.h / 2];
  const [x, y] = [point.x - box.x - rx, point.y - box.y - ry];
  if (isFilled && rx > 0 && ry > 0 && (x / rx) ** 2 + (y / ry) ** 2 <= 1) return true;
  return toLine(point, ellipsePoints(box, 72), true) <= reach;
}
