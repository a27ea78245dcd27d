/** The laser: a bright trail that is gone a second after it was drawn. */

import type { LaserPoint } from "../model";

export const LASER_MS = 1_000;
const WIDTH = 5;
/** Parts of the trail of one brightness each. */
const BANDS = 10;

export interface Trail {
  points: readonly LaserPoint[];
  colour: string;
}

/** 1 just drawn, 0 gone; without fading it is 1 until it is gone. */
export function brightness(point: LaserPoint, now: number, fades: boolean): number {
  const left = 1 - (now - point.at) / LASER_MS;
  if (left <= 0) return 0;
  return fades ? Math.min(left, 1) : 1;
}

export function isOver(trail: Trail, now: number): boolean {
  const last = trail.points[trail.points.length - 1];
  return last === undefined || now - last.at >= LASER_MS;
}

/** `scale`: CSS pixels per board unit; the trail has one width on the screen at every zoom. */
export function paintTrail(
  ctx: CanvasRenderingContext2D,
  trail: Trail,
  now: number,
  scale: number,
  fades: boolean,
): void {
  const alive = trail.points.filter((point) => brightness(point, now, fades) > 0);
  ctx.save();
  ctx.strokeStyle = trail.colour;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  for (const [share, alpha] of [
    [3, 0.22],
    [1, 1],
  ] as const) {
    ctx.lineWidth = (WIDTH * share) / scale;
    for (const band of bandsOf(alive, now, fades)) {
      ctx.globalAlpha = alpha * band.light;
      ctx.beginPath();
      for (const { x, y } of band.points) ctx.lineTo(x, y);
      if (band.points.length === 1)
        ctx.lineTo((band.points[0]?.x ?? 0) + 0.01, band.points[0]?.y ?? 0);
      ctx.stroke();
    }
  }
  ctx.restore();
}

/** Runs of points of about the same brightness; each begins where the one before it ends. */
export function bandsOf(
  points: readonly LaserPoint[],
  now: number,
  fades: boolean,
): { light: number; points: LaserPoint[] }[] {
  const bands: { light: number; points: LaserPoint[] }[] = [];
  for (const point of points) {
    const light = Math.ceil(brightness(point, now, fades) * BANDS) / BANDS;
    const last = bands[bands.length - 1];
    if (last && last.light === light) last.points.push(point);
    else {
      const joint = last?.points[last.points.length - 1];
      bands.push({ light, points: joint ? [joint, point] : [point] });
    }
  }
  return bands;
}
