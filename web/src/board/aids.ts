/**
 * Ruler and protractor: their shape in board units, which part of them a press takes, and how ink
 * and lines that begin at an edge run along it. Pure.
 */
import type { Point } from "./model";
import type { Aid, AidKind } from "./view_types";

export const RULER = { length: 800, depth: 72 } as const;
/** The protractor is a half disc over its straight edge, which runs through the middle. */
export const PROTRACTOR = { radius: 260 } as const;
/** Round handles at the ends of the ruler's middle line and of the protractor's edge. */
const GRIP = 22;
/** So near to an edge a stroke runs along it, px. */
export const SNAP_PX = 14;
export const TURN_STEP = Math.PI / 12;

/** What a stroke keeps to: a straight piece, or the protractor's arc. */
export type Edge =
  | { kind: "line"; a: Point; b: Point }
  | { kind: "arc"; centre: Point; radius: number; from: number };

export type AidPart = "body" | "turn_start" | "turn_end";

export function newAid(kind: AidKind, middle: Point): Aid {
  return { kind, x: middle.x, y: middle.y, angle: 0 };
}

/** A point of the page in the aid's own axes: x along it, y away from the straight edge. */
export function toAid(aid: Aid, at: Point): Point {
  const dx = at.x - aid.x;
  const dy = at.y - aid.y;
  const cos = Math.cos(aid.angle);
  const sin = Math.sin(aid.angle);
  return { x: dx * cos + dy * sin, y: dy * cos - dx * sin };
}

export function fromAid(aid: Aid, at: Point): Point {
  const cos = Math.cos(aid.angle);
  const sin = Math.sin(aid.angle);
  return { x: aid.x + at.x * cos - at.y * sin, y: aid.y + at.x * sin + at.y * cos };
}

export function edgesOf(aid: Aid): Edge[] {
  const line = (x: number, y: number): Edge => ({
    kind: "line",
    a: fromAid(aid, { x: -x, y }),
    b: fromAid(aid, { x, y }),
  });
  if (aid.kind === "ruler") {
    const half = RULER.length / 2;
    return [line(half, -RULER.depth / 2), line(half, RULER.depth / 2)];
  }
  const centre = { x: aid.x, y: aid.y };
  return [
    line(PROTRACTOR.radius, 0),
    { kind: "arc", centre, radius: PROTRACTOR.radius, from: aid.angle + Math.PI },
  ];
}

/** The nearest point of the edge. */
export function along(edge: Edge, at: Point): Point {
  if (edge.kind === "line") {
    const dx = edge.b.x - edge.a.x;
    const dy = edge.b.y - edge.a.y;
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : ((at.x - edge.a.x) * dx + (at.y - edge.a.y) * dy) / length;
    const held = Math.min(1, Math.max(0, t));
    return { x: edge.a.x + dx * held, y: edge.a.y + dy * held };
  }
  const full = 2 * Math.PI;
  const turn = Math.atan2(at.y - edge.centre.y, at.x - edge.centre.x) - edge.from;
  const on = ((turn % full) + full) % full;
  // Beyond the half circle: whichever end is nearer.
  const held = on <= Math.PI ? on : on < 1.5 * Math.PI ? Math.PI : 0;
  return {
    x: edge.centre.x + edge.radius * Math.cos(edge.from + held),
    y: edge.centre.y + edge.radius * Math.sin(edge.from + held),
  };
}

/** The edge a stroke that begins here keeps to, or null. `reach` in board units. */
export function edgeNear(aid: Aid | null, at: Point, reach: number): Edge | null {
  if (!aid) return null;
  let best: Edge | null = null;
  let least = reach;
  for (const edge of edgesOf(aid)) {
    const on = along(edge, at);
    const away = Math.hypot(on.x - at.x, on.y - at.y);
    if (away > least) continue;
    best = edge;
    least = away;
  }
  return best;
}

/** What a press takes hold of; the rim near the edges belongs to the pen. */
export function partAt(aid: Aid, at: Point, reach: number): AidPart | null {
  const own = toAid(aid, at);
  const end = aid.kind === "ruler" ? RULER.length / 2 - GRIP - 8 : PROTRACTOR.radius - GRIP - 8;
  const level = aid.kind === "ruler" ? 0 : -GRIP - 8;
  if (Math.hypot(own.x + end, own.y - level) <= GRIP) return "turn_start";
  if (Math.hypot(own.x - end, own.y - level) <= GRIP) return "turn_end";
  const rim = Math.min(reach, GRIP);
  const isInside =
    aid.kind === "ruler"
      ? Math.abs(own.x) <= RULER.length / 2 && Math.abs(own.y) <= RULER.depth / 2 - rim
      : own.y <= -rim && Math.hypot(own.x, own.y) <= PROTRACTOR.radius - rim;
  return isInside ? "body" : null;
}

/** The aid after its handle was dragged to `at`; `steps` keeps to multiples of 15 degrees. */
export function turned(aid: Aid, part: AidPart, at: Point, steps: boolean): Aid {
  const angle = Math.atan2(at.y - aid.y, at.x - aid.x) + (part === "turn_start" ? Math.PI : 0);
  const level = aid.kind === "ruler" ? 0 : Math.atan2(GRIP + 8, PROTRACTOR.radius - GRIP - 8);
  const free = part === "turn_start" ? angle - level : angle + level;
  const held = steps ? Math.round(free / TURN_STEP) * TURN_STEP : free;
  return { ...aid, angle: upright(held) };
}

/** The same angle within (-pi, pi]. */
export function upright(angle: number): number {
  const full = 2 * Math.PI;
  const on = ((angle % full) + full) % full;
  return on > Math.PI ? on - full : on;
}
