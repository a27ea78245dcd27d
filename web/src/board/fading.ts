/**
 * Ink that goes by itself: what came onto the page is seen for some seconds, fades within one more,
 * and is removed by whoever drew it. Times are compared, never counted: a covered window's clock
 * ticks once a second.
 */
import { effect, type ReadonlySignal, untracked } from "@preact/signals";
import type { Change, Item, PageDoc } from "./model";
import type { LiveSurface } from "./paint/types";

export const STAY_MS = 5_000;
export const FADE_MS = 1_000;
/** Who may change everything removes what its author did not: they have gone. */
const LEFT_MS = 3_000;
const KEY = "fading.";

export interface FadingPorts {
  /** Whether ink goes at all. */
  fades: ReadonlySignal<boolean>;
  doc: ReadonlySignal<PageDoc | null>;
  /** The same while it may be written. */
  writable: ReadonlySignal<PageDoc | null>;
  isOwn(item: Item): boolean;
  mayChange(item: Item): boolean;
  /** Items that are not painted on the page any more. */
  hide(ids: readonly string[]): void;
  live: Pick<LiveSurface, "set">;
  reducesMotion(): boolean;
  now(): number;
  after(ms: number, call: () => void): () => void;
}

/** Invariant: `#came` has what is on the page while it fades, with when it came or was changed. */
export class Fading {
  readonly #ports: FadingPorts;
  readonly #came = new Map<string, number>();
  /** Hidden on the page: fading, or gone but for being removed. */
  #hidden: ReadonlySet<string> = new Set();
  #stopTimer: (() => void) | null = null;
  readonly #stops: readonly (() => void)[];

  constructor(ports: FadingPorts) {
    this.#ports = ports;
    this.#stops = [
      effect(() => {
        const doc = ports.fades.value ? ports.doc.value : null;
        return untracked(() => this.#begin(doc));
      }),
      // What could not be removed without a pen can be with one.
      effect(() => {
        if (ports.writable.value) untracked(() => this.#look());
      }),
    ];
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  /** What is there already goes from now on. */
  #begin(doc: PageDoc | null): (() => void) | undefined {
    if (!doc) return undefined;
    const { now } = this.#ports;
    for (const id of doc.items.keys()) this.#came.set(id, now());
    const stop = doc.onChange((change) => this.#changed(change));
    this.#look();
    return () => {
      stop();
      this.#came.clear();
      this.#look();
    };
  }

  #changed(change: Change): void {
    const at = this.#ports.now();
    for (const id of [...change.added, ...change.changed]) this.#came.set(id, at);
    for (const id of change.removed) this.#came.delete(id);
    this.#look();
  }

  /** Does what is due, and waits for what is next. */
  #look(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    const at = this.#ports.now();
    const hidden = new Set<string>();
    const over: string[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const [id, came] of this.#came) {
      const age = at - came;
      if (age >= STAY_MS) hidden.add(id);
      if (age >= STAY_MS + FADE_MS) over.push(id);
      const steps = [STAY_MS, STAY_MS + FADE_MS, STAY_MS + FADE_MS + LEFT_MS];
      next = Math.min(next, ...steps.filter((step) => step > age).map((step) => step - age));
    }
    this.#show(hidden, at);
    if (next < Number.POSITIVE_INFINITY) {
      this.#stopTimer = this.#ports.after(next, () => this.#look());
    }
    // Last: a removal is a change, which looks again.
    this.#remove(over, at);
  }

  #show(hidden: ReadonlySet<string>, at: number): void {
    const { hide, live, reducesMotion } = this.#ports;
    const before = this.#hidden;
    this.#hidden = hidden;
    for (const id of before) if (!hidden.has(id)) live.set(KEY + id, null);
    for (const id of hidden) {
      const from = (this.#came.get(id) ?? at) + STAY_MS;
      const isOver = at >= from + FADE_MS || reducesMotion();
      if (isOver) live.set(KEY + id, null);
      else if (!before.has(id))
        live.set(KEY + id, { kind: "fading", ids: [id], from, ms: FADE_MS });
    }
    if (before.size > 0 || hidden.size > 0) hide([...hidden]);
  }

  #remove(over: readonly string[], at: number): void {
    const { writable, isOwn, mayChange } = this.#ports;
    const doc = writable.peek();
    if (!doc || over.length === 0) return;
    const ids = over.filter((id) => {
      const item = doc.items.get(id);
      const left = at - (this.#came.get(id) ?? at) - STAY_MS - FADE_MS >= LEFT_MS;
      return item !== undefined && mayChange(item) && (isOwn(item) || left);
    });
    if (ids.length > 0) doc.drop(ids);
  }
}
