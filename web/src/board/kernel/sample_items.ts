/** Items and a document for tests of what reads them. */

import {
  type Change,
  IDENTITY,
  type InkPoint,
  type Item,
  type Matrix,
  type PageDoc,
} from "../model";
import { compareOrder } from "../order";
import { pack } from "../points";

const COMMON = { by: "author", at: 0, z: "a0", m: IDENTITY, text: "" };

/** An item with the usual rest. */
export function item(own: { t: Item["t"] } & Record<string, unknown>): Item {
  return { ...COMMON, id: "1-1", ...own } as Item;
}

export function ink(
  points: readonly (readonly [number, number, number?])[],
  own: Partial<Record<string, unknown>> & { m?: Matrix } = {},
): Extract<Item, { t: "pen" | "hl" }> {
  const full: InkPoint[] = points.map(([x, y, p = 128]) => ({ x, y, p }));
  const style = { t: "pen", c: "#000000", w: 4, o: 1, s: 0, d: pack(full) };
  return { ...COMMON, id: "1-1", ...style, ...own } as Extract<Item, { t: "pen" | "hl" }>;
}

/** Numbers in 0..1 that are the same at every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A document that is changed by hand and tells what the test says. */
export class SampleDoc implements PageDoc {
  readonly docId = "board/page/0";
  readonly items = new Map<string, Item>();
  readonly mayUndo = false;
  readonly mayRedo = false;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(items: readonly Item[] = []) {
    for (const one of items) this.items.set(one.id, one);
  }

  put(...items: readonly Item[]): void {
    const added = items.filter((one) => !this.items.has(one.id)).map((one) => one.id);
    const changed = items.filter((one) => this.items.has(one.id)).map((one) => one.id);
    for (const one of items) this.items.set(one.id, one);
    this.tell({ added, changed, removed: [], local: true });
  }

  take(...ids: readonly string[]): void {
    for (const id of ids) this.items.delete(id);
    this.tell({ added: [], changed: [], removed: ids, local: false });
  }

  ordered(): readonly Item[] {
    return [...this.items.values()].sort(compareOrder);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  newId(): string {
    return `1-${this.items.size.toString(36)}`;
  }

  orderAbove(): string {
    return "z";
  }

  orderBelow(): string {
    return "Z";
  }

  edit(): void {
    throw new Error("this document is changed by put and take");
  }

  drop(ids: readonly string[]): void {
    this.take(...ids);
  }

  undo(): void {}

  redo(): void {}

  forgetHistory(): void {}

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
