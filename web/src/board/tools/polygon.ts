/**
 * Polygon: a corner with each click; Enter, a double click or a click on the first corner closes
 * it, Escape drops it.
 */
import type { Draft, PageDoc, Point } from "../model";
import { pack } from "../points";
import { CLICK_PX, type Desk, distance, REACH_PX, type Tool, type Touch } from "./tool";

const LIVE = "own";
/** More corners than anybody clicks, and well below the limit of an item. */
const MOST_CORNERS = 500;

interface Drawing {
  doc: PageDoc;
  id: string;
  corners: Point[];
}

export class PolygonTool implements Tool {
  readonly #desk: Desk;
  #drawing: Drawing | null = null;
  #pressed: Point | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isBusy(): boolean {
    return this.#drawing !== null;
  }

  down(touch: Touch): void {
    const doc = this.#desk.doc();
    if (!doc) return;
    this.#drawing ??= { doc, id: doc.newId(), corners: [] };
    const { corners } = this.#drawing;
    const first = corners[0];
    const closes = first !== undefined && this.#px(first, touch) <= REACH_PX * 1.5;
    if (corners.length >= 3 && (touch.clicks >= 2 || closes || corners.length >= MOST_CORNERS)) {
      this.finish();
      return;
    }
    const last = corners.at(-1);
    if (!last || this.#px(last, touch) >= CLICK_PX) corners.push({ x: touch.x, y: touch.y });
    this.#pressed = { x: touch.x, y: touch.y };
    this.#show(null);
  }

  move(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    if (touch) this.#show(touch);
    if (touch && this.#pressed) this.#pressed = { x: touch.x, y: touch.y };
  }

  hover(touch: Touch): void {
    if (this.#drawing) this.#show(touch);
  }

  /** A drag from corner to corner sets both. */
  up(): void {
    const at = this.#pressed;
    const last = this.#drawing?.corners.at(-1);
    this.#pressed = null;
    if (!at || !last || !this.#drawing) return;
    if (this.#px(last, at) >= REACH_PX * 2) this.#drawing.corners.push(at);
    this.#show(null);
  }

  finish(): boolean {
    const drawing = this.#drawing;
    if (!drawing || drawing.corners.length < 3) return false;
    drawing.doc.edit((edit) => edit.insert(this.#draft(drawing.corners), { id: drawing.id }));
    this.cancel();
    return true;
  }

  cancel(): void {
    const drawing = this.#drawing;
    this.#drawing = null;
    this.#pressed = null;
    if (!drawing) return;
    this.#desk.live.set(LIVE, null);
    this.#desk.preview(drawing.id, null);
  }

  leave(): void {
    this.cancel();
  }

  #px(a: Point, b: Point): number {
    return distance(a, b) * this.#desk.scale();
  }

  #draft(corners: readonly Point[]): Draft {
    const { colour, width, dash, fill } = this.#desk.style("poly");
    const d = pack(corners.map(({ x, y }) => ({ x, y, p: 0 })));
    return { t: "poly", d, c: colour, sw: width, ds: dash, fill };
  }

  #show(next: Point | null): void {
    if (!this.#drawing) return;
    const corners = next ? [...this.#drawing.corners, next] : this.#drawing.corners;
    const shape = { kind: "draft" as const, draft: this.#draft(corners) };
    this.#desk.live.set(LIVE, shape);
    this.#desk.preview(this.#drawing.id, shape);
  }
}
