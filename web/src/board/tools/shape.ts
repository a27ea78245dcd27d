/**
 * Line, arrow, rectangle, ellipse: drawn by dragging. Shift keeps to steps of 45 degrees, squares
 * and circles; Alt draws from the middle; lines that begin at the ruler's edge run along it.
 */
import { along, type Edge, edgeNear, SNAP_PX } from "../aids";
import { normal } from "../kernel/rect";
import type { Draft, PageDoc, Point, Rect } from "../model";
import type { ToolStyle } from "../view_types";
import { CLICK_PX, type Desk, distance, type Tool, type Touch } from "./tool";

const LIVE = "own";
const STEP = Math.PI / 4;

export type ShapeName = "line" | "arrow" | "rect" | "ell";

interface Drawing {
  doc: PageDoc;
  id: string;
  from: Point;
  edge: Edge | null;
  draft: Draft | null;
}

export class ShapeTool implements Tool {
  readonly #desk: Desk;
  readonly #name: ShapeName;
  #drawing: Drawing | null = null;

  constructor(desk: Desk, name: ShapeName) {
    this.#desk = desk;
    this.#name = name;
  }

  get isBusy(): boolean {
    return this.#drawing !== null;
  }

  down(touch: Touch): void {
    const doc = this.#desk.doc();
    if (!doc) return;
    const edge = this.#isLine ? this.#edgeAt(touch) : null;
    const from = edge ? along(edge, touch) : { x: touch.x, y: touch.y };
    this.#drawing = { doc, id: doc.newId(), from, edge, draft: null };
  }

  move(touches: readonly Touch[]): void {
    const drawing = this.#drawing;
    const touch = touches.at(-1);
    if (!drawing || !touch) return;
    const to = this.#end(drawing, touch);
    const tooSmall = distance(drawing.from, to) * this.#desk.scale() < CLICK_PX;
    const box = this.#isLine
      ? lineBox(drawing.from, to, touch)
      : spannedBox(drawing.from, to, touch);
    drawing.draft = tooSmall ? null : shapeDraft(this.#name, box, this.#desk.style(this.#name));
    const shape = drawing.draft ? { kind: "draft" as const, draft: drawing.draft } : null;
    this.#desk.live.set(LIVE, shape);
    this.#desk.preview(drawing.id, shape);
  }

  up(): void {
    const drawing = this.#drawing;
    if (!drawing) return;
    const { doc, draft, id } = drawing;
    if (draft) doc.edit((edit) => edit.insert(draft, { id }));
    this.cancel();
  }

  cancel(): void {
    const drawing = this.#drawing;
    this.#drawing = null;
    if (!drawing) return;
    this.#desk.live.set(LIVE, null);
    this.#desk.preview(drawing.id, null);
  }

  get #isLine(): boolean {
    return this.#name === "line" || this.#name === "arrow";
  }

  #edgeAt(at: Point): Edge | null {
    const edge = edgeNear(this.#desk.aid(), at, SNAP_PX / this.#desk.scale());
    // A straight line cannot run along the arc.
    return edge?.kind === "line" ? edge : null;
  }

  #end(drawing: Drawing, touch: Touch): Point {
    if (drawing.edge) return along(drawing.edge, touch);
    const edge = this.#isLine && !touch.shift ? this.#edgeAt(touch) : null;
    return edge ? along(edge, touch) : touch;
  }
}

interface Held {
  shift: boolean;
  alt: boolean;
}

/** From the start to the end, width and height signed. */
export function lineBox(from: Point, to: Point, held: Held): Rect {
  let dx = to.x - from.x;
  let dy = to.y - from.y;
  if (held.shift) {
    const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
    const length = dx * Math.cos(angle) + dy * Math.sin(angle);
    dx = length * Math.cos(angle);
    dy = length * Math.sin(angle);
  }
  if (!held.alt) return { x: from.x, y: from.y, w: dx, h: dy };
  return { x: from.x - dx, y: from.y - dy, w: 2 * dx, h: 2 * dy };
}

export function spannedBox(from: Point, to: Point, held: Held): Rect {
  let dx = to.x - from.x;
  let dy = to.y - from.y;
  if (held.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    dx = dx < 0 ? -side : side;
    dy = dy < 0 ? -side : side;
  }
  if (!held.alt) return normal({ x: from.x, y: from.y, w: dx, h: dy });
  return normal({ x: from.x - dx, y: from.y - dy, w: 2 * dx, h: 2 * dy });
}

export function shapeDraft(name: ShapeName, box: Rect, style: ToolStyle): Draft {
  const look = { ...rounded(box), c: style.colour, sw: style.width, ds: style.dash };
  if (name === "line" || name === "arrow") return { t: name, ...look };
  return { t: name, ...look, fill: style.fill };
}

/** Hundredths are finer than any screen shows and shorter on the wire. */
export function rounded(box: Rect): Rect {
  const fine = (value: number) => Math.round(value * 100) / 100;
  return { x: fine(box.x), y: fine(box.y), w: fine(box.w), h: fine(box.h) };
}
