/**
 * Pointers, wheel, keys and drops of one element, put into points of the page, gestures and acts.
 * Every listener is taken away by the returned function.
 */

import { toPage } from "./camera";
import type { PointerFact, PointerKind } from "./gestures";
import { Gestures } from "./gestures";
import type { Camera, Point } from "./model";
import type { Tool, Touch } from "./tools/tool";

const DOUBLE_MS = 400;
const DOUBLE_PX = 8;
/** Lines of a wheel that counts in lines, px. */
const LINE_PX = 24;
const ZOOM_PER_PX = 0.0022;
const ERASER_BIT = 32;

export interface InputPorts {
  camera(): Camera;
  /** The tool this press goes to; null: none, the press is nothing. */
  toolAt(at: Touch, erases: boolean): Tool | null;
  /** The tool in hand, for hovering. */
  tool(): Tool | null;
  mayPress(): boolean;
  handPicked(): boolean;
  penMode(): boolean;
  stylusSeen(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
  /** Where the pointer is on the page; null when it has left. */
  pointsAt(at: Point | null): void;
  panning(on: boolean): void;
}

export class Input {
  readonly gestures: Gestures;
  readonly #ports: InputPorts;
  readonly #host: HTMLElement;
  #tool: Tool | null = null;
  #last: Touch | null = null;
  #space = false;
  #pressed: { at: number; x: number; y: number; clicks: number } | null = null;
  #origin: { left: number; top: number } = { left: 0, top: 0 };
  #fact: { event: PointerEvent; touch: Touch } | null = null;
  readonly #abort = new AbortController();

  constructor(host: HTMLElement, ports: InputPorts) {
    this.#host = host;
    this.#ports = ports;
    this.gestures = new Gestures(
      {
        begin: (_id, erases) => this.#begin(erases),
        end: () => this.#end(),
        cancel: () => this.#cancel(),
        pan: (dx, dy) => ports.pan(dx, dy),
        pinch: (factor, at) => ports.zoom(factor, at),
        stylusSeen: () => ports.stylusSeen(),
      },
      () => ({
        mayPress: ports.mayPress(),
        pans: this.#space || ports.handPicked(),
        penMode: ports.penMode(),
      }),
    );
    this.#listen();
  }

  /** The space bar is held: a press pans. */
  holdSpace(down: boolean): void {
    this.#space = down;
    this.#ports.panning(down);
  }

