/**
 * The board's keys, as one table: what a key does, and how the sheet of shortcuts shows it. They
 * win over the room's letters while the board is on the stage, one may draw and the focus is
 * inside the board; who asks decides that, here is only the meaning.
 */
import type { FarTurn } from "./turns";
import type { ToolName } from "./view_types";

export type BoardAct =
  | "undo"
  | "redo"
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "remove"
  | "select_all"
  | "forward"
  | "backward"
  | "to_front"
  | "to_back"
  | "nudge"
  | "edit"
  | "cancel"
  | "zoom_in"
  | "zoom_out"
  | "zoom_one"
  | "fit"
  | "pan"
  | "ruler"
  | "protractor"
  | "page_before"
  | "page_after"
  | FarTurn;

export interface BoardKey {
  /** As `KeyboardEvent.key`, letters small. */
  key: string;
  /** Ctrl, on a Mac Cmd. */
  ctrl?: boolean;
  shift?: boolean;
  tool?: ToolName;
  act?: BoardAct;
  /** Works also for those who may only look. */
  looking?: boolean;
  /** The browser's own events (copy, paste) do it; the row is for the sheet. */
  byBrowser?: boolean;
  /** A second way, which the sheet leaves out. */
  isSpare?: boolean;
}

export const BOARD_KEYS: readonly BoardKey[] = [
  { key: "p", tool: "pen" },
  { key: "h", tool: "hl" },
  { key: "e", tool: "eraser" },
  { key: "v", tool: "select" },
  { key: "q", tool: "lasso" },
  { key: "d", tool: "hand" },
  { key: "l", tool: "line" },
  { key: "a", tool: "arrow" },
  { key: "r", tool: "rect" },
  { key: "o", tool: "ell" },
  { key: "g", tool: "poly" },
  { key: "t", tool: "text" },
  { key: "n", tool: "note" },
  { key: "f", tool: "tex" },
  { key: "i", tool: "img" },
  { key: "k", tool: "laser" },
  { key: "u", act: "ruler" },
  { key: "y", act: "protractor" },
  { key: "z", ctrl: true, act: "undo" },
  { key: "z", ctrl: true, shift: true, act: "redo" },
  { key: "y", ctrl: true, act: "redo", isSpare: true },
  { key: "c", ctrl: true, act: "copy", byBrowser: true },
  { key: "x", ctrl: true, act: "cut", byBrowser: true },
  { key: "v", ctrl: true, act: "paste", byBrowser: true },
  { key: "d", ctrl: true, act: "duplicate" },
  { key: "a", ctrl: true, act: "select_all" },
  { key: "Delete", act: "remove" },
  { key: "Backspace", act: "remove", isSpare: true },
  { key: "]", ctrl: true, act: "forward" },
  { key: "[", ctrl: true, act: "backward" },
  { key: "]", act: "to_front" },
  { key: "[", act: "to_back" },
  { key: "Enter", act: "edit" },
  { key: "Escape", act: "cancel", looking: true },
  { key: "ArrowLeft", act: "nudge", looking: true },
  { key: "ArrowRight", act: "nudge", looking: true, isSpare: true },
  { key: "ArrowUp", act: "nudge", looking: true, isSpare: true },
  { key: "ArrowDown", act: "nudge", looking: true, isSpare: true },
  { key: "ArrowLeft", shift: true, act: "nudge", looking: true },
  { key: "ArrowRight", shift: true, act: "nudge", looking: true, isSpare: true },
  { key: "ArrowUp", shift: true, act: "nudge", looking: true, isSpare: true },
  { key: "ArrowDown", shift: true, act: "nudge", looking: true, isSpare: true },
  { key: "+", act: "zoom_in", looking: true },
  { key: "=", act: "zoom_in", looking: true, isSpare: true },
  { key: "-", act: "zoom_out", looking: true },
  { key: "0", act: "fit", looking: true },
  { key: "1", act: "zoom_one", looking: true },
  { key: " ", act: "pan", looking: true },
  { key: "PageUp", act: "page_before", looking: true },
  { key: "PageDown", act: "page_after", looking: true },
  { key: "PageUp", shift: true, act: "slide_before", looking: true },
  { key: "PageDown", shift: true, act: "slide_after", looking: true },
  // Where a window has no tabs, which these keys turn otherwise.
  { key: "PageUp", ctrl: true, act: "slide_before", looking: true, isSpare: true },
  { key: "PageDown", ctrl: true, act: "slide_after", looking: true, isSpare: true },
  { key: "Home", act: "page_first", looking: true },
  { key: "End", act: "page_last", looking: true },
];

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** A letter, digit or mark without Ctrl: what may be switched off as a single key. */
export function isSingle(row: BoardKey): boolean {
  return !row.ctrl && row.key.length === 1 && row.key !== " ";
}

/** The row a key press means; null when it belongs to somebody else. */
export function boardKeyOf(event: Pressed): BoardKey | null {
  if (event.altKey) return null;
  const ctrl = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mark = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return (
    BOARD_KEYS.find(
      (row) =>
        row.key === key &&
        (row.ctrl ?? false) === ctrl &&
        // Many layouts need Shift to reach a mark such as + or ].
        ((row.shift ?? false) === event.shiftKey || (mark && !row.shift)),
    ) ?? null
  );
}

/** Steps of the arrow keys, board units. */
export function arrowStep(event: Pressed): { dx: number; dy: number } {
  const step = event.shiftKey ? 10 : 1;
  const dx = event.key === "ArrowLeft" ? -step : event.key === "ArrowRight" ? step : 0;
  const dy = event.key === "ArrowUp" ? -step : event.key === "ArrowDown" ? step : 0;
  return { dx, dy };
}
