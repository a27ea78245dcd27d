/** The lines of shapes, in their own coordinates: line, arrow, rectangle, ellipse, polygon. */

import type { BoxElement, Dash, LineElement, Point, PolygonElement, Rect } from "../model";
import { packedLine } from "./packed";
import type { PathSink } from "./path";

export type ShapeElement = LineElement | BoxElement | PolygonElement;

/** Length of the control arm that makes a quarter circle of a cubic curve. */
const QUARTER = 0.5522847498;

/** The body, without the head of an arrow. Everything but a line is closed. */
export function traceShape(shape: ShapeElement, sink: PathSink): void {
  if (shape.t === "rect") traceRect(shape, sink);
  else if (shape.t === "ell") traceEllipse(shape, sink);
  else if (shape.t === "poly") tracePolygon(packedLine(shape.d), sink);
  else {
    sink.moveTo(shape.x, shape.y);
    sink.lineTo(shape.x + shape.w, shape.y + shape.h);
  }
}

/** The two barbs of an arrow, open, always drawn solid. */
export function traceHead(arrow: LineElement, sink: PathSink): void {
  const [left, tip, right] = arrowHead(arrow);
  sink.moveTo(left.x, left.y);
  sink.lineTo(tip.x, tip.y);
  sink.lineTo(right.x, right.y);
}

/** Barb, tip, barb. Short arrows get short barbs. */
export function arrowHead(arrow: Rect & { sw: number }): [Point, Point, Point] {
  const tip = { x: arrow.x + arrow.w, y: arrow.y + arrow.h };
  const length = Math.hypot(arrow.w, arrow.h);
  const barb = Math.min(8 + arrow.sw * 3, Math.max(length * 0.6, arrow.sw));
  const back = Math.atan2(-arrow.h, -arrow.w);
  const at = (angle: number): Point => ({
    x: tip.x + barb * Math.cos(angle),
    y: tip.y + barb * Math.sin(angle),
  });
  return [at(back + Math.PI / 6.5), tip, at(back - Math.PI / 6.5)];
}

/** Lengths of dashes and gaps; a dotted line is drawn with round ends. */
export function dashesOf(dash: Dash, width: number): number[] {
  if (dash === 1) return [width * 3 + 4, width * 2 + 4];
  return dash === 2 ? [0, width * 2 + 2] : [];
}

/** Corners of a polygon. */
export function polygonPoints(shape: Pick<PolygonElement, "d">): Point[] {
  const line = packedLine(shape.d);
  const points: Point[] = [];
  for (let at = 0; at + 1 < line.length; at += 2) {
    points.push({ x: line[at] ?? 0, y: line[at + 1] ?? 0 });
  }
  return points;
}

function traceRect(rect: Rect, sink: PathSink): void {
  sink.moveTo(rect.x, rect.y);
  sink.lineTo(rect.x + rect.w, rect.y);
  sink.lineTo(rect.x + rect.w, rect.y + rect.h);
  sink.lineTo(rect.x, rect.y + rect.h);
  sink.closePath();
}

function traceEllipse(rect: Rect, sink: PathSink): void {
  const [rx, ry] = [rect.w / 2, rect.h / 2];
  const [x, y] = [rect.x + rx, rect.y + ry];
  const [kx, ky] = [rx * QUARTER, ry * QUARTER];
  sink.moveTo(x + rx, y);
  sink.bezierCurveTo(x + rx, y + ky, x + kx, y + ry, x, y + ry);
  sink.bezierCurveTo(x - kx, y + ry, x - rx, y + ky, x - rx, y);
  sink.bezierCurveTo(x - rx, y - ky, x - kx, y - ry, x, y - ry);
  sink.bezierCurveTo(x + kx, y - ry, x + rx, y - ky, x + rx, y);
  sink.closePath();
}

function tracePolygon(line: readonly number[], sink: PathSink): void {
  for (let at = 0; at + 1 < line.length; at += 2) {
    const [x, y] = [line[at] ?? 0, line[at + 1] ?? 0];
    if (at === 0) sink.moveTo(x, y);
    else sink.lineTo(x, y);
  }
  sink.closePath();
}
