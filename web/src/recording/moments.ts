/**
 * Between two moments of a page: what came, what went, and what of it can simply be painted on top.
 * Pure, over the versions of a tape in the order in which they are painted.
 */
import type { Version } from "./tape";

/** Numbers of versions, lowest first. */
export interface Step {
  /** Above everything that stays: painted over the picture there is. */
  onTop: number[];
  /** Came below something that stays: their places have to be painted anew. */
  under: number[];
  removed: number[];
}

/** A place to be painted anew is about so many times the work of a stroke on top. */
const REPAIR = 4;

export class Moments {
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  /** When something came or went, ascending. */
  readonly #times: Float64Array;

  constructor(readonly versions: readonly Version[]) {
    this.#from = Float64Array.from(versions, ({ from }) => from);
    this.#to = Float64Array.from(versions, ({ to }) => to);
    this.#times = Float64Array.from([...this.#from, ...this.#to.filter(Number.isFinite)]).sort();
  }

  /** How often something came or went between the two, in either direction. */
  changes(a: number, b: number): number {
    return Math.abs(this.#until(a) - this.#until(b));
  }

  /** `null` is before everything: an empty page. */
  isThere(at: number, ms: number | null): boolean {
    if (ms === null) return false;
    return (this.#from[at] as number) <= ms && ms < (this.#to[at] as number);
  }

  alive(ms: number): number[] {
    const there: number[] = [];
    for (let at = 0; at < this.versions.length; at += 1) if (this.isThere(at, ms)) there.push(at);
    return there;
  }

  step(from: number | null, to: number | null): Step {
    const step: Step = { onTop: [], under: [], removed: [] };
    let hasKept = false;
    for (let at = this.versions.length - 1; at >= 0; at -= 1) {
      const was = this.isThere(at, from);
      const is = this.isThere(at, to);
      if (was && is) hasKept = true;
      else if (was) step.removed.push(at);
      else if (is) (hasKept ? step.under : step.onTop).push(at);
    }
    for (const list of Object.values(step)) list.reverse();
    return step;
  }

  /** How much there is to paint from one to the other, in strokes, roughly. */
  work(from: number | null, to: number | null): number {
    const { onTop, under, removed } = this.step(from, to);
    return onTop.length + REPAIR * (under.length + removed.length);
  }

  /** At most `count` moments with about equally many changes between any two neighbours. */
  shares(count: number): number[] {
    const times = this.#times;
    const moments = new Set<number>();
    for (let n = 1; n <= count; n += 1) {
      const moment = times[Math.floor((times.length * n) / (count + 1))];
      if (moment !== undefined) moments.add(moment);
    }
    return [...moments];
  }

  /** How many of the times are not later than that. */
  #until(ms: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] as number) <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
