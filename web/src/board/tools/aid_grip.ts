/** Moving and turning the ruler or the protractor: a press on its body or grips goes here. */
import type { Signal } from "@preact/signals";
import { type AidPart, partAt, SNAP_PX, turned } from "../aids";
import type { Point } from "../model";
import type { Aid } from "../view_types";
import type { Tool, Touch } from "./tool";

export class AidGrip implements Tool {
  readonly #aid: Signal<Aid | null>;
  readonly #scale: () => number;
  #held: { part: AidPart; from: Point; aid: Aid } | null = null;

  constructor(aid: Signal<Aid | null>, scale: () => number) {
    this.#aid = aid;
    this.#scale = scale;
  }

  get isBusy(): boolean {
    return this.#held !== null;
  }

  /** Whether a press there means the aid and not what lies under it. */
  takes(at: Point): boolean {
    return this.#part(at) !== null;
  }

  down(touch: Touch): void {
    const aid = this.#aid.value;
    const part = this.#part(touch);
    if (aid && part) this.#held = { part, from: { x: touch.x, y: touch.y }, aid };
  }

  move(touches: readonly Touch[]): void {
    const touch = touches.at(-1);
    if (!this.#held || !touch) return;
    const { part, from, aid } = this.#held;
    this.#aid.value =
      part === "body"
        ? { ...aid, x: aid.x + touch.x - from.x, y: aid.y + touch.y - from.y }
        : turned(aid, part, touch, touch.shift);
  }

  up(): void {
    this.#held = null;
  }

  cancel(): void {
    if (this.#held) this.#aid.value = this.#held.aid;
    this.#held = null;
  }

  #part(at: Point): AidPart | null {
    return this.#aid.value && partAt(this.#aid.value, at, SNAP_PX / this.#scale());
  }
}
