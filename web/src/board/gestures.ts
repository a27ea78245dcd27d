/**
 * What the pointers on the board mean together: drawing, panning, pinching, or a palm that rests
 * there. Decides only; who moves the camera and who draws is told by the calls of `Acts`.
 *
 * A stylus that was seen less than two seconds ago means that touches are palms. Two fingers
 * always pinch; one finger pans in pen mode and draws otherwise.
 */
import type { Point } from "./model";

export type PointerKind = "mouse" | "pen" | "touch";

export interface PointerFact extends Point {
  id: number;
  kind: PointerKind;
  /** As `PointerEvent.button`: 0 left or contact, 1 middle, 2 right, 5 the stylus's eraser end. */
  button: number;
  /** Milliseconds. */
  at: number;
}

export interface Acts {
  /** `erases`: with the eraser's end of the stylus. */
  begin(id: number, erases: boolean): void;
  end(id: number): void;
  cancel(id: number): void;
  /** px */
  pan(dx: number, dy: number): void;
  pinch(factor: number, at: Point): void;
  stylusSeen(): void;
}

/** What is decided elsewhere and asked at each press. */
export interface Circumstances {
  /** One may draw, and the tool is one that does something with a press. */
  mayPress: boolean;
  /** The hand is picked or the space bar held. */
  pans: boolean;
  penMode: boolean;
}

type Doing = "press" | "pan" | "pinch" | "nothing";
interface Held extends PointerFact {
  start: Point;
  doing: Doing;
}

const PALM_MS = 2_000;
/** A first finger that went no further was the first of two. */
const FIRST_OF_TWO_PX = 14;
const ERASER_END = 5;

export class Gestures {
  readonly #held = new Map<number, Held>();
  readonly #acts: Acts;
  readonly #circumstances: () => Circumstances;
  #stylusAt = Number.NEGATIVE_INFINITY;

  constructor(acts: Acts, circumstances: () => Circumstances) {
    this.#acts = acts;
    this.#circumstances = circumstances;
  }

  /** The pointer that draws now. */
  get pressing(): number | null {
    for (const held of this.#held.values()) if (held.doing === "press") return held.id;
    return null;
  }

  get isPanning(): boolean {
    return [...this.#held.values()].some((held) => held.doing === "pan" || held.doing === "pinch");
  }

  down(fact: PointerFact): void {
    if (this.#held.has(fact.id)) this.cancel(fact.id);
    if (fact.kind === "pen") this.#stylus(fact);
    const doing = this.#meaning(fact);
    this.#held.set(fact.id, { ...fact, start: { x: fact.x, y: fact.y }, doing });
    if (doing === "press") this.#acts.begin(fact.id, fact.button === ERASER_END);
  }

  /** A move; true when the pointer draws and its points belong to the tool. */
  move(fact: PointerFact): boolean {
    if (fact.kind === "pen") this.#stylusAt = fact.at;
    const held = this.#held.get(fact.id);
    if (!held) return false;
    const before = { x: held.x, y: held.y };
    if (held.doing === "pinch") this.#pinched(held, fact);
    held.x = fact.x;
    held.y = fact.y;
    if (held.doing === "pan") this.#acts.pan(fact.x - before.x, fact.y - before.y);
    return held.doing === "press";
  }

  up(id: number): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    if (held?.doing === "press") this.#acts.end(id);
    if (held?.doing === "pinch") this.#restPans();
  }

  cancel(id: number): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    if (held?.doing === "press") this.#acts.cancel(id);
    if (held?.doing === "pinch") this.#restPans();
  }

  /** The press goes on meaning nothing until it is let go: Escape, or the pen was taken. */
  dropPress(): void {
    for (const held of this.#held.values()) {
      if (held.doing !== "press") continue;
      held.doing = "nothing";
      this.#acts.cancel(held.id);
    }
  }

  #stylus(fact: PointerFact): void {
    this.#stylusAt = fact.at;
    this.#acts.stylusSeen();
    // The hand came down before the pen did.
    for (const held of this.#held.values()) {
      if (held.kind !== "touch") continue;
      if (held.doing === "press") this.#acts.cancel(held.id);
      held.doing = "nothing";
    }
  }

  #meaning(fact: PointerFact): Doing {
    const { mayPress, pans, penMode } = this.#circumstances();
    if (fact.kind === "touch") {
      if (fact.at - this.#stylusAt < PALM_MS) return "nothing";
      const others = this.#fingers();
      if (others.length === 1) return this.#secondFinger(others[0] as Held);
      if (others.length > 1) return "nothing";
      return penMode || pans || !mayPress ? "pan" : "press";
    }
    if (this.#held.size > 0 && this.pressing !== null) return "nothing";
    if (fact.button === 1) return "pan";
    if (fact.button !== 0 && fact.button !== ERASER_END) return "nothing";
    return pans || !mayPress ? "pan" : "press";
  }

  #fingers(): Held[] {
    return [...this.#held.values()].filter(
      (held) => held.kind === "touch" && held.doing !== "nothing",
    );
  }

  #secondFinger(first: Held): Doing {
    if (first.doing === "press") {
      const went = Math.hypot(first.x - first.start.x, first.y - first.start.y);
      // A stroke that is well under way is kept: only its end is here.
      if (went > FIRST_OF_TWO_PX) this.#acts.end(first.id);
      else this.#acts.cancel(first.id);
    }
    first.doing = "pinch";
    return "pinch";
  }

  #pinched(held: Held, fact: PointerFact): void {
    const other = this.#fingers().find((one) => one.id !== held.id && one.doing === "pinch");
    if (!other) return;
    const was = Math.hypot(held.x - other.x, held.y - other.y);
    const is = Math.hypot(fact.x - other.x, fact.y - other.y);
    this.#acts.pan((fact.x - held.x) / 2, (fact.y - held.y) / 2);
    const at = { x: (fact.x + other.x) / 2, y: (fact.y + other.y) / 2 };
    if (was > 1 && is > 1) this.#acts.pinch(is / was, at);
  }

  /** The finger that stays after a pinch pans; it never begins to draw. */
  #restPans(): void {
    for (const held of this.#held.values()) if (held.doing === "pinch") held.doing = "pan";
  }
}
