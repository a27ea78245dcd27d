/**
 * Pen and highlighter. A stroke is shown on the live layer while it is drawn and written once, when
 * it is done; one that is too long for an item becomes several, in one step of undo.
 */
import { along, type Edge, edgeNear, SNAP_PX } from "../aids";
import type { Draft, InkPoint, PageDoc, Point } from "../model";
import type { LiveShape } from "../paint/types";
import { pack, splitLong } from "../points";
import type { Desk, Tool, Touch } from "./tool";

const LIVE = "own";
/** Without a pressure of its own a stroke has this one throughout. */
const EVEN = 128;
/** A stylus without a sensor reports one of these all the time. */
const NO_PRESSURE = new Set([0, 0.5]);
/** Samples nearer than this tell nothing, px. */
const LEAST_STEP_PX = 0.4;

type Ink = "pen" | "hl";
type InkStyle = Extract<LiveShape, { kind: "ink" }>["style"];

interface Stroke {
  doc: PageDoc;
  id: string;
  style: InkStyle;
  points: InkPoint[];
  edge: Edge | null;
}

export class InkTool implements Tool {
  readonly #desk: Desk;
  readonly #ink: Ink;
  #stroke: Stroke | null = null;

  constructor(desk: Desk, ink: Ink) {
    this.#desk = desk;
    this.#ink = ink;
  }

  get isBusy(): boolean {
    return this.#stroke !== null;
  }

  down(touch: Touch): void {
    const doc = this.#desk.doc();
    if (!doc) return;
    const { colour, width, opacity } = this.#desk.style(this.#ink);
    const reach = SNAP_PX / this.#desk.scale();
    const style: InkStyle = {
      t: this.#ink,
      c: colour,
      w: width,
      o: opacity,
      s: 1,
    };
    const edge = edgeNear(this.#desk.aid(), touch, reach);
    this.#stroke = { doc, id: doc.newId(), style, points: [], edge };
    this.#add(this.#stroke, [touch]);
    this.#show(this.#stroke, []);
  }

  move(touches: readonly Touch[], predicted: readonly Touch[]): void {
    if (!this.#stroke) return;
    this.#add(this.#stroke, touches);
    this.#show(this.#stroke, predicted);
  }

  up(): void {
    const stroke = this.#stroke;
    if (!stroke) return;
    this.#stroke = null;
    const pieces = splitLong(stroke.points);
    const { style } = stroke;
    stroke.doc.edit((edit) => {
      for (const [n, piece] of pieces.entries()) {
        const id = n === 0 ? stroke.id : stroke.doc.newId();
        edit.insert({ ...style, d: pack(piece) }, { id });
      }
    });
    this.#clear(stroke);
  }

  cancel(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    if (stroke) this.#clear(stroke);
  }

  #add(stroke: Stroke, touches: readonly Touch[]): void {
    const least = LEAST_STEP_PX / this.#desk.scale();
    for (const touch of touches) {
      const { pressure } = touch;
      // From the first real pressure on the stroke has its own.
      if (stroke.style.s === 1 && pressure !== null && !NO_PRESSURE.has(pressure))
        stroke.style = { ...stroke.style, s: 0 };
      const point = inkPoint(stroke, touch);
      const last = stroke.points.at(-1);
      if (last && Math.hypot(point.x - last.x, point.y - last.y) < least) {
        if (stroke.style.s === 0) last.p = point.p;
        continue;
      }
      stroke.points.push(point);
    }
  }

  #show(stroke: Stroke, predicted: readonly Touch[]): void {
    this.#desk.live.set(LIVE, {
      kind: "ink",
      style: stroke.style,
      points: stroke.points,
      predicted: predicted.map((touch) => inkPoint(stroke, touch)),
    });
    const draft: Draft = { ...stroke.style, d: pack(stroke.points) };
    this.#desk.preview(stroke.id, { kind: "draft", draft });
  }

  #clear(stroke: Stroke): void {
    this.#desk.live.set(LIVE, null);
    this.#desk.preview(stroke.id, null);
  }
}

function inkPoint(stroke: Stroke, touch: Touch): InkPoint {
  const at: Point = stroke.edge ? along(stroke.edge, touch) : touch;
  const p =
    touch.pressure === null || stroke.style.s === 1 ? EVEN : Math.round(touch.pressure * 255);
  return { x: at.x, y: at.y, p };
}
