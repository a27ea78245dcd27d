/**
 * The board as the pages see it: what can be watched (signals) and what can be done (verbs).
 * `view.ts` makes one with `openBoardView(ports)`; `view_ports.ts` tells what it needs.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Result } from "../result";
import type { ExportPage } from "./export/kit";
import type { Camera, Dash, Item, Matrix, PageFacts, Pen, Point, Rect } from "./model";
import type { BackdropState } from "./paint/backdrops";

export const TOOLS = [
  "select",
  "lasso",
  "hand",
  "pen",
  "hl",
  "eraser",
  "line",
  "arrow",
  "rect",
  "ell",
  "poly",
  "text",
  "note",
  "tex",
  "img",
  "laser",
] as const;
export type ToolName = (typeof TOOLS)[number];

/** What can be set for a tool; `KNOBS` of `styles.ts` says which of it a tool has. */
export interface ToolStyle {
  /** "#rrggbb": ink, outline, words; of a note its paper. */
  colour: string;
  /** Board units: of the ink, the outline; of the eraser's circle px. */
  width: number;
  /** 0.05..1 */
  opacity: number;
  dash: Dash;
  /** "#rrggbb", or "" for none. */
  fill: string;
  /** Height of the letters in board units; of a formula its letters' too. */
  size: number;
  eraser: "whole" | "part";
}
export type Knob = keyof ToolStyle;

/** The style all selected items share; null where they differ or have none of it. */
export type SharedStyle = { [K in Exclude<Knob, "eraser">]: ToolStyle[K] | null };
export type Restyle = Partial<Omit<ToolStyle, "eraser">>;

export type WritingKind = "text" | "note" | "tex";

/** Somebody writes into an item: the page shows an editor over it (`editorFrame`). */
export interface Editing {
  /** The item, or the id it will have. */
  id: string;
  kind: WritingKind;
  /** It is not on the page yet; it comes with the words. */
  isNew: boolean;
  /** Its words, or the source of the formula, when the editor opened. */
  words: string;
}

/** Where the editor lies: a box of `w` x `h` board units at the matrix, in px of the host. */
export interface EditorFrame {
  kind: WritingKind;
  /** CSS `matrix(...)` with transform-origin 0 0, from the box's own units to px of the host. */
  matrix: Matrix;
  w: number;
  h: number;
  /** Board units, so that it is scaled by the matrix. */
  size: number;
  /** Of the words; notes have dark words on `paper`. */
  colour: string;
  /** Of a note, otherwise "". */
  paper: string;
}

export type AidKind = "ruler" | "protractor";

/** A ruler or a protractor on the page; nobody else sees it. */
export interface Aid {
  kind: AidKind;
  /** Middle of the ruler's body; middle of the protractor's straight edge. Board units. */
  x: number;
  y: number;
  /** Radians, clockwise on the screen. */
  angle: number;
}

/** Somebody's pointer, in px of the host. */
export interface NamedCursor {
  peer: number;
  participantId: string;
  name: string;
  colour: string;
  x: number;
  y: number;
}

export const NOTICES = [
  /** The pen was taken in the middle of a stroke, which is dropped. */
  "pen.taken",
  "pen.missing",
  "page.locked",
  "page.gone",
  /** Somebody else's, and only own items may be changed. */
  "item.foreign",
  /** The server refused an edit; what was not saved is gone. `params.reason` has its code. */
  "edit.refused",
  "text.long",
  "formula.long",
  "image.kind",
  "image.failed",
  "clipboard.empty",
  "clipboard.blocked",
] as const;
export type NoticeCode = (typeof NOTICES)[number];

/** The last thing to tell. `serial` grows, so that the same words can be told twice. */
export interface Notice {
  serial: number;
  code: NoticeCode;
  params: Readonly<Record<string, string | number>>;
}

