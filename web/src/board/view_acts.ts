/**
 * Keys of the board put into deeds, and the listener that hears them. The board's letters win over
 * the room's while the focus is inside the board; those that change something need the pen.
 */
import {
  arrowStep,
  type BoardAct,
  type BoardKey,
  boardKeyOf,
  isSingle,
  type Pressed,
} from "./keys";
import type { FarTurn } from "./turns";
import type { BoardView } from "./view_types";

const ZOOM_STEP = 1.25;
/** An arrow key moves the view by so much, px; with Shift by more. */
const PAN_STEP = 40;

/** What keys do beside the view's own verbs. */
export interface KeyPorts {
  view: BoardView;
  /** Drops or closes what is under way. True when there was something. */
  cancel(): boolean;
  finish(): boolean;
  holdSpace(down: boolean): void;
  modifiers(event: { shiftKey: boolean; altKey: boolean }): void;
  singleKeys(): boolean;
  /** Whether this board has what the row is for; else the key is somebody else's. */
  has(row: BoardKey): boolean;
  /** Past the steps of a slide, or to an end. */
  turnFar(how: FarTurn): void;
}

const SIMPLE: Partial<Record<BoardAct, (view: BoardView) => void>> = {
  undo: (view) => view.undo(),
  redo: (view) => view.redo(),
  duplicate: (view) => view.duplicate(),
  remove: (view) => view.remove(),
  select_all: (view) => view.selectAll(),
  forward: (view) => view.bringForward(),
  backward: (view) => view.sendBackward(),
  to_front: (view) => view.toFront(),
  to_back: (view) => view.toBack(),
  zoom_in: (view) => view.zoomBy(ZOOM_STEP),
  zoom_out: (view) => view.zoomBy(1 / ZOOM_STEP),
  zoom_one: (view) => view.zoomTo(1),
  fit: (view) => view.fit(),
  ruler: (view) => view.toggleAid("ruler"),
  protractor: (view) => view.toggleAid("protractor"),
  page_before: (view) => view.turnBy(-1),
  page_after: (view) => view.turnBy(1),
};

/** Does what a row says; false when there was nothing to do and the key is somebody else's. */
export function perform(row: BoardKey, event: Pressed, ports: KeyPorts): boolean {
  const { view } = ports;
  if (row.byBrowser) return false;
  if (row.tool) {
    view.pick(row.tool);
    return true;
  }
  if (!row.act) return false;
  const simple = SIMPLE[row.act];
  if (simple) {
    simple(view);
    return true;
  }
  switch (row.act) {
    case "nudge":
      return nudge(event, view);
    case "edit":
      return edit(ports);
    case "cancel":
      return ports.cancel();
    case "pan":
      ports.holdSpace(true);
      return true;
    case "slide_before":
    case "slide_after":
    case "page_first":
    case "page_last":
      ports.turnFar(row.act);
      return true;
    default:
      return false;
  }
}

function nudge(event: Pressed, view: BoardView): boolean {
  const { dx, dy } = arrowStep(event);
  if (view.selection.value.length > 0 && view.maySelectionChange.value) view.nudge(dx, dy);
  else view.panBy(-Math.sign(dx) * PAN_STEP, -Math.sign(dy) * PAN_STEP);
  return true;
}

function edit({ view, finish }: KeyPorts): boolean {
  if (finish()) return true;
  const [id, ...others] = view.selection.value;
  if (id === undefined || others.length > 0) return false;
  view.editItem(id);
  return view.editing.value !== null;
}

const WRITING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
/** Keys that buttons, menus and lists use themselves. */
const OF_WIDGETS = new Set([" ", "Enter", "PageUp", "PageDown", "Home", "End", "Delete"]);

export function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(WRITING) !== null;
}

/** The row this key press means here and now. */
export function rowFor(
  event: Pressed,
  here: { mayDraw: boolean; singleKeys: boolean; onBoard: boolean },
): BoardKey | null {
  const row = boardKeyOf(event);
  if (!row || (!here.mayDraw && !row.looking)) return null;
  if (!here.singleKeys && isSingle(row)) return null;
  const isWidgetKey = OF_WIDGETS.has(row.key) || row.key.startsWith("Arrow");
  return isWidgetKey && !here.onBoard ? null : row;
}

export function listenToKeys(host: HTMLElement, keys: HTMLElement, ports: KeyPorts): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const down = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isWriting(event.target)) return;
    if (event.target instanceof Element && event.target.closest("dialog, [popover]")) return;
    if (event.key === "Shift" || event.key === "Alt") return ports.modifiers(event);
    const row = rowFor(event, {
      mayDraw: ports.view.pen.value !== "none",
      singleKeys: ports.singleKeys(),
      onBoard: event.target === host,
    });
    if (!row || !ports.has(row) || !perform(row, event, ports)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const up = (event: KeyboardEvent) => {
    if (event.key === " ") ports.holdSpace(false);
    if (event.key === "Shift" || event.key === "Alt") ports.modifiers(event);
  };
  keys.addEventListener("keydown", down, { signal });
  addEventListener("keyup", up, { signal });
  // A window that loses the focus never hears the key go up.
  addEventListener("blur", () => ports.holdSpace(false), { signal });
  return () => abort.abort();
}
