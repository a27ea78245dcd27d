/**
 * A page of a recording on the screen: paper, what lies under the ink, and the ink as it was at a
 * moment. One may pan and zoom. Painted at animation frames, and only when something has changed.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { cameraShowing, keptInSight, pageRect, panned, type Size, zoomedAt } from "../board/camera";
import { boundsOf } from "../board/kernel/bounds";
import { union } from "../board/kernel/rect";
import type { Camera, PageFacts, Point, Rect } from "../board/model";
import { widthFor } from "../board/paint/backdrops";
import { clipToPage, viewOf } from "../board/paint/camera_fit";
import { clipToPaper, paintGround } from "../board/paint/ground";
import { paintItem } from "../board/paint/item_painter";
import { Screen } from "../board/paint/screen";
import type { PaintPorts } from "../board/paint/types";
import { sizesOf } from "../board/paint/words_painter";
import { whenIdle } from "./idle";
import type { Sight } from "./pictures";
import { Still } from "./still";
import type { Version } from "./tape";

const MARGIN = 12;
const STANDARD: Rect = { x: 0, y: 0, w: 1280, h: 720 };
/** So long after the last step of a zoom it counts as over. */
const SETTLE_MS = 120;
const SLICE_MS = { opening: 60, going: 10 } as const;

export interface BoardLimits {
  most: number;
  bytes: number;
}

/** What a phone can bear, and what others can. */
export function limitsFor(isSmall: boolean): BoardLimits {
  return isSmall ? { most: 4, bytes: 64 * 1024 * 1024 } : { most: 12, bytes: 128 * 1024 * 1024 };
}

export class RecordedBoard {
  readonly camera: Signal<Camera> = signal({ x: 0, y: 0, scale: 1 });
  readonly size: ReadonlySignal<Size>;
  /** Whether somebody moved the view: until then it shows all of the page. */
  readonly isMoved: Signal<boolean> = signal(false);
  readonly #screen: Screen;
  readonly #still: Still;
  readonly #ports: PaintPorts;
  #facts: PageFacts | null = null;
  #versions: readonly Version[] = [];
  #ms = 0;
  #hasPicture = false;
  #request = 0;
  #settle: ReturnType<typeof setTimeout> | null = null;
  readonly #stops: (() => void)[];

