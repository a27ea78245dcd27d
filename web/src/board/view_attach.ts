/** The board in an element of the page: renderer, pointers, keys, clipboard, cursor. */
import { effect } from "@preact/signals";
import { Input } from "./input";
import type { BoardAct, BoardKey } from "./keys";
import { type FarTurn, farTurn } from "./turns";
import { listenToKeys } from "./view_acts";
import type { Core } from "./view_core";
import type { BoardPorts } from "./view_ports";
import type { BoardView } from "./view_types";

/** Returns how to take it out again. */
export function attachBoard(
  core: Core,
  view: BoardView,
  host: HTMLElement,
  keys: HTMLElement,
): () => void {
  const { desk, surface, shelf, clipboard } = core;
  if (!host.hasAttribute("tabindex")) host.tabIndex = 0;
  const renderer = core.parts.renderer(host);
  surface.renderer.value = renderer;
  const input = newInput(core, host);
  core.input = input;
  const stops = [
    listenToKeys(host, keys, {
      view,
      cancel: () => cancel(core, view),
      finish: () => desk.finish(),
      holdSpace: (down) => input.holdSpace(down),
      modifiers: (event) => input.modifiers(event),
      singleKeys: () => core.ports.singleKeys?.value ?? true,
      has: (row) => has(core.ports, row),
      turnFar: (how) => turnFar(core, view, how),
    }),
    // Where not every tool is, neither is every item.
    core.ports.tools ? () => {} : clipboard.listen(host, keys),
    effect(() => {
      host.dataset.tool = shelf.pen.value === "none" ? "hand" : desk.tool.value;
      host.style.cursor = desk.cursor.value;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    core.drop();
    input.destroy();
    if (core.input === input) core.input = null;
    shelf.channel.peek()?.sendCursor(null);
    if (surface.renderer.peek() === renderer) surface.renderer.value = null;
    renderer.destroy();
  };
}

/** What moves the view, and what lies beside the page. */
const OF_THE_VIEW: ReadonlySet<BoardAct> = new Set([
  "pan",
  "zoom_in",
  "zoom_out",
  "zoom_one",
  "fit",
  "page_before",
  "page_after",
  "slide_before",
  "slide_after",
  "page_first",
  "page_last",
  "ruler",
  "protractor",
]);

function has({ tools, fixedCamera }: BoardPorts, row: BoardKey): boolean {
  if (row.tool) return tools?.includes(row.tool) ?? true;
  return !fixedCamera || row.act === undefined || !OF_THE_VIEW.has(row.act);
}

function newInput(core: Core, host: HTMLElement): Input {
  const { desk, surface, shelf } = core;
  return new Input(host, {
    camera: () => surface.camera.peek(),
    toolAt: (at, erases) => desk.toolAt(at, erases),
    tool: () => (shelf.writable.peek() ? desk.inHand : null),
    mayPress: () => shelf.writable.peek() !== null,
    handPicked: () => desk.tool.peek() === "hand",
    penMode: () => desk.penMode.peek(),
    stylusSeen: () => {
      desk.penMode.value = true;
    },
    pan: (dx, dy) => core.pan(dx, dy),
    zoom: (factor, at) => core.zoom(factor, at),
    pointsAt: (at) => {
      if (shelf.pen.peek() !== "none") shelf.channel.peek()?.sendCursor(at);
    },
    panning: (on) => {
      if (on) host.dataset.panning = "";
      else delete host.dataset.panning;
    },
  });
}

function turnFar(core: Core, view: BoardView, how: FarTurn): void {
  const to = farTurn(core.ports.pages.peek(), core.pageId.peek(), how);
  if (to !== null) view.openPage(to);
}

/** Escape: one thing after the other, and nothing when there is nothing. */
function cancel(core: Core, view: BoardView): boolean {
  if (core.drop()) return true;
  if (core.focused.peek() !== null) {
    view.focusItem(null);
    return true;
  }
  if (core.selection.ids.peek().length === 0) return false;
  core.selection.ids.value = [];
  return true;
}
