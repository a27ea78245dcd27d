/** Frame, handles, lasso and guides: on top of everything, of one width at every zoom. */

import type { Guide } from "../kernel/snap";
import { type Frame, frameCorners, handlesOf } from "../kernel/transform";
import type { Point, Rect } from "../model";
import type { BoardColours, SelectionShape } from "./types";

/** From page space to CSS pixels. */
export type ToScreen = (point: Point) => Point;

const HANDLE = 10;
const EDGE_ROOM = 56;
const LINE = 1.5;

export function paintSelection(
  ctx: CanvasRenderingContext2D,
  shape: SelectionShape,
  toScreen: ToScreen,
  scale: number,
  colours: BoardColours,
): void {
  for (const member of shape.members ?? []) frameLine(ctx, member, toScreen, colours, 1);
  frameLine(ctx, shape.frame, toScreen, colours, LINE);
  if (shape.handles === "none" && !shape.mayRotate) return;
  const [a, b, , d] = frameCorners(shape.frame).map(toScreen);
  const isWide = a && b ? Math.hypot(b.x - a.x, b.y - a.y) >= EDGE_ROOM : false;
  const isHigh = a && d ? Math.hypot(d.x - a.x, d.y - a.y) >= EDGE_ROOM : false;
  for (const [name, point] of handlesOf(shape.frame, scale)) {
    const at = toScreen(point);
    if (name === "rotate") {
      if (shape.mayRotate) turnHandle(ctx, at, toScreen, shape, scale, colours);
      continue;
    }
    if (shape.handles === "none") continue;
    const isEdge = name.length === 1;
    if (
      isEdge &&
      (shape.handles === "corners" || !(name === "n" || name === "s" ? isWide : isHigh))
    )
      continue;
    squareHandle(ctx, at, colours);
  }
}

export function paintLasso(
  ctx: CanvasRenderingContext2D,
  points: readonly Point[],
  toScreen: ToScreen,
  colours: BoardColours,
): void {
  ctx.beginPath();
  for (const point of points) {
    const { x, y } = toScreen(point);
    ctx.lineTo(x, y);
  }
  ctx.closePath();
  area(ctx, colours);
}

export function paintMarquee(
  ctx: CanvasRenderingContext2D,
  rect: Rect,
  toScreen: ToScreen,
  colours: BoardColours,
): void {
  const start = toScreen(rect);
  const end = toScreen({ x: rect.x + rect.w, y: rect.y + rect.h });
  ctx.beginPath();
  ctx.rect(start.x, start.y, end.x - start.x, end.y - start.y);
  area(ctx, colours);
}

export function paintGuides(
  ctx: CanvasRenderingContext2D,
  guides: readonly Guide[],
  toScreen: ToScreen,
  colours: BoardColours,
): void {
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const { axis, at, from, to } of guides) {
    const start = toScreen(axis === "x" ? { x: at, y: from } : { x: from, y: at });
    const end = toScreen(axis === "x" ? { x: at, y: to } : { x: to, y: at });
    ctx.moveTo(start.x, start.y);
    ctx.lineTo(end.x, end.y);
  }
  ctx.stroke();
}

export function paintEraser(
  ctx: CanvasRenderingContext2D,
  at: Point,
  radius: number,
  colours: BoardColours,
): void {
  ctx.beginPath();
  ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.5)";
  ctx.fill();
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.halo;
  ctx.stroke();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = "#5c5952";
  ctx.stroke();
}

function frameLine(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  toScreen: ToScreen,
  colours: BoardColours,
  width: number,
): void {
  ctx.beginPath();
  for (const point of frameCorners(frame)) {
    const { x, y } = toScreen(point);
    ctx.lineTo(x, y);
  }
  ctx.closePath();
  ctx.lineWidth = width;
  ctx.strokeStyle = colours.accent;
  ctx.stroke();
}

function squareHandle(ctx: CanvasRenderingContext2D, at: Point, colours: BoardColours): void {
  ctx.beginPath();
  ctx.roundRect(at.x - HANDLE / 2, at.y - HANDLE / 2, HANDLE, HANDLE, 2.5);
  fillHandle(ctx, colours);
}

function turnHandle(
  ctx: CanvasRenderingContext2D,
  at: Point,
  toScreen: ToScreen,
  shape: SelectionShape,
  scale: number,
  colours: BoardColours,
): void {
  const top = handlesOf(shape.frame, scale).get("n");
  if (top) {
    const foot = toScreen(top);
    ctx.beginPath();
    ctx.moveTo(foot.x, foot.y);
    ctx.lineTo(at.x, at.y);
    ctx.lineWidth = LINE;
    ctx.strokeStyle = colours.accent;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.arc(at.x, at.y, HANDLE / 2 + 1, 0, 2 * Math.PI);
  fillHandle(ctx, colours);
}

function fillHandle(ctx: CanvasRenderingContext2D, colours: BoardColours): void {
  ctx.fillStyle = colours.halo;
  ctx.fill();
  ctx.lineWidth = LINE;
  ctx.strokeStyle = colours.accent;
  ctx.stroke();
}

function area(ctx: CanvasRenderingContext2D, colours: BoardColours): void {
  ctx.save();
  ctx.globalAlpha = 0.08;
  ctx.fillStyle = colours.accent;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = LINE;
  ctx.setLineDash([5, 4]);
  ctx.stroke();
  ctx.restore();
}