  /** `isFixed`: something else says what is seen (a picture under the ink), from edge to edge. */
  constructor(
    host: HTMLElement,
    ports: PaintPorts,
    limits: BoardLimits,
    private readonly isFixed = false,
  ) {
    this.#ports = ports;
    this.#screen = new Screen(host, () => this.#resized());
    this.size = this.#screen.size;
    const sizes = sizesOf(ports);
    this.#still = new Still(
      {
        paint: (ctx, item, scale) => paintItem(ctx, item, ports, { scale }),
        boxOf: (item) => boundsOf(item, sizes),
        canvas: (w, h) => canvasOf(w, h),
        idle: whenIdle,
        now: () => performance.now(),
      },
      limits,
    );
    const again = () => {
      this.#still.repaint();
      this.#need();
    };
    this.#stops = [ports.pictures.onReady(again), ports.formulas.onReady(again)];
    if (ports.backdrops) this.#stops.push(ports.backdrops.onReady(() => this.#need()));
  }

  /** Another page, or the same one with more on it. */
  show(facts: PageFacts | null, versions: readonly Version[], ms: number): void {
    const isOther = facts?.id !== this.#facts?.id;
    this.#facts = facts;
    this.#ms = ms;
    if (isOther) this.isMoved.value = false;
    if (versions !== this.#versions || isOther) {
      this.#versions = versions;
      this.#hasPicture = false;
      this.#still.show(versions);
    }
    if (!this.isMoved.peek()) this.fit();
    this.#look();
    this.seek(ms);
    this.#need();
  }

  seek(ms: number): void {
    this.#ms = ms;
    if (this.#still.seek(ms) !== "same") this.#need();
  }

  /** For measuring: the picture of that moment is whole and painted when this returns. */
  seekNow(ms: number): void {
    this.seek(ms);
    while (this.#still.isWorking) this.#still.work(SLICE_MS.opening);
    this.#frame();
    this.#screen.bottom.getImageData(0, 0, 1, 1);
  }

  get isPrepared(): boolean {
    return this.#still.isPrepared && !this.#still.isWorking;
  }

  /** All of a sized page, everything that ever lay on an infinite one. */
  fit(): void {
    this.isMoved.value = false;
    const page = pageRect(this.#facts) ?? this.#reach();
    const size = this.size.peek();
    if (size.w === 0) return;
    this.#turnTo(cameraShowing(page, size, this.isFixed ? 0 : MARGIN));
  }

  pan(dx: number, dy: number): void {
    if (this.isFixed) return;
    const { x, y, scale } = panned(this.camera.peek(), dx, dy);
    const px = scale * this.#screen.ratio;
    // By whole pixels, so that what is painted can be moved instead of being painted again.
    this.#move({ scale, x: Math.round(x * px) / px, y: Math.round(y * px) / px });
  }

  zoom(factor: number, at?: Point): void {
    if (this.isFixed) return;
    const { w, h } = this.size.peek();
    const camera = this.camera.peek();
    this.#move(zoomedAt(camera, camera.scale * factor, at ?? { x: w / 2, y: h / 2 }));
  }

  /** The part of the page that an item's box lies in, brought into sight. */
  reveal(box: Rect): void {
    if (this.isFixed) return;
    const camera = this.camera.peek();
    const seen = viewOf(camera, this.size.peek());
    const isIn = box.x >= seen.x && box.y >= seen.y;
    if (isIn && box.x + box.w <= seen.x + seen.w && box.y + box.h <= seen.y + seen.h) return;
    this.#move({
      scale: camera.scale,
      x: box.x + box.w / 2 - seen.w / 2,
      y: box.y + box.h / 2 - seen.h / 2,
    });
  }

  destroy(): void {
    this.#screen.window.cancelAnimationFrame(this.#request);
    if (this.#settle) clearTimeout(this.#settle);
    for (const stop of this.#stops) stop();
    this.#still.destroy();
    this.#screen.destroy();
  }

  #move(camera: Camera): void {
    this.isMoved.value = true;
    this.#turnTo(keptInSight(camera, this.size.peek(), pageRect(this.#facts)));
  }

  #turnTo(camera: Camera): void {
    const old = this.camera.peek();
    this.camera.value = camera;
    if (old.scale === camera.scale || !this.#hasPicture) this.#look();
    else {
      if (this.#settle) clearTimeout(this.#settle);
      this.#settle = setTimeout(() => this.#look(), SETTLE_MS);
    }
    this.#need();
  }

  #look(): void {
    const sight = this.#sight();
    if (sight.w > 1 && sight.h > 1) this.#still.look(sight);
    this.#still.seek(this.#ms);
    this.#need();
  }

  #sight(): Sight {
    const { width, height } = this.#screen.bottom.canvas;
    return { camera: this.camera.peek(), ratio: this.#screen.ratio, w: width, h: height };
  }

  #resized(): void {
    if (this.isMoved.peek()) this.#look();
    else this.fit();
    this.#frame();
  }

  #need(): void {
    if (this.#request !== 0) return;
    this.#request = this.#screen.window.requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    this.#screen.window.cancelAnimationFrame(this.#request);
    this.#request = 0;
    if (this.#still.isWorking) {
      const budget = this.#hasPicture ? SLICE_MS.going : SLICE_MS.opening;
      if (this.#still.work(budget)) this.#hasPicture = true;
    } else this.#hasPicture = true;
    this.#compose();
    if (this.#still.isWorking) this.#need();
  }

  #compose(): void {
    const { bottom, ratio } = this.#screen;
    const camera = this.camera.peek();
    const view = clipToPage(viewOf(camera, this.size.peek()), this.#facts);
    paintGround(bottom, this.#facts, camera, ratio, view, this.#backdrop(camera, ratio));
    if (!view) return;
    bottom.save();
    bottom.setTransform(1, 0, 0, 1, 0, 0);
    clipToPaper(bottom, this.#facts, camera, ratio);
    bottom.setTransform(1, 0, 0, 1, 0, 0);
    this.#still.draw(bottom, this.#sight());
    bottom.restore();
  }

  #backdrop(camera: Camera, ratio: number): CanvasImageSource | null {
    const { backdrop, width } = this.#facts ?? { backdrop: "", width: null };
    if (backdrop === "" || width === null) return null;
    return this.#ports.backdrops?.get(backdrop, widthFor(width * camera.scale * ratio)) ?? null;
  }

  #reach(): Rect {
    const sizes = sizesOf(this.#ports);
    if (this.#versions.length === 0) return STANDARD;
    return union([STANDARD, union(this.#versions.map(({ item }) => boundsOf(item, sizes)))]);
  }
}

function canvasOf(w: number, h: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = w;
  canvas.height = h;
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser gives no canvas to draw on");
  return ctx;
}
