/**
 * A page on the screen: paper and tiles on one canvas, the live layer on another above it. Paints
 * at animation frames and only when something has changed.
 */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PageIndex } from "../kernel/page_index";
import { grow } from "../kernel/rect";
import type { Camera, PageDoc, PageFacts, Point, Rect } from "../model";
import { widthFor } from "./backdrops";
import { clipToPage, fitCamera, pageRect, viewOf } from "./camera_fit";
import { clipToPaper, paintGround } from "./ground";
import { LiveLayer } from "./live_layer";
import { PageChanges } from "./page_changes";
import { Screen } from "./screen";
import { TileLayer } from "./tile_layer";
import type { BoardRenderer, Frames, RendererPorts } from "./types";
import { sizesOf } from "./words_painter";
import { ZoomStep } from "./zoom_step";

/** Milliseconds of painting a frame: while somebody draws or pans, at rest, on opening. */
const BUDGET = { busy: 6, rest: 16, opening: 100 } as const;
/** So long after the last movement it counts as rest. */
const REST_MS = 150;
const KEPT_FRAMES = 600;
/** CSS pixels round the view that are painted at rest, for the next pan. */
const AHEAD_PX = 256;

export class Renderer implements BoardRenderer {
  readonly camera: Signal<Camera> = signal({ x: 0, y: 0, scale: 1 });
  readonly size: ReadonlySignal<{ w: number; h: number }>;
  readonly live: LiveLayer;
  readonly frames: Frames = { count: 0, paintMs: [], firstPictureMs: null, sharpMs: null };
  index: PageIndex | null = null;
  private facts: PageFacts | null = null;
  private hidden: ReadonlySet<string> = new Set();
  private readonly backdrops: RendererPorts["backdrops"];
  private readonly screen: Screen;
  private readonly tiles: TileLayer;
  private readonly changes: PageChanges;
  private readonly zoom = new ZoomStep(() => this.need(true));
  private request = 0;
  private isStale = true;
  private shownAt = 0;
  private movedAt = Number.NEGATIVE_INFINITY;
  private readonly stops: (() => void)[] = [];

  constructor(host: HTMLElement, ports: RendererPorts) {
    this.screen = new Screen(host, () => this.resized());
    this.size = this.screen.size;
    this.backdrops = ports.backdrops;
    this.tiles = new TileLayer(ports);
    this.live = new LiveLayer(ports, () => this.need(false));
    this.changes = new PageChanges(ports, sizesOf(ports), this.tiles, () => {
      this.live.touch();
      this.need(true);
    });
    this.stops.push(this.camera.subscribe(() => this.cameraMoved()));
    if (ports.backdrops) this.stops.push(ports.backdrops.onReady(() => this.need(true)));
  }

  get pictureAt(): number | null {
    const { firstPictureMs } = this.frames;
    return firstPictureMs === null ? null : this.shownAt + firstPictureMs;
  }

  show(doc: PageDoc | null, facts: PageFacts | null): void {
    const isOther = doc !== (this.index?.doc ?? null);
    this.facts = facts;
    if (isOther) {
      this.index = this.changes.follow(doc);
      this.tiles.show(this.index);
      this.live.reset();
      this.hidden = new Set();
      this.tiles.hide(this.hidden);
      this.shownAt = performance.now();
      this.frames.firstPictureMs = null;
      this.frames.sharpMs = null;
    }
    this.need(true);
  }

  hide(ids: Iterable<string>): void {
    const before = this.hidden;
    this.hidden = new Set(ids);
    this.tiles.hide(this.hidden);
    for (const id of [...before, ...this.hidden]) {
      if (before.has(id) && this.hidden.has(id)) continue;
      const rect = this.index?.boundsOf(id);
      if (rect) this.tiles.invalidate(rect);
    }
    this.need(true);
  }

  toPage(clientX: number, clientY: number): Point {
    const { x, y, scale } = this.camera.value;
    const origin = this.screen.origin;
    return { x: (clientX - origin.x) / scale + x, y: (clientY - origin.y) / scale + y };
  }

  toScreen(point: Point): Point {
    const { x, y, scale } = this.camera.value;
    return { x: (point.x - x) * scale, y: (point.y - y) * scale };
  }

