/**
 * The outline of ink: a polygon round the centre line whose width follows the pressure, after
 * perfect-freehand. A highlighter keeps one width. All in the item's own coordinates.
 */

import { getStroke, type StrokeOptions } from "perfect-freehand";
import type { InkElement, InkPoint } from "../model";
import { packedRows } from "./packed";
import type { PathSink } from "./path";

/** Corners as [x, y]; the last one joins the first. */
export type Outline = readonly (readonly number[])[];
export type InkStyle = Pick<InkElement, "t" | "w" | "s">;

/** At pressure 0 the pen draws this share of its width less, at 255 as much more. */
const THINNING = 0.5;
/** By this share of the width the flat ends of a highlighter reach out to each side. */
const FLAT_END = 0.51;
const DOT_CORNERS = 24;

type Row = [x: number, y: number, pressure: number];

/** Of stored ink. */
export function inkOutline(ink: InkStyle & Pick<InkElement, "d">): Outline {
  return outlineRows(packedRows(ink.d), ink, true);
}

/** Of ink in progress; `isDone` closes its end as the stored one will be. */
export function strokeOutline(
  points: readonly InkPoint[],
  style: InkStyle,
  isDone = false,
): Outline {
  const rows = points.map(({ x, y, p }): Row => [x, y, p / 255]);
  return outlineRows(rows, style, isDone);
}

/** The most by which ink reaches over its centre line. */
export function inkReach(style: InkStyle): number {
  return style.t === "hl" ? style.w * FLAT_END : (style.w * (1 + THINNING)) / 2;
}

/** Puts the outline into the sink with its corners rounded by curves through the middles. */
export function traceOutline(outline: Outline, sink: PathSink): void {
  const last = outline[outline.length - 1];
  const first = outline[0];
  if (!last || !first || outline.length < 3) return;
  let x = first[0] ?? 0;
  let y = first[1] ?? 0;
  sink.moveTo(((last[0] ?? 0) + x) / 2, ((last[1] ?? 0) + y) / 2);
  for (let at = 1; at <= outline.length; at++) {
    const next = outline[at] ?? first;
    const nextX = next[0] ?? 0;
    const nextY = next[1] ?? 0;
    sink.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    x = nextX;
    y = nextY;
  }
  sink.closePath();
}

function outlineRows(rows: Row[], style: InkStyle, isDone: boolean): Outline {
  const only = rows[0];
  if (only && rows.length === 1) return dot(only, style);
  return getStroke(rows, optionsOf(style, isDone));
}

/** A tap: round, as wide as a stroke of this pressure. */
function dot([x, y, pressure]: Row, style: InkStyle): Outline {
  const share = style.t === "pen" && style.s === 0 ? 1 + THINNING * (2 * pressure - 1) : 1;
  const radius = (style.w * share) / 2;
  return Array.from({ length: DOT_CORNERS }, (_, at) => {
    const angle = (at / DOT_CORNERS) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

function optionsOf(style: InkStyle, last: boolean): StrokeOptions {
  const isPen = style.t === "pen";
  return {
    size: style.w,
    thinning: isPen ? THINNING : 0,
    smoothing: 0.5,
    streamline: 0.4,
    simulatePressure: isPen && style.s === 1,
    start: { cap: isPen },
    end: { cap: isPen },
    last,
  };
}
