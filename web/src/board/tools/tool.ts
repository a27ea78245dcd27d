/**
 * What a tool is and what it works with. Tools get points of the page and change nothing but the
 * page's document, the selection and the live layer; they know neither events nor sockets.
 */
import type { Signal } from "@preact/signals";
import type { Sizes } from "../kernel/bounds";
import type { PageIndex } from "../kernel/page_index";
import type { Item, PageDoc, Point, Preview, Rect } from "../model";
import type { LiveSurface } from "../paint/types";
import type { Aid, NoticeCode, ToolName, ToolStyle, WritingKind } from "../view_types";

/** One sample of a pointer. */
export interface Touch extends Point {
  /** 0..1; null where the device has no pressure. */
  pressure: number | null;
  shift: boolean;
  alt: boolean;
  /** performance.now() */
  at: number;
  /** 2 at the second press of a double click. */
  clicks: number;
}

export interface Tool {
  down(touch: Touch): void;
  /** `predicted` points are drawn only. */
  move(touches: readonly Touch[], predicted: readonly Touch[]): void;
  up(): void;
  /** Drops what is under way, without a trace. */
  cancel(): void;
  /** The pointer moves with nothing pressed. */
  hover?(touch: Touch): void;
  /** Enter: what is drawn by several clicks is done. True when there was something to do. */
  finish?(): boolean;
  /** Another tool is picked. */
  leave?(): void;
  /** Something would be lost by `cancel`. */
  readonly isBusy: boolean;
}

/** Where the editor opens for words that are not on the page yet. */
export interface NewWriting {
  kind: WritingKind;
  at: Point;
  /** Of a box that was drawn; null: as is usual. */
  box: Rect | null;
}

export interface Desk {
  /** The page that may be written; null when there is none or one may not. */
  doc(): PageDoc | null;
  index(): PageIndex | null;
  sizes: Sizes;
  live: LiveSurface;
  selection: Signal<readonly string[]>;
  mayChange(item: Item): boolean;
  style(tool: ToolName): ToolStyle;
  /** CSS px per board unit. */
  scale(): number;
  aid(): Aid | null;
  /** Items that are drawn by the tool instead. */
  hide(ids: Iterable<string>): void;
  /** Shows others what is being drawn or moved. */
  preview(key: string, preview: Preview | null): void;
  sendLaser(points: readonly Point[]): void;
  write(wish: NewWriting): void;
  edit(id: string): void;
  chooseImage(at: Point | null): void;
  cursor(name: string): void;
  tell(code: NoticeCode): void;
}

/** How far from a thing a press still means it, px. */
export const REACH_PX = 8;
/** A press that moved less is a click, px. */
export const CLICK_PX = 4;

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
