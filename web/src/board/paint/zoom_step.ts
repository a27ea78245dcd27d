/**
 * The step of zoom whose tiles are shown. While the zoom is still moving the old tiles are
 * stretched; a moment after it has come to rest the right ones are painted.
 */

import { stepFor } from "./tile_grid";

export const SETTLE_MS = 120;

export class ZoomStep {
  private held: number | null = null;
  private scale = 0;
  private changedAt = 0;
  private moving = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** `onSettle` is called when the zoom has come to rest. */
  constructor(private readonly onSettle: () => void) {}

  /** The step to show at `scale` device pixels per unit; `isFree` takes the right one at once. */
  look(scale: number, now: number, isFree = false): number {
    if (scale !== this.scale) {
      this.scale = scale;
      this.changedAt = now;
    }
    const wanted = stepFor(scale);
    this.moving = false;
    if (this.held === null || isFree || wanted === this.held) this.held = wanted;
    else if (now - this.changedAt >= SETTLE_MS) this.held = wanted;
    else {
      this.moving = true;
      this.arm(this.changedAt + SETTLE_MS - now);
    }
    return this.held;
  }

  /** Whether the tiles shown are of another step than they should be. */
  get isMoving(): boolean {
    return this.moving;
  }

  destroy(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private arm(waitMs: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.onSettle();
    }, waitMs + 1);
  }
}
