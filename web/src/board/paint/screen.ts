/** The two canvases in their host: they follow its size and the density of the display. */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Size } from "./camera_fit";

export class Screen {
  readonly bottom: CanvasRenderingContext2D;
  readonly top: CanvasRenderingContext2D;
  private readonly measured: Signal<Size>;
  private readonly observer: ResizeObserver;
  private density: MediaQueryList | null = null;
  /** Not ours where the host lies in a window of its own. */
  readonly window: Window & typeof globalThis;
  ratio = 1;

  /** `onResize` has to paint at once: a canvas that changes its size is empty. */
  constructor(
    private readonly host: HTMLElement,
    private readonly onResize: () => void,
  ) {
    this.window = host.ownerDocument.defaultView ?? window;
    this.bottom = layer(host);
    this.top = layer(host);
    this.measured = signal({ w: 0, h: 0 });
    this.measure();
    this.observer = new this.window.ResizeObserver(() => this.resized());
    this.observer.observe(host);
    this.watchDensity();
  }

  get size(): ReadonlySignal<Size> {
    return this.measured;
  }

  /** Client coordinates of the top left corner. */
  get origin(): { x: number; y: number } {
    const { left, top } = this.host.getBoundingClientRect();
    return { x: left + this.host.clientLeft, y: top + this.host.clientTop };
  }

  destroy(): void {
    this.observer.disconnect();
    this.density?.removeEventListener("change", this.densityChanged);
    this.bottom.canvas.remove();
    this.top.canvas.remove();
  }

  private resized(): void {
    if (this.measure()) this.onResize();
  }

  /** True when something has changed. */
  private measure(): boolean {
    const [w, h] = [this.host.clientWidth, this.host.clientHeight];
    const ratio = this.window.devicePixelRatio || 1;
    const old = this.measured.peek();
    if (w === old.w && h === old.h && ratio === this.ratio && w > 0) return false;
    this.ratio = ratio;
    for (const { canvas } of [this.bottom, this.top]) {
      canvas.width = Math.max(Math.round(w * ratio), 1);
      canvas.height = Math.max(Math.round(h * ratio), 1);
      canvas.style.width = `${canvas.width / ratio}px`;
      canvas.style.height = `${canvas.height / ratio}px`;
    }
    if (w !== old.w || h !== old.h) this.measured.value = { w, h };
    return true;
  }

  private readonly densityChanged = (): void => {
    this.watchDensity();
    this.resized();
  };

  private watchDensity(): void {
    this.density?.removeEventListener("change", this.densityChanged);
    this.density = this.window.matchMedia(`(resolution: ${this.window.devicePixelRatio}dppx)`);
    this.density.addEventListener("change", this.densityChanged);
  }
}

function layer(host: HTMLElement): CanvasRenderingContext2D {
  const canvas = host.ownerDocument.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.position = "absolute";
  canvas.style.left = "0";
  canvas.style.top = "0";
  canvas.style.pointerEvents = "none";
  host.append(canvas);
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser gives no canvas to draw on");
  return ctx;
}