  fit(rect?: Rect): Camera {
    const page = pageRect(this.facts) ?? this.index?.bounds ?? null;
    return fitCamera(rect ?? page, this.size.value);
  }

  destroy(): void {
    this.screen.window.cancelAnimationFrame(this.request);
    for (const stop of this.stops) stop();
    this.zoom.destroy();
    this.changes.destroy();
    this.tiles.show(null);
    this.screen.destroy();
  }

  private cameraMoved(): void {
    this.movedAt = performance.now();
    this.zoom.look(this.camera.value.scale * this.screen.ratio, this.movedAt);
    this.live.touch();
    this.need(true);
  }

  private resized(): void {
    this.isStale = true;
    this.live.touch();
    this.frame();
  }

  /** `isStale`: the page, not only the live layer, has to be put together anew. */
  private need(isStale: boolean): void {
    if (isStale) this.isStale = true;
    if (this.request !== 0) return;
    // Of the window it lies in: another one may be covered, and then its frames do not come.
    this.request = this.screen.window.requestAnimationFrame(() => this.frame());
  }

  private frame(): void {
    this.screen.window.cancelAnimationFrame(this.request);
    this.request = 0;
    const started = performance.now();
    const { ratio } = this.screen;
    const camera = this.camera.value;
    if (this.live.needsPaint) this.movedAt = started;
    if (this.paintPage(camera, ratio, started)) this.need(false);
    const look = { camera, ratio, facts: this.facts, index: this.index };
    this.live.paint(this.screen.top, look, performance.now());
    this.frames.count++;
    this.frames.paintMs.push(performance.now() - started);
    if (this.frames.paintMs.length > KEPT_FRAMES) this.frames.paintMs.shift();
  }

  /** True while there is something left to paint. */
  private paintPage(camera: Camera, ratio: number, now: number): boolean {
    const isOpening = this.frames.firstPictureMs === null;
    const k = this.zoom.look(camera.scale * ratio, now, isOpening);
    const view = clipToPage(viewOf(camera, this.size.value), this.facts);
    let isLeft = false;
    if (view && !this.zoom.isMoving) {
      if (!this.tiles.isDone(view, k)) {
        if (this.tiles.work(view, k, this.budget(now))) this.isStale = true;
        isLeft = !this.tiles.isDone(view, k);
      } else if (now - this.movedAt > REST_MS) {
        const around = clipToPage(grow(view, AHEAD_PX / camera.scale), this.facts);
        isLeft = around !== null && this.tiles.prepare(around, k, BUDGET.busy);
      } else isLeft = true;
    }
    if (this.isStale) this.compose(camera, ratio, view, k);
    this.noteOpening(view, k);
    return isLeft;
  }

  private backdrop(camera: Camera, ratio: number): CanvasImageSource | null {
    const { backdrop, width } = this.facts ?? { backdrop: "", width: null };
    if (backdrop === "" || width === null) return null;
    return this.backdrops?.get(backdrop, widthFor(width * camera.scale * ratio)) ?? null;
  }

  private noteOpening(view: Rect | null, k: number): void {
    const { frames } = this;
    if (!this.index || frames.sharpMs !== null) return;
    const ms = performance.now() - this.shownAt;
    if (frames.firstPictureMs === null && (!view || this.tiles.isWhole(view, k))) {
      frames.firstPictureMs = ms;
    }
    if (!view || this.tiles.isDone(view, k)) frames.sharpMs = ms;
  }

  private budget(now: number): number {
    if (this.frames.firstPictureMs === null) return BUDGET.opening;
    return now - this.movedAt > REST_MS ? BUDGET.rest : BUDGET.busy;
  }

  private compose(camera: Camera, ratio: number, view: Rect | null, k: number): void {
    this.isStale = false;
    const ctx = this.screen.bottom;
    const backdrop = this.backdrop(camera, ratio);
    // What lies under the ink is there before the ink is: a turn waits for no document.
    const ground = this.index || backdrop ? this.facts : null;
    paintGround(ctx, ground, camera, ratio, view, backdrop);
    if (!view || !this.index) return;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    clipToPaper(ctx, this.facts, camera, ratio);
    this.tiles.draw(ctx, view, k, { camera, ratio });
    ctx.restore();
  }
}