  /** Shift or Alt changed while something is drawn. */
  modifiers(event: { shiftKey: boolean; altKey: boolean }): void {
    if (!this.#tool || !this.#last) return;
    this.#last = { ...this.#last, shift: event.shiftKey, alt: event.altKey };
    this.#tool.move([this.#last], []);
  }

  /** Drops what is being drawn; true when there was something. */
  drop(): boolean {
    if (!this.#tool) return false;
    this.gestures.dropPress();
    return true;
  }

  destroy(): void {
    this.gestures.dropPress();
    this.#abort.abort();
  }

  #listen(): void {
    const { signal } = this.#abort;
    const on = <K extends keyof HTMLElementEventMap>(
      name: K,
      call: (event: HTMLElementEventMap[K]) => void,
    ) => this.#host.addEventListener(name, call, { signal, passive: false });
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => this.#up(event));
    on("pointercancel", (event) => this.gestures.cancel(event.pointerId));
    on("lostpointercapture", (event) => this.gestures.cancel(event.pointerId));
    on("pointerleave", () => this.#ports.pointsAt(null));
    on("wheel", (event) => this.#wheel(event));
    // The browser's own menu, selection and scrolling would tear a stroke apart.
    for (const name of ["contextmenu", "touchstart", "dragstart"] as const)
      on(name, (event) => {
        if (!isOverlay(event.target)) event.preventDefault();
      });
    this.#host.style.touchAction = "none";
  }

  #down(event: PointerEvent): void {
    if (isOverlay(event.target)) return;
    this.#origin = this.#host.getBoundingClientRect();
    this.#host.focus({ preventScroll: true });
    event.preventDefault();
    capture(this.#host, event.pointerId);
    const touch = this.#touch(event);
    this.#fact = { event, touch: { ...touch, clicks: this.#clicks(event) } };
    this.gestures.down(this.#factOf(event));
    this.#fact = null;
    if (this.gestures.isPanning) this.#ports.panning(true);
  }

  #move(event: PointerEvent): void {
    if (isOverlay(event.target) && event.buttons === 0) return;
    this.#origin = this.#host.getBoundingClientRect();
    const all = event.getCoalescedEvents?.() ?? [];
    const events = all.length > 0 ? all : [event];
    const touches = events.map((one) => this.#touch(one));
    const last = touches.at(-1);
    if (!last) return;
    if (event.pointerType !== "touch") this.#ports.pointsAt(last);
    if (this.gestures.move(this.#factOf(event))) {
      if (event.pointerType === "touch") this.#ports.pointsAt(last);
      this.#last = last;
      const soon = event.getPredictedEvents?.() ?? [];
      this.#tool?.move(
        touches,
        soon.map((one) => this.#touch(one)),
      );
    } else if (event.buttons === 0) this.#ports.tool()?.hover?.(last);
  }

  #up(event: PointerEvent): void {
    this.#moveOn(event);
    this.gestures.up(event.pointerId);
    if (!this.gestures.isPanning) this.#ports.panning(this.#space);
    if (event.pointerType === "touch") this.#ports.pointsAt(null);
  }

  /** A quick stroke may end further on than its last move; lifting has no pressure of its own. */
  #moveOn(event: PointerEvent): void {
    const last = this.#last;
    if (!last || this.gestures.pressing !== event.pointerId) return;
    const touch = { ...this.#touch(event), pressure: last.pressure };
    if (touch.x !== last.x || touch.y !== last.y) this.#tool?.move([touch], []);
  }

  #begin(erases: boolean): void {
    const touch = this.#fact?.touch;
    if (!touch) return;
    this.#tool = this.#ports.toolAt(touch, erases);
    this.#last = touch;
    this.#tool?.down(touch);
  }

  #end(): void {
    const tool = this.#tool;
    this.#tool = null;
    tool?.up();
  }

  #cancel(): void {
    const tool = this.#tool;
    this.#tool = null;
    tool?.cancel();
  }

  #wheel(event: WheelEvent): void {
    if (isOverlay(event.target) && !event.ctrlKey) return;
    event.preventDefault();
    this.#origin = this.#host.getBoundingClientRect();
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE_PX : 400;
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-Math.max(-200, Math.min(200, dy)) * ZOOM_PER_PX);
      this.#ports.zoom(factor, this.#onHost(event));
    } else if (event.shiftKey && dx === 0) this.#ports.pan(-dy, 0);
    else this.#ports.pan(-dx, -dy);
  }

  #onHost(event: { clientX: number; clientY: number }): Point {
    return { x: event.clientX - this.#origin.left, y: event.clientY - this.#origin.top };
  }

  #factOf(event: PointerEvent): PointerFact {
    const kind = kindOf(event);
    const isEraserEnd = event.button === 5 || (event.buttons & ERASER_BIT) !== 0;
    const button = isEraserEnd ? 5 : Math.max(0, event.button);
    return { ...this.#onHost(event), id: event.pointerId, kind, button, at: event.timeStamp };
  }

  #touch(event: PointerEvent): Touch {
    return {
      ...toPage(this.#ports.camera(), this.#onHost(event)),
      pressure: event.pointerType === "pen" ? event.pressure : null,
      shift: event.shiftKey,
      alt: event.altKey,
      at: event.timeStamp,
      clicks: 1,
    };
  }

  #clicks(event: PointerEvent): number {
    const old = this.#pressed;
    const isSame =
      old !== null &&
      event.timeStamp - old.at < DOUBLE_MS &&
      Math.hypot(event.clientX - old.x, event.clientY - old.y) < DOUBLE_PX;
    const clicks = isSame ? old.clicks + 1 : 1;
    this.#pressed = { at: event.timeStamp, x: event.clientX, y: event.clientY, clicks };
    return clicks;
  }
}

/** Editors and buttons that lie in the host keep their own presses. */
function isOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-board-own]") !== null;
}

function kindOf(event: PointerEvent): PointerKind {
  return event.pointerType === "pen" || event.pointerType === "touch" ? event.pointerType : "mouse";
}

/** A pointer that is gone already cannot be captured; the stroke goes on without. */
function capture(host: HTMLElement, id: number): void {
  try {
    host.setPointerCapture(id);
  } catch {
    // Synthetic pointers, or one that was lifted meanwhile.
  }
}