/** Work that takes a while; `total` 0 where the end is not known. */
export interface Busy {
  kind: "image" | "restore" | "export";
  done: number;
  total: number;
}

export type PageState = "opening" | "ready" | "away" | "refused";
export type PictureFormat = "png" | "svg" | "pdf";
/** The page looked at, or the pages of the class. */
export type ExportScope = "page" | "board";

/** What a keyboard user may put in the middle of the view. */
export type CentredKind = "text" | "note" | "tex" | "rect" | "ell" | "line" | "arrow";

export interface ThumbnailWay {
  /** From a change to its being painted; strokes come many a second. */
  pauseMs?: number;
  told?(): void;
}

export interface DrawnFound {
  /** Pages something lies on, in the order they were named. */
  drawn: readonly ExportPage[];
  /** Pages that did not open. */
  missing: readonly PageFacts[];
}

export interface DrawnHow {
  /** So many pages of all were looked at. */
  told(done: number, total: number): void;
  signal: AbortSignal;
}

/** What was drawn on some pages, without what lies below. */
export interface DrawnPages {
  /** Null when it was given up. A page that is no more counts as bare. */
  gather(pageIds: readonly string[], how: DrawnHow): Promise<DrawnFound | null>;
  /** A page of a PDF for each of these, as large as it, and nothing on it but what was drawn. */
  write(drawn: readonly ExportPage[]): Promise<Result<Blob, string>>;
}

export interface BoardView {
  // ---- the page
  /** The page looked at; "" before there is one. */
  readonly pageId: ReadonlySignal<string>;
  readonly page: ReadonlySignal<PageFacts | null>;
  readonly pageState: ReadonlySignal<PageState>;
  /** Why the page cannot be opened, as a code. */
  readonly refusal: ReadonlySignal<string | null>;
  /** The picture under the page. */
  readonly backdrop: ReadonlySignal<BackdropState>;
  /** Its items, lowest first, for the list view. */
  readonly items: ReadonlySignal<readonly Item[]>;
  /** What one may do on this page now. */
  readonly pen: ReadonlySignal<Pen>;
  /** Edits which the server has not acknowledged. */
  readonly unsaved: ReadonlySignal<number>;
  mayChange(item: Item): boolean;
  isOwn(item: Item): boolean;
  /** "" when the name is not known. */
  authorName(author: string): string;
  /** Looks at a page; who leads the board turns the class's page with it, unless it is reserved. */
  openPage(pageId: string): void;
  /** Looks at a page without turning the class's. */
  lookAt(pageId: string): void;
  /** The page before (-1) or after (1), as `openPage`. */
  turnBy(step: number): void;
  /** performance.now() when the page was asked for, and when all of it was painted. */
  readonly openedAt: number | null;
  readonly pictureAt: number | null;
  /**
   * Paints a page into a canvas and keeps it up to date until the returned function is called;
   * `told` hears each time that something new is on it.
   */
  thumbnail(pageId: string, canvas: HTMLCanvasElement, how?: ThumbnailWay): () => void;

  // ---- the view
  readonly camera: ReadonlySignal<Camera>;
  /** Size of the host in CSS px. */
  readonly size: ReadonlySignal<{ w: number; h: number }>;
  /** Page and view are the class's; own pan, zoom or page turn ends it, unless oneself presents. */
  readonly following: ReadonlySignal<boolean>;
  readonly isPresenting: ReadonlySignal<boolean>;
  backToClass(): void;
  /** CSS px per board unit. */
  zoomTo(scale: number): void;
  zoomBy(factor: number): void;
  panBy(dx: number, dy: number): void;
  fit(): void;
  /**
   * Puts the board into an element, which becomes focusable. `keys` may be a wider element with
   * the toolbars: the focus in it makes the board's letters win. What lies in the host and wants
   * its own presses, such as the editor, has `data-board-own`.
   */
  attach(host: HTMLElement, keys?: HTMLElement): () => void;

