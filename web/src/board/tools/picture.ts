/** Image: a click says where the one that is chosen next goes. */
import type { Point } from "../model";
import type { Desk, Tool, Touch } from "./tool";

export class PictureTool implements Tool {
  readonly #desk: Desk;
  #at: Point | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isBusy(): boolean {
    return false;
  }

  down(touch: Touch): void {
    this.#at = { x: touch.x, y: touch.y };
  }

  move(): void {}

  up(): void {
    if (this.#at && this.#desk.doc()) this.#desk.chooseImage(this.#at);
    this.#at = null;
  }

  cancel(): void {
    this.#at = null;
  }
}
