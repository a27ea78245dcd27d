/**
 * The words of the board: what lies on a page, what one may do there, and the shapes of the parts
 * that work on it. Values and interfaces only; `docs/board.md` tells the schema of the document.
 */

/** What somebody may draw: nothing, change their own items, change everything. */
export type Pen = "none" | "own" | "all";
export type Paper = "plain" | "dots" | "grid" | "ruled" | "graph";

export interface Point {
  x: number;
  y: number;
}

/** Board units unless said otherwise; a standard page is 1280 x 720. */
export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** x' = a x + c y + e, y' = b x + d y + f, as in CSS and canvas. */
export type Matrix = readonly [number, number, number, number, number, number];
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

export interface InkPoint extends Point {
  /** 0..255 */
  p: number;
}

/** 0 solid, 1 dashed, 2 dotted. */
export type Dash = 0 | 1 | 2;

interface Common {
  /** Author id. */
  by: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Fractional index: the order in which items lie on each other. */
  z: string;
}

export interface InkElement extends Common {
  t: "pen" | "hl";
  c: string;
  w: number;
  o: number;
  /** Packed points (see `points.ts`). */
  d: Uint8Array;
  /** 1: the device has no real pressure. */
  s: 0 | 1;
}

export interface LineElement extends Common, Rect {
  t: "line" | "arrow";
  c: string;
  sw: number;
  ds: Dash;
}

export interface BoxElement extends Common, Rect {
  t: "rect" | "ell";
  c: string;
  sw: number;
  ds: Dash;
  /** "" is none. */
  fill: string;
}

export interface PolygonElement extends Common {
  t: "poly";
  d: Uint8Array;
  c: string;
  sw: number;
  ds: Dash;
  fill: string;
}

export interface TextElement extends Common, Rect {
  t: "text" | "note";
  /** Of a text its colour, of a note its paper. */
  c: string;
  fs: number;
}

export interface FormulaElement extends Common, Point {
  t: "tex";
  s: number;
  c: string;
  src: string;
}

export interface ImageElement extends Common, Rect {
  t: "img";
  asset: string;
}

export type Element =
  | InkElement
  | LineElement
  | BoxElement
  | PolygonElement
  | TextElement
  | FormulaElement
  | ImageElement;
export type ItemType = Element["t"];

/** What overrides an element; the whole patch is replaced by each write, the last one wins. */
export interface Patch {
  m?: Matrix;
  z?: string;
  c?: string;
  w?: number;
  o?: number;
  fill?: string;
  fs?: number;
  ds?: Dash;
  bw?: number;
  bh?: number;
  src?: string;
}

/** An element with its patch applied, its place and its words: what is painted, hit and told. */
export type Item = Element & { id: string; m: Matrix; text: string };

/** An element before it has an author, a time and a place in the order. */
export type Draft = DistributiveOmit<Element, "by" | "at" | "z">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface Change {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
  /** Ours: a local edit, an undo or a redo. */
  local: boolean;
}

/** Edits of one transaction, which is one step of undo. */
export interface Edit {
  insert(draft: Draft, options?: { id?: string; text?: string; z?: string }): string;
  patch(id: string, patch: Patch): void;
  /** Replaces the words by the smallest change, so that two writers merge. */
  setText(id: string, text: string): void;
  remove(id: string): void;
}

/** One page's document as everything above it sees it. `page_doc.ts` has the real one (on Yjs). */
export interface PageDoc {
  readonly docId: string;
  readonly items: ReadonlyMap<string, Item>;
  /** All items, lowest first. */
  ordered(): readonly Item[];
  onChange(listener: (change: Change) => void): () => void;
  newId(): string;
  /** Top of the order, above everything (or below everything). */
  orderAbove(): string;
  orderBelow(): string;
  edit(step: (edit: Edit) => void): void;
  /** Removes items without a step that could be taken back. */
  drop(ids: readonly string[]): void;
  undo(): void;
  redo(): void;
  /** Nothing done until now can be taken back any more. */
  forgetHistory(): void;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
}

/** What lies under the ink of a page: paper or a picture, a slide, what plays, a shared screen. */
export type PageKind = "page" | "slide" | "film" | "activity" | "ink";

/** Of the room's page list, as far as the board needs it. */
export interface PageFacts {
  id: string;
  name: string;
  paper: Paper;
  /** null: infinite. */
  width: number | null;
  height: number | null;
  isLocked: boolean;
  epoch: number;
  kind: PageKind;
  /** Names the picture under the page for `fetchBackdrop`; empty for none. */
  backdrop: string;
  /** The deck on the stage it is a page of; empty for a page of the board itself. */
  placement: string;
  /** Of that deck, from 1; else 0. */
  slide: number;
  /** Clicks into the slide, from 0. */
  step: number;
  /** Whether the class was on it. */
  isSeen: boolean;
  /** Not the class's: a group's or one student's. */
  isReserved?: boolean;
}

/** Somebody else on the board socket. */
export interface Peer {
  peer: number;
  participantId: string;
  name: string;
  author: string;
}

/** A preview of what somebody is drawing or moving now. Never stored. */
export type Preview =
  | { kind: "draft"; draft: Draft; text?: string }
  | { kind: "move"; ids: readonly string[]; m: Matrix };

export interface LaserPoint extends Point {
  /** performance.now() when it was drawn here. */
  at: number;
}

/** Top left corner of the view in board units, and CSS pixels per board unit. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

/** An image by its asset id: the picture once it is there; asks again when it has arrived. */
export interface Pictures {
  get(asset: string): CanvasImageSource | null;
  /** "failed" is drawn as a crossed box. */
  state(asset: string): "loading" | "ready" | "failed";
  onReady(listener: (asset: string) => void): () => void;
}
