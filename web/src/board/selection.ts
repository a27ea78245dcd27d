/**
 * What is selected, and what is done to it by buttons and keys: style, order, place, copies. Every
 * deed is one step of undo, and touches only what one may change.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { boundsOf, localBounds, type Sizes } from "./kernel/bounds";
import { apply, meanScale, multiply, scaling, translation } from "./kernel/matrix";
import { centre, meets, union } from "./kernel/rect";
import type { Edit, Item, PageDoc, Patch, Rect } from "./model";
import { keysBetween } from "./order";
import { FORMULA_SIZE, KNOBS } from "./styles";
import { movedPatch, soundMatrix } from "./tools/reshape";
import type { Knob, NoticeCode, Restyle, SharedStyle } from "./view_types";

export interface SelectionPorts {
  /** Null while it may not be written. */
  doc: ReadonlySignal<PageDoc | null>;
  shown: ReadonlySignal<PageDoc | null>;
  sizes: Sizes;
  mayChange(item: Item): boolean;
  tell(code: NoticeCode): void;
}

export class Selection {
  readonly ids = signal<readonly string[]>([]);
  readonly #ports: SelectionPorts;

  constructor(ports: SelectionPorts) {
    this.#ports = ports;
  }

  items(): Item[] {
    const items = this.#ports.shown.value?.items;
    return this.ids.value.flatMap((id) => items?.get(id) ?? []);
  }

  select(ids: readonly string[]): void {
    const items = this.#ports.shown.value?.items;
    this.ids.value = [...new Set(ids)].filter((id) => items?.has(id));
  }

  all(): void {
    const items = this.#ports.doc.value?.ordered() ?? [];
    this.select(items.filter((item) => this.#ports.mayChange(item)).map((item) => item.id));
  }

  /** What was erased by somebody is selected no longer. */
  forget(ids: readonly string[]): void {
    const gone = new Set(ids);
    const left = this.ids.value.filter((id) => !gone.has(id));
    if (left.length !== this.ids.value.length) this.ids.value = left;
  }

  remove(ids: readonly string[] = this.ids.value): void {
    this.#change(ids, (edit, item) => edit.remove(item.id));
  }

  move(dx: number, dy: number, ids: readonly string[] = this.ids.value): void {
    const matrix = translation(dx, dy);
    this.#change(ids, (edit, item) => {
      const patch = movedPatch(item, matrix);
      if (patch) edit.patch(item.id, patch);
    });
  }

