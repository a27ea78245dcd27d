/** Affine matrices as in CSS and canvas: x' = a x + c y + e, y' = b x + d y + f. */

import { IDENTITY, type Matrix, type Point } from "../model";

/** The matrix that applies `inner` first and `outer` then. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

export function apply(m: Matrix, point: Point): Point {
  return {
    x: m[0] * point.x + m[2] * point.y + m[4],
    y: m[1] * point.x + m[3] * point.y + m[5],
  };
}

/** Null when the matrix flattens everything onto a line. */
export function invert(m: Matrix): Matrix | null {
  const [a, b, c, d, e, f] = m;
  const det = a * d - b * c;
  if (!Number.isFinite(det) || Math.abs(det) < 1e-12) return null;
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}

export function isIdentity(m: Matrix): boolean {
  return IDENTITY.every((value, at) => m[at] === value);
}

export function translation(dx: number, dy: number): Matrix {
  return [1, 0, 0, 1, dx, dy];
}

/** Scales about a point that stays where it is. */
export function scaling(sx: number, sy: number, about: Point = { x: 0, y: 0 }): Matrix {
  return [sx, 0, 0, sy, about.x - sx * about.x, about.y - sy * about.y];
}

/** Turns clockwise on the screen (y grows downwards), in radians, about a point. */
export function rotation(angle: number, about: Point = { x: 0, y: 0 }): Matrix {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const { x, y } = about;
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

/** By how much lengths grow, in the mean of all directions. */
export function meanScale(m: Matrix): number {
  return Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]));
}

/** Radians by which the x axis is turned. */
export function angleOf(m: Matrix): number {
  return Math.atan2(m[1], m[0]);
}
