/** What the painters need from outside, what the live layer draws, what a renderer offers. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import type { PageIndex } from "../kernel/page_index";
import type { Guide } from "../kernel/snap";
import type { Frame } from "../kernel/transform";
import type {
  Camera,
  Draft,
  InkElement,
  InkPoint,
  LaserPoint,
  Matrix,
  PageDoc,
  PageFacts,
  Pictures,
  Point,
  Rect,
} from "../model";

import type { Backdrops } from "./backdrops";

/** Formulas as pictures. Everything is asked for by looking at it; `onReady` tells of arrivals. */
export interface Formulas {
  /** At scale 1, in board units; null as long as it is unknown or the formula is faulty. */
  sizeOf(src: string): { w: number; h: number } | null;
  /** What is wrong with the formula, in KaTeX's words; null when nothing is, or not yet known. */
  fault(src: string): string | null;
  /** A bitmap good for `scale` device pixels per board unit (at s = 1), or the best there is. */
  picture(src: string, colour: string, scale: number): CanvasImageSource | null;
  onReady(listener: (src: string) => void): () => void;
  /**
   * An SVG document as a data: address for an <img>: for the editor's preview and for export.
   * Rejects when KaTeX or a font cannot be fetched.
   */
  svg(src: string, colour: string): Promise<FormulaSvg | { fault: string }>;
}

export interface FormulaSvg {
  url: string;
  w: number;
  h: number;
}

export interface PaintPorts {
  pictures: Pictures;
  /** Pictures under pages; left out where pages have none. */
  backdrops?: Pick<Backdrops, "get" | "onReady">;
  formulas: Formulas;
  /** The name at the bottom of a sticky note; "" leaves it out. */
  names?(author: string): string;
}

export interface BoardColours {
  /** Selection, lasso, guides. */
  accent: string;
  /** Under handles and beside lines, so that they show on any ground. */
  halo: string;
}

export const LIGHT_COLOURS: BoardColours = { accent: "#12656d", halo: "#ffffff" };

export interface RendererPorts extends PaintPorts {
  colours?: BoardColours;
  /** Fading and smooth ways are left out when true; asked at each use. */
  reducesMotion?(): boolean;
}

/** One thing on the live layer. All in page space unless said otherwise. */
export type LiveShape =
  /** Ink in progress. The array may grow in place; `set` again tells of it. */
  | {
      kind: "ink";
      style: Pick<InkElement, "t" | "c" | "w" | "o" | "s">;
      points: readonly InkPoint[];
      /** Drawn only, never kept. */
      predicted?: readonly InkPoint[];
    }
  /** Anything not yet on the page: a shape being drawn, somebody's preview. */
  | { kind: "draft"; draft: Draft; m?: Matrix; text?: string; by?: string }
  /** Items of the page drawn elsewhere; `Renderer.hide` keeps them off the page meanwhile. */
  | { kind: "moved"; ids: readonly string[]; m: Matrix }
  /** Items that fade from `from` (performance.now()) on, within `ms`. */
  | { kind: "fading"; ids: readonly string[]; from: number; ms: number }
  | { kind: "eraser"; at: Point; radius: number }
  | { kind: "lasso"; points: readonly Point[] }
  | { kind: "marquee"; rect: Rect }
  | { kind: "guides"; guides: readonly Guide[] }
  /** (x, y): the middle of a ruler, the centre of a protractor; angle in radians. */
  | { kind: "ruler"; x: number; y: number; angle: number; length: number; thick: number }
  | { kind: "protractor"; x: number; y: number; angle: number; radius: number };

export interface SelectionShape {
  frame: Frame;
  /** "corners" for what keeps its ratio, "none" for what may only be looked at. */
  handles: "all" | "corners" | "none";
  mayRotate: boolean;
  /** Thin frames of the single items of a selection of many. */
  members?: readonly Frame[];
}

export interface LiveSurface {
  /** Later keys lie above earlier ones; null takes a shape away. */
  set(key: string, shape: LiveShape | null): void;
  /** A trail, the latest point last; it fades by itself a second after each point was drawn. */
  laser(key: string, points: readonly LaserPoint[], colour: string): void;
  selection(shape: SelectionShape | null): void;
  /** Takes everything away but the selection and the lasers of others. */
  clear(): void;
}

export interface Frames {
  /** Animation frames in which something was painted. */
  count: number;
  /** Milliseconds of the latest frames (at most 600), oldest first. */
  paintMs: number[];
  /** Milliseconds from `show` to the first picture without a missing part; null until then. */
  firstPictureMs: number | null;
  /** The same, until no part of it is rough any more. */
  sharpMs: number | null;
}

/** `Renderer` in `renderer.ts`; the interface is for what is tested without a canvas. */
export interface BoardRenderer {
  readonly camera: Signal<Camera>;
  /** CSS pixels of the host. */
  readonly size: ReadonlySignal<{ w: number; h: number }>;
  /** Of the page shown; null without one. */
  readonly index: PageIndex | null;
  readonly live: LiveSurface;
  readonly frames: Frames;
  /** performance.now() of the first picture without a missing part since `show`; null before. */
  readonly pictureAt: number | null;
  show(doc: PageDoc | null, facts: PageFacts | null): void;
  /** Replaces the set of items that are not painted on the page. */
  hide(ids: Iterable<string>): void;
  toPage(clientX: number, clientY: number): Point;
  /** CSS pixels relative to the host. */
  toScreen(point: Point): Point;
  /** The camera that shows the page (or everything, or the rectangle) whole. */
  fit(rect?: Rect): Camera;
  destroy(): void;
}