  restyle(style: Restyle): void {
    this.#change(this.ids.value, (edit, item) => {
      const patch = stylePatch(item, style, this.#ports.sizes);
      if (Object.keys(patch).length > 0) edit.patch(item.id, patch);
    });
  }

  toFront(): void {
    const doc = this.#ports.doc.value;
    const top = doc?.ordered().findLast((item) => !this.ids.value.includes(item.id));
    if (top) this.#restack(top.z, null);
  }

  toBack(): void {
    const doc = this.#ports.doc.value;
    const bottom = doc?.ordered().find((item) => !this.ids.value.includes(item.id));
    if (bottom) this.#restack(null, bottom.z);
  }

  /** Over the next thing that lies on it. */
  forward(): void {
    this.#step((order) => order);
  }

  /** Under the next thing that it lies on. */
  backward(): void {
    this.#step((order) => [...order].reverse());
  }

  #step(way: (order: readonly Item[]) => readonly Item[]): void {
    const order = this.#ports.doc.value?.ordered() ?? [];
    const mine = this.items();
    if (mine.length === 0) return;
    const box = union(mine.map((item) => boundsOf(item, this.#ports.sizes)));
    const ids = new Set(this.ids.value);
    const along = way(order);
    const last = along.findLastIndex((item) => ids.has(item.id));
    const first = along.findIndex((item) => ids.has(item.id));
    const isOther = (item: Item) =>
      !ids.has(item.id) && meets(boundsOf(item, this.#ports.sizes), box);
    const scattered = last - first + 1 > mine.length;
    const over = along.findIndex((item, n) => n > (scattered ? first : last) && isOther(item));
    const target = along[over];
    if (!target) return;
    const next = along.slice(over + 1).find((item) => !ids.has(item.id));
    const isUp = along === order;
    this.#restack(isUp ? target.z : (next?.z ?? null), isUp ? (next?.z ?? null) : target.z);
  }

  /** Puts the selection between two orders and keeps the order within it. */
  #restack(low: string | null, high: string | null): void {
    const order = this.#ports.doc.value?.ordered() ?? [];
    const ids = new Set(this.ids.value);
    const mine = order.filter((item) => ids.has(item.id) && this.#ports.mayChange(item));
    // Two neighbours with one key leave no room between them.
    const room = low !== null && high !== null && low >= high ? null : high;
    const keys = keysBetween(low, room, mine.length);
    const places = new Map(mine.map((item, n) => [item.id, keys[n]]));
    this.#change(this.ids.value, (edit, item) => {
      const z = places.get(item.id);
      if (z !== undefined) edit.patch(item.id, { z });
    });
  }

  #change(ids: readonly string[], each: (edit: Edit, item: Item) => void): void {
    const doc = this.#ports.doc.value;
    if (!doc || ids.length === 0) return;
    const items = ids.flatMap((id) => doc.items.get(id) ?? []);
    const mine = items.filter((item) => this.#ports.mayChange(item));
    if (mine.length < items.length) this.#ports.tell("item.foreign");
    if (mine.length === 0) return;
    doc.edit((edit) => {
      for (const item of mine) each(edit, item);
    });
  }
}

/** Of a style whatever this kind of item has. */
export function stylePatch(item: Item, style: Restyle, sizes: Sizes): Patch {
  const patch: Patch = {};
  const isInk = item.t === "pen" || item.t === "hl";
  if (style.colour !== undefined && item.t !== "img") patch.c = style.colour;
  if (style.width !== undefined && (isInk || "sw" in item)) patch.w = style.width;
  if (style.opacity !== undefined && isInk) patch.o = style.opacity;
  if (style.dash !== undefined && "ds" in item) patch.ds = style.dash;
  if (style.fill !== undefined && "fill" in item) patch.fill = style.fill;
  if (style.size === undefined) return patch;
  if (item.t === "text" || item.t === "note") patch.fs = style.size;
  // The box grows with the letters, so that lines break where they did.
  if (item.t === "text") patch.bw = Math.min(1e6, Math.ceil((item.w * style.size) / item.fs));
  if (item.t === "tex") {
    const times = style.size / formulaSize(item);
    const at = localBounds(item, sizes);
    const m = soundMatrix(multiply(item.m, scaling(times, times, { x: at.x, y: at.y })));
    if (m) patch.m = m;
  }
  return patch;
}

function formulaSize(item: Extract<Item, { t: "tex" }>): number {
  return item.s * FORMULA_SIZE * (meanScale(item.m) || 1);
}

/** What can be set for at least one of the items, also where they differ in it. */
export function knobsOf(items: readonly Item[]): ReadonlySet<Knob> {
  return new Set(items.flatMap((item) => KNOBS[item.t]));
}

/** What all items agree on. */
export function sharedStyle(items: readonly Item[]): SharedStyle {
  const same = <T>(read: (item: Item) => T | null): T | null => {
    const [first, ...rest] = items.map(read);
    if (first === undefined) return null;
    return rest.every((value) => value === first) ? first : null;
  };
  return {
    colour: same((item) => ("c" in item ? item.c : null)),
    width: same((item) =>
      item.t === "pen" || item.t === "hl" ? item.w : "sw" in item ? item.sw : null,
    ),
    opacity: same((item) => ("o" in item ? item.o : null)),
    dash: same((item) => ("ds" in item ? item.ds : null)),
    fill: same((item) => ("fill" in item ? item.fill : null)),
    size: same((item) =>
      item.t === "tex" ? Math.round(formulaSize(item)) : "fs" in item ? item.fs : null,
    ),
  };
}

/** The smallest box round the items, on the page. */
export function boxOf(items: readonly Item[], sizes: Sizes): Rect | null {
  return items.length === 0 ? null : union(items.map((item) => boundsOf(item, sizes)));
}

/** Where the middle of an item is, on the page. */
export function middleOf(item: Item, sizes: Sizes) {
  return apply(item.m, centre(localBounds(item, sizes)));
}
