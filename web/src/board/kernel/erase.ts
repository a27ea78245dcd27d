/**
 * The eraser: a circle that moves from one point to the next. It takes items whole, or out of
 * ink what it touches. Along a straight piece of ink the distance to the eraser's path is convex,
 * so that at most one stretch of each piece is gone, and its ends are found by halving.
 */

import type { InkElement, InkPoint, Item, Point } from "../model";
import type { Sizes } from "./bounds";
import { toSegment } from "./distance";
import { isHit } from "./hit";
import { apply, meanScale } from "./matrix";
import { inkReach } from "./outline";
import { walk } from "./packed";

/** All in page space. */
export interface EraserPath {
  from: Point;
  to: Point;
  radius: number;
}

type InkItem = Extract<Item, InkElement>;

/** Shorter remains (in board units) are dust and go too. */
const DUST = 0.5;
const HALVINGS = 24;

/** Whether the eraser touches the item at all. */
export function isTouched(item: Item, path: EraserPath, sizes?: Sizes): boolean {
  const length = Math.hypot(path.to.x - path.from.x, path.to.y - path.from.y);
  const steps = Math.max(Math.ceil(length / Math.max(path.radius / 2, 0.5)), 1);
  for (let step = 0; step <= Math.min(steps, 500); step++) {
    const point = mix(path.from, path.to, step / Math.min(steps, 500));
    if (isHit(item, point, path.radius, sizes)) return true;
  }
  return false;
}

/**
 * What is left of the ink, in its own coordinates, in the order it was drawn: null when the
 * eraser did not touch it, no fragment when nothing is left.
 */
export function eraseInk(item: InkItem, path: EraserPath): InkPoint[][] | null {
  const points: InkPoint[] = [];
  walk(item.d, (x, y, p) => {
    points.push({ x, y, p });
  });
  const cutter = cutterOf(item, path);
  const first = points[0];
  if (!first) return [];
  const only = points.length === 1 ? cutter(first, first) : null;
  if (points.length === 1) return only ? [] : null;
  return cutAll(points, cutter);
}

type Stretch = readonly [from: number, to: number];
type Cutter = (from: Point, to: Point) => Stretch | null;

function cutAll(points: readonly InkPoint[], cutter: Cutter): InkPoint[][] | null {
  const fragments: InkPoint[][] = [];
  let current: InkPoint[] = points.slice(0, 1);
  let isCut = false;
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1], points[at]];
    if (!from || !to) break;
    const gone = cutter(from, to);
    if (!gone) {
      if (current.length === 0) current.push(from);
      current.push(to);
      continue;
    }
    isCut = true;
    if (gone[0] > 0) current.push(between(from, to, gone[0]));
    else current = current.length > 1 ? current : [];
    fragments.push(current);
    current = gone[1] < 1 ? [between(from, to, gone[1]), to] : [];
  }
  fragments.push(current);
  return isCut ? fragments.filter((fragment) => lengthOf(fragment) > DUST) : null;
}

/** Tells which stretch (shares 0..1) of a piece of centre line lies under the eraser. */
function cutterOf(item: InkItem, path: EraserPath): Cutter {
  const reach = path.radius + (inkReach(item) * meanScale(item.m)) / (item.t === "pen" ? 1.5 : 1);
  return (from, to) => {
    const [start, end] = [apply(item.m, from), apply(item.m, to)];
    if (isFar(start, end, path, reach)) return null;
    const distance = (share: number): number => pathDistance(mix(start, end, share), path) - reach;
    const nearest = lowest(distance);
    if (distance(nearest) >= 0) return null;
    return [border(distance, nearest, 0), border(distance, nearest, 1)];
  };
}

function isFar(start: Point, end: Point, path: EraserPath, reach: number): boolean {
  const { from, to } = path;
  return (
    Math.min(start.x, end.x) > Math.max(from.x, to.x) + reach ||
    Math.max(start.x, end.x) < Math.min(from.x, to.x) - reach ||
    Math.min(start.y, end.y) > Math.max(from.y, to.y) + reach ||
    Math.max(start.y, end.y) < Math.min(from.y, to.y) - reach
  );
}

function pathDistance(point: Point, path: EraserPath): number {
  return toSegment(point, path.from, path.to);
}

/** Where a convex function over 0..1 is lowest. */
function lowest(value: (share: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS * 2; step++) {
    const third = (high - low) / 3;
    if (value(low + third) <= value(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}

/** Where the function, negative at `inner`, crosses zero towards `outer`; `outer` if it does not. */
function border(value: (share: number) => number, inner: number, outer: number): number {
  if (value(outer) < 0) return outer;
  let [below, above] = [inner, outer];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (below + above) / 2;
    if (value(middle) < 0) below = middle;
    else above = middle;
  }
  return above;
}

function mix(from: Point, to: Point, share: number): Point {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

function between(from: InkPoint, to: InkPoint, share: number): InkPoint {
  return { ...mix(from, to, share), p: Math.round(from.p + share * (to.p - from.p)) };
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1], points[at]];
    if (from && to) length += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return length;
}
