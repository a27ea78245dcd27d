/**
 * What comes and goes above the page: ink in progress, previews of others, items being moved, the
 * selection, lasers, aids. Painted only when something on it or the view has changed.
 */

import { apply } from "../kernel/matrix";
import type { PageIndex } from "../kernel/page_index";
import {
  type Camera,
  IDENTITY,
  type Item,
  type LaserPoint,
  type PageFacts,
  type Point,
} from "../model";
import { paintProtractor, paintRuler } from "./aid_painter";
import { clipToPaper } from "./ground";
import { paintItem } from "./item_painter";
import { isOver, paintTrail, type Trail } from "./laser_trail";
import { paintLiveInk } from "./live_ink";
import { MovedPainter } from "./moved_painter";
import {
  paintEraser,
  paintGuides,
  paintLasso,
  paintMarquee,
  paintSelection,
} from "./selection_painter";
import {
  type BoardColours,
  LIGHT_COLOURS,
  type LiveShape,
  type LiveSurface,
  type RendererPorts,
  type SelectionShape,
} from "./types";

/** What is looked at, and how. */
export interface Look {
  camera: Camera;
  ratio: number;
  facts: PageFacts | null;
  index: PageIndex | null;
}

export class LiveLayer implements LiveSurface {
  private readonly shapes = new Map<string, LiveShape>();
  private readonly trails = new Map<string, Trail>();
  private readonly moved: MovedPainter;
  private readonly colours: BoardColours;
  private selected: SelectionShape | null = null;
  private isDirty = true;

  /** `onNeed` is called when a frame has to be painted. */
  constructor(
    private readonly ports: RendererPorts,
    private readonly onNeed: () => void,
  ) {
    this.moved = new MovedPainter(ports);
    this.colours = ports.colours ?? LIGHT_COLOURS;
  }

  set(key: string, shape: LiveShape | null): void {
    if (shape) this.shapes.set(key, shape);
    else if (!this.shapes.delete(key)) return;
    if (shape?.kind !== "moved") this.moved.forget(key);
    this.touch();
  }

  laser(key: string, points: readonly LaserPoint[], colour: string): void {
    this.trails.set(key, { points, colour });
    this.touch();
  }

  selection(shape: SelectionShape | null): void {
    if (shape === this.selected) return;
    this.selected = shape;
    this.touch();
  }

  clear(): void {
    this.shapes.clear();
    this.moved.clear();
    this.touch();
  }

  /** The items it shows have changed, or the view. */
  touch(): void {
    this.isDirty = true;
    this.onNeed();
  }

  /** Of another page nothing of this one is left. */
  reset(): void {
    this.trails.clear();
    this.selected = null;
    this.clear();
  }

  get needsPaint(): boolean {
    return this.isDirty || this.trails.size > 0 || this.isFading();
  }

  /** `ctx` is the layer's canvas; false when nothing had to be done. */
  paint(ctx: CanvasRenderingContext2D, look: Look, now: number): boolean {
    if (!this.needsPaint) return false;
    const { camera, ratio } = look;
    this.isDirty = false;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    const scale = camera.scale * ratio;
    ctx.save();
    clipToPaper(ctx, look.facts, camera, ratio);
    ctx.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    for (const [key, shape] of this.shapes) {
      if (shape.kind === "fading") ctx.globalAlpha = remaining(shape, now);
      this.paintShape(ctx, key, shape, scale, look.index);
      ctx.globalAlpha = 1;
    }
    ctx.restore();
    ctx.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    for (const shape of this.shapes.values()) {
      if (shape.kind === "ruler") paintRuler(ctx, shape);
      else if (shape.kind === "protractor") paintProtractor(ctx, shape);
    }
    this.paintTrails(ctx, camera.scale, now);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintMarks(ctx, camera);
    return true;
  }

  /** What will lie on the page, or does. */
  private paintShape(
    ctx: CanvasRenderingContext2D,
    key: string,
    shape: LiveShape,
    scale: number,
    index: PageIndex | null,
  ): void {
    switch (shape.kind) {
      case "ink":
        paintLiveInk(ctx, shape);
        break;
      case "draft":
        paintItem(ctx, itemOf(key, shape), this.ports, { scale });
        break;
      case "moved":
        if (index) this.moved.paint(ctx, key, shape, index, scale);
        break;
      case "fading":
        if (index) this.moved.paint(ctx, key, { ids: shape.ids, m: IDENTITY }, index, scale);
        break;
      default:
    }
  }

  /** What has one size on the screen at every zoom. */
  private paintMarks(ctx: CanvasRenderingContext2D, camera: Camera): void {
    const { scale } = camera;
    const matrix = [scale, 0, 0, scale, -camera.x * scale, -camera.y * scale] as const;
    const toScreen = (point: Point): Point => apply(matrix, point);
    if (this.selected) paintSelection(ctx, this.selected, toScreen, scale, this.colours);
    for (const shape of this.shapes.values()) {
      if (shape.kind === "lasso") paintLasso(ctx, shape.points, toScreen, this.colours);
      else if (shape.kind === "marquee") paintMarquee(ctx, shape.rect, toScreen, this.colours);
      else if (shape.kind === "guides") paintGuides(ctx, shape.guides, toScreen, this.colours);
      else if (shape.kind === "eraser") {
        paintEraser(ctx, toScreen(shape.at), shape.radius * scale, this.colours);
      }
    }
  }

  private paintTrails(ctx: CanvasRenderingContext2D, scale: number, now: number): void {
    const fades = !(this.ports.reducesMotion?.() ?? false);
    for (const [key, trail] of this.trails) {
      if (isOver(trail, now)) this.trails.delete(key);
      else paintTrail(ctx, trail, now, scale, fades);
    }
    if (this.trails.size > 0 || this.isFading()) this.onNeed();
  }

  private isFading(): boolean {
    for (const shape of this.shapes.values()) if (shape.kind === "fading") return true;
    return false;
  }
}

/** Of what fades: 1 at first, 0 at the end. */
function remaining({ from, ms }: Extract<LiveShape, { kind: "fading" }>, now: number): number {
  return Math.min(1, Math.max(0, 1 - (now - from) / ms));
}

function itemOf(key: string, shape: Extract<LiveShape, { kind: "draft" }>): Item {
  const { draft, m, text, by } = shape;
  const rest = { id: key, by: by ?? "", at: 0, z: "", m: m ?? IDENTITY, text: text ?? "" };
  return { ...draft, ...rest } as Item;
}
