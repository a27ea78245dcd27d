/** A canvas of one number a pixel, for tests without a browser: what was painted last, by item. */
import type { Item, Rect } from "../../board/model";
import type { StillPorts } from "../pictures";

interface State {
  clip: Rect;
  x: number;
  y: number;
  scale: number;
}

export class Raster {
  readonly pixels: Int32Array;
  readonly canvas: { width: number; height: number; raster: Raster };
  globalCompositeOperation = "source-over";
  /** How many items were painted since it was looked at last. */
  painted = 0;
  #state: State;
  #saved: State[] = [];
  #path: Rect = { x: 0, y: 0, w: 0, h: 0 };

  constructor(
    readonly w: number,
    readonly h: number,
  ) {
    this.pixels = new Int32Array(w * h);
    this.canvas = { width: w, height: h, raster: this };
    this.#state = { clip: { x: 0, y: 0, w, h }, x: 0, y: 0, scale: 1 };
  }

  save(): void {
    this.#saved.push({ ...this.#state });
  }

  restore(): void {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  setTransform(a: number, _b: number, _c: number, _d: number, e: number, f: number): void {
    this.#state = { ...this.#state, scale: a, x: e, y: f };
  }

  beginPath(): void {
    this.#path = { x: 0, y: 0, w: 0, h: 0 };
  }

  rect(x: number, y: number, w: number, h: number): void {
    this.#path = { x, y, w, h };
  }

  clip(): void {
    const { clip } = this.#state;
    const x = Math.max(clip.x, this.#path.x);
    const y = Math.max(clip.y, this.#path.y);
    const w = Math.min(clip.x + clip.w, this.#path.x + this.#path.w) - x;
    const h = Math.min(clip.y + clip.h, this.#path.y + this.#path.h) - y;
    this.#state.clip = { x, y, w, h };
  }

  clearRect(x: number, y: number, w: number, h: number): void {
    this.#fill({ x, y, w, h }, 0);
  }

  drawImage(image: { raster: Raster }, x: number, y: number): void {
    const from = image.raster;
    const isCopy = this.globalCompositeOperation === "copy";
    for (let row = 0; row < this.h; row += 1) {
      for (let column = 0; column < this.w; column += 1) {
        const [sx, sy] = [column - x, row - y];
        const isIn = sx >= 0 && sy >= 0 && sx < from.w && sy < from.h;
        const value = isIn ? (from.pixels[sy * from.w + sx] as number) : 0;
        if (isCopy || value !== 0) this.pixels[row * this.w + column] = value;
      }
    }
  }

  /** An item as a box of its own number. */
  item(box: Rect, value: number): void {
    const { scale, x, y } = this.#state;
    this.painted += 1;
    const [left, top] = [Math.round(box.x * scale + x), Math.round(box.y * scale + y)];
    const right = Math.round((box.x + box.w) * scale + x);
    const bottom = Math.round((box.y + box.h) * scale + y);
    this.#fill({ x: left, y: top, w: right - left, h: bottom - top }, value);
  }

  #fill({ x, y, w, h }: Rect, value: number): void {
    const { clip } = this.#state;
    const [left, top] = [Math.max(x, clip.x, 0), Math.max(y, clip.y, 0)];
    const right = Math.min(x + w, clip.x + clip.w, this.w);
    const bottom = Math.min(y + h, clip.y + clip.h, this.h);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        this.pixels[row * this.w + column] = value;
      }
    }
  }
}

/** The number and the box of an item of these tests: its author's name has the number. */
export function boxOf(item: Item): Rect {
  if (!("w" in item) || !("h" in item)) throw new Error("these tests draw boxes");
  return { x: item.x, y: item.y, w: item.w, h: item.h };
}

/** Ports whose idle time comes when `rest` is called. */
export function rasterPorts(): StillPorts & { rest(): void; rasters: Raster[] } {
  let idle: ((left: () => number) => void) | null = null;
  let now = 0;
  const rasters: Raster[] = [];
  return {
    rasters,
    paint(ctx, item) {
      now += 1;
      (ctx as unknown as Raster).item(boxOf(item), item.at);
    },
    boxOf,
    canvas(w, h) {
      const raster = new Raster(w, h);
      rasters.push(raster);
      return raster as unknown as CanvasRenderingContext2D;
    },
    idle(call) {
      idle = call;
      return () => {
        idle = null;
      };
    },
    now: () => now,
    rest() {
      while (idle) {
        const call: (left: () => number) => void = idle;
        idle = null;
        call(() => 50);
      }
    },
  };
}