  // ---- tools
  readonly tool: ReadonlySignal<ToolName>;
  readonly styles: ReadonlySignal<Readonly<Record<ToolName, ToolStyle>>>;
  pick(tool: ToolName): void;
  setStyle(tool: ToolName, style: Partial<ToolStyle>): void;
  /** Fingers pan and only a stylus draws. Switches itself on when a stylus is seen. */
  readonly penMode: ReadonlySignal<boolean>;
  setPenMode(on: boolean): void;
  readonly aid: ReadonlySignal<Aid | null>;
  /** Puts the ruler or the protractor into the middle of the view, or away. */
  toggleAid(kind: AidKind): void;
  /** Angle and place, for keyboard users. */
  moveAid(dx: number, dy: number, turn: number): void;

  // ---- selection
  readonly selection: ReadonlySignal<readonly string[]>;
  /** Of the selection in px of the host; null when nothing is selected. */
  readonly selectionBox: ReadonlySignal<Rect | null>;
  readonly selectionStyle: ReadonlySignal<SharedStyle>;
  /** May everything selected be changed? */
  readonly maySelectionChange: ReadonlySignal<boolean>;
  select(ids: readonly string[]): void;
  selectAll(): void;
  restyle(style: Restyle): void;
  remove(): void;
  duplicate(): void;
  copy(): void;
  cut(): void;
  /** From the system's clipboard where the browser allows it, otherwise what was copied here. */
  paste(): void;
  bringForward(): void;
  sendBackward(): void;
  toFront(): void;
  toBack(): void;
  nudge(dx: number, dy: number): void;

  // ---- single items, for the list view
  /** The item the list view stands on: ringed, and brought into view. */
  readonly focused: ReadonlySignal<string | null>;
  focusItem(id: string | null): void;
  moveItem(id: string, dx: number, dy: number): void;
  removeItem(id: string): void;
  /** Opens the editor on a text, note or formula. */
  editItem(id: string): void;
  /** With words the item is there at once, otherwise an editor opens where it has words. */
  insertCentred(kind: CentredKind, words?: string): void;

  // ---- writing
  readonly editing: ReadonlySignal<Editing | null>;
  readonly editorFrame: ReadonlySignal<EditorFrame | null>;
  /** What stands in the editor now; others see it, nothing is stored. */
  typing(words: string): void;
  /** Empty words remove the item. Closes the editor. */
  commitText(id: string, words: string): void;
  commitFormula(id: string, source: string): void;
  cancelEditing(): void;
  insertImage(file: Blob, at?: Point): Promise<boolean>;
  /** What is wrong with a formula, in KaTeX's words; null when nothing is, or not known yet. */
  formulaFault(source: string): string | null;
  /** Grows when formulas or pictures have come: time to ask again. */
  readonly arrivals: ReadonlySignal<number>;

  // ---- history
  readonly mayUndo: ReadonlySignal<boolean>;
  readonly mayRedo: ReadonlySignal<boolean>;
  undo(): void;
  redo(): void;

  // ---- others
  readonly cursors: ReadonlySignal<readonly NamedCursor[]>;

  // ---- telling
  readonly notice: ReadonlySignal<Notice | null>;
  dismissNotice(): void;
  readonly busy: ReadonlySignal<Busy | null>;

  // ---- files
  /** What was drawn on a deck's pages, without them. */
  readonly drawn: DrawnPages;
  /** The whole board as one file that `restore` reads. */
  exportBoardFile(): Promise<Result<Blob, string>>;
  /** SVG and PNG: one for each page; PDF: one with all of them. A list names pages in its order. */
  exportPictures(
    format: PictureFormat,
    scope: ExportScope | readonly string[],
  ): Promise<Result<readonly Blob[], string>>;
  /** Adds the file's pages after the others; the number of pages, or a code. */
  restore(file: Blob): Promise<Result<number, string>>;

  destroy(): void;
}
