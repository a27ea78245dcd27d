/**
 * Where the view stands: panning, zooming at a point, fitting a rectangle, and the way between
 * two cameras. Pure; px are CSS px of the host, everything else board units.
 */
import type { Camera, PageFacts, Point, Rect } from "./model";

export const LEAST_SCALE = 0.05;
export const MOST_SCALE = 32;
/** So much of a sized page stays in sight, px. */
const IN_SIGHT = 64;
export const MARGIN = 24;
/** Items may lie within a million units; the view's far side must stay within that too. */
const FAR = 900_000;

export interface Size {
  w: number;
  h: number;
}

export function panned(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** The point under `at` stays under `at`. */
export function zoomedAt(camera: Camera, scale: number, at: Point): Camera {
  const next = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale));
  return {
    scale: next,
    x: camera.x + at.x / camera.scale - at.x / next,
    y: camera.y + at.y / camera.scale - at.y / next,
  };
}

export function toPage(camera: Camera, at: Point): Point {
  return { x: camera.x + at.x / camera.scale, y: camera.y + at.y / camera.scale };
}

export function toScreen(camera: Camera, at: Point): Point {
  return { x: (at.x - camera.x) * camera.scale, y: (at.y - camera.y) * camera.scale };
}

/** The part of the page that is seen. */
export function viewOf(camera: Camera, size: Size): Rect {
  return { x: camera.x, y: camera.y, w: size.w / camera.scale, h: size.h / camera.scale };
}

/** Shows the whole rectangle in the middle, with margins on two sides where the shapes differ. */
export function cameraShowing(rect: Rect, size: Size, margin = 0): Camera {
  const w = Math.max(1, size.w - 2 * margin);
  const h = Math.max(1, size.h - 2 * margin);
  const wish = Math.min(w / Math.max(rect.w, 1e-6), h / Math.max(rect.h, 1e-6));
  const scale = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, wish));
  return {
    scale,
    x: rect.x + rect.w / 2 - size.w / scale / 2,
    y: rect.y + rect.h / 2 - size.h / scale / 2,
  };
}

export function pageRect(facts: PageFacts | null): Rect | null {
  if (!facts || facts.width === null || facts.height === null) return null;
  return { x: 0, y: 0, w: facts.width, h: facts.height };
}

/** A sized page cannot be pushed out of sight, and no view leaves the board's coordinates. */
export function keptInSight(camera: Camera, size: Size, page: Rect | null): Camera {
  if (size.w === 0 || size.h === 0) return camera;
  if (!page) {
    const within = (value: number) => Math.min(FAR, Math.max(-FAR, value));
    return { scale: camera.scale, x: within(camera.x), y: within(camera.y) };
  }
  const rim = IN_SIGHT / camera.scale;
  const hold = (at: number, seen: number, start: number, length: number) =>
    Math.min(
      start + Math.max(length - rim, rim),
      Math.max(start - seen + Math.min(rim, length), at),
    );
  return {
    scale: camera.scale,
    x: hold(camera.x, size.w / camera.scale, page.x, page.w),
    y: hold(camera.y, size.h / camera.scale, page.y, page.h),
  };
}

/** The way from one camera to another, `t` 0..1; zooming goes evenly and keeps the middle's way. */
export function between(from: Camera, to: Camera, t: number, size: Size): Camera {
  if (t >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** t;
  const middle = (camera: Camera): Point => toPage(camera, { x: size.w / 2, y: size.h / 2 });
  const a = middle(from);
  const b = middle(to);
  return {
    scale,
    x: a.x + (b.x - a.x) * t - size.w / scale / 2,
    y: a.y + (b.y - a.y) * t - size.h / scale / 2,
  };
}
