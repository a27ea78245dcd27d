/** The laser pointer: a trail that fades, shown to everybody and stored nowhere. */
import type { LaserPoint, Point } from "../model";
import type { Desk, Tool, Touch } from "./tool";

const LIVE = "own";
const FADE_MS = 1_000;
const SEND_MS = 33;

export class LaserTool implements Tool {
  readonly #desk: Desk;
  #isOn = false;
  #trail: LaserPoint[] = [];
  #unsent: Point[] = [];
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isBusy(): boolean {
    return this.#isOn;
  }

  down(touch: Touch): void {
    if (!this.#desk.doc()) return;
    this.#isOn = true;
    this.move([touch]);
  }

  move(touches: readonly Touch[]): void {
    if (!this.#isOn) return;
    for (const { x, y, at } of touches) {
      this.#trail.push({ x, y, at });
      this.#unsent.push({ x, y });
    }
    const now = touches.at(-1)?.at ?? 0;
    this.#trail = this.#trail.filter((point) => now - point.at <= FADE_MS);
    this.#desk.live.laser(LIVE, this.#trail, this.#desk.style("laser").colour);
    if (now - this.#sentAt < SEND_MS) return;
    this.#sentAt = now;
    this.#send();
  }

  up(): void {
    this.#isOn = false;
    this.#send();
  }

  cancel(): void {
    this.up();
  }

  #send(): void {
    if (this.#unsent.length === 0) return;
    this.#desk.sendLaser(this.#unsent);
    this.#unsent = [];
  }
}
