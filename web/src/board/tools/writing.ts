/**
 * Text, note and formula: a click opens the editor, on what lies there already or on a new one. A
 * box that is dragged open is as wide as it was drawn.
 */
import { normal } from "../kernel/rect";
import type { Item, Point } from "../model";
import type { WritingKind } from "../view_types";
import { type Desk, REACH_PX, type Tool, type Touch } from "./tool";

const LIVE = "own";
/** A smaller drag is a click, px. */
const LEAST_BOX_PX = 24;

export class WritingTool implements Tool {
  readonly #desk: Desk;
  readonly #kind: WritingKind;
  #from: Point | null = null;
  #to: Point | null = null;

  constructor(desk: Desk, kind: WritingKind) {
    this.#desk = desk;
    this.#kind = kind;
  }

  get isBusy(): boolean {
    return this.#from !== null;
  }

  down(touch: Touch): void {
    if (!this.#desk.doc()) return;
    this.#from = { x: touch.x, y: touch.y };
    this.#to = this.#from;
  }

  move(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    if (!this.#from || !touch) return;
    this.#to = { x: touch.x, y: touch.y };
    const box = this.#kind === "tex" ? null : this.#box();
    this.#desk.live.set(LIVE, box ? { kind: "marquee", rect: box } : null);
  }

  up(): void {
    const at = this.#from;
    const box = this.#kind === "tex" ? null : this.#box();
    this.cancel();
    if (!at) return;
    const there = box ? null : this.#writtenAt(at);
    if (there) this.#desk.edit(there.id);
    else this.#desk.write({ kind: this.#kind, at, box });
  }

  cancel(): void {
    this.#from = null;
    this.#to = null;
    this.#desk.live.set(LIVE, null);
  }

  #box() {
    if (!this.#from || !this.#to) return null;
    const { x, y } = this.#from;
    const box = normal({ x, y, w: this.#to.x - x, h: this.#to.y - y });
    return box.w * this.#desk.scale() < LEAST_BOX_PX ? null : box;
  }

  #writtenAt(at: Point): Item | null {
    const found = this.#desk.index()?.at(at, REACH_PX / this.#desk.scale()) ?? null;
    return found && found.t === this.#kind && this.#desk.mayChange(found) ? found : null;
  }
}
