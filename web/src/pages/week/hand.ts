/** The hand in the week: with a mouse or a pen things are drawn and dragged, with keys moved. */
import { type Signal, signal } from "@preact/signals";
import { mayDrag, type Plan, planBlock, planMove } from "../../booking/drag";
import { type Axis, type GridDay, instantAt } from "../../booking/grid";
import type { Shown, ShownWeek } from "./shown";

/** Less than this is a press. */
const STILL_PX = 5;

/** What would come of it: a thing moved, or, without one, time blocked. */
export interface Ghost {
  plan: Plan;
  one: Shown | null;
}

export interface Ground {
  axis: Axis;
  days: readonly GridDay[];
  week: ShownWeek;
  stepMin: number;
  mayChange: boolean;
}

export interface Doings {
  /** Nothing stands at this instant and somebody pressed there. */
  onFree(at: number): void;
  onBlock(plan: Plan): void;
  onMove(one: Shown, plan: Plan): void;
}

interface Grip {
  x: number;
  y: number;
  began: number;
  /** What is held, and how far below its beginning. */
  one: Shown | null;
  below: number;
  moved: boolean;
}

export class Hand {
  readonly ghost: Signal<Ghost | null> = signal(null);
  #grip: Grip | null = null;
  /** A drag ends in a press on what was dragged, which is none. */
  #wasDrag = false;

  constructor(
    readonly ground: () => Ground | null,
    readonly doings: Doings,
  ) {}

  readonly #point = (body: HTMLElement, event: MouseEvent, below = 0): number | null => {
    const ground = this.ground();
    if (!ground) return null;
    const box = body.getBoundingClientRect();
    const n = Math.floor(((event.clientX - box.left) / box.width) * ground.days.length);
    const on = ground.days[Math.min(Math.max(n, 0), ground.days.length - 1)];
    if (!on) return null;
    const y = Math.max(0, Math.min(event.clientY - box.top - below, ground.axis.height - 1));
    return instantAt(ground.axis, on, y, ground.stepMin);
  };

  down(body: HTMLElement, event: PointerEvent): void {
    this.#wasDrag = false;
    if (event.button !== 0 || event.pointerType === "touch") return;
    const began = this.#point(body, event);
    const ground = this.ground();
    if (began === null || !ground) return;
    const target = event.target instanceof Element ? event.target.closest("[data-entry]") : null;
    const id = target?.getAttribute("data-entry");
    const one = ground.week.standing.find((other) => other.id === id) ?? null;
    if (!ground.mayChange || (one && !mayDrag(one))) return;
    const top = target?.getBoundingClientRect().top ?? event.clientY;
    const below = event.clientY - top;
    this.#grip = { x: event.clientX, y: event.clientY, began, one, below, moved: false };
    body.setPointerCapture(event.pointerId);
  }

  move(body: HTMLElement, event: PointerEvent): void {
    const grip = this.#grip;
    const ground = this.ground();
    if (!grip || !ground) return;
    const far = Math.hypot(event.clientX - grip.x, event.clientY - grip.y);
    if (!grip.moved && far < STILL_PX) return;
    grip.moved = true;
    const at = this.#point(body, event, grip.below);
    if (at === null) return;
    const { one } = grip;
    const plan = one
      ? planMove(ground.week, one, at)
      : planBlock(ground.week, grip.began, at, ground.stepMin);
    this.ghost.value = { plan, one };
  }

  up(body: HTMLElement, event: PointerEvent): void {
    const grip = this.#grip;
    this.#grip = null;
    if (!grip) return;
    if (body.hasPointerCapture(event.pointerId)) body.releasePointerCapture(event.pointerId);
    const ghost = this.ghost.value;
    this.ghost.value = null;
    this.#wasDrag = grip.moved;
    if (!grip.moved) {
      if (grip.one) this.press(grip.one);
      else this.doings.onFree(grip.began);
    } else if (ghost?.one) this.doings.onMove(ghost.one, ghost.plan);
    else if (ghost) this.doings.onBlock(ghost.plan);
  }

  /** A finger draws nothing, it scrolls; a tap on empty time is a press. */
  tap(body: HTMLElement, event: MouseEvent): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
    const isThing = event.target instanceof Element && event.target.closest("button");
    const at = isTouch && !isThing ? this.#point(body, event) : null;
    if (at !== null && this.ground()?.mayChange) this.doings.onFree(at);
  }

  /** Set by the page: what a press on something that stands opens. */
  press: (one: Shown) => void = () => {};

  /** Whether the click that comes now is only the end of a drag. */
  isEndOfDrag(): boolean {
    return this.#wasDrag;
  }

  leave(): void {
    this.#grip = null;
    this.ghost.value = null;
  }

  /** By keys: hold it, or put it at an instant. */
  hold(one: Shown, at: number): void {
    const ground = this.ground();
    if (ground) this.ghost.value = { one, plan: planMove(ground.week, one, at) };
  }

  drop(): void {
    const ghost = this.ghost.value;
    this.ghost.value = null;
    if (ghost?.one) this.doings.onMove(ghost.one, ghost.plan);
  }
}
