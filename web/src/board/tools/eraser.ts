/**
 * The eraser. One drag is one step of undo: meanwhile what is gone is only hidden. In parts it cuts
 * ink and leaves the rest; everything else it takes whole. It touches only what one may change.
 */
import { type EraserPath, eraseInk, isTouched } from "../kernel/erase";
import { isIdentity } from "../kernel/matrix";
import type { Draft, Edit, InkElement, InkPoint, Item, PageDoc, Point, Rect } from "../model";
import { PACKED_BYTES, pack, splitLong, unpack } from "../points";
import type { Desk, Tool, Touch } from "./tool";

const LIVE = "own";

type InkItem = Extract<Item, InkElement>;

interface Cut {
  item: Item;
  /** What is left of the ink; none when the item goes whole. */
  left: InkItem[];
}

interface Sweep {
  doc: PageDoc;
  last: Point;
  radius: number;
  inParts: boolean;
  cuts: Map<string, Cut>;
  /** Keys on the live layer. */
  shown: Set<string>;
  sawForeign: boolean;
}

export class EraserTool implements Tool {
  readonly #desk: Desk;
  #sweep: Sweep | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isBusy(): boolean {
    return this.#sweep !== null;
  }

  down(touch: Touch): void {
    const doc = this.#desk.doc();
    if (!doc) return;
    const { width, eraser } = this.#desk.style("eraser");
    this.#sweep = {
      doc,
      last: { x: touch.x, y: touch.y },
      radius: width / 2 / this.#desk.scale(),
      inParts: eraser === "part",
      cuts: new Map(),
      shown: new Set(),
      sawForeign: false,
    };
    this.move([touch]);
  }

  move(touches: readonly Touch[]): void {
    const sweep = this.#sweep;
    if (!sweep) return;
    let isChanged = false;
    for (const touch of touches) {
      const to = { x: touch.x, y: touch.y };
      if (this.#wipe(sweep, { from: sweep.last, to, radius: sweep.radius })) isChanged = true;
      sweep.last = to;
    }
    this.#desk.live.set(`${LIVE}.eraser`, {
      kind: "eraser",
      at: sweep.last,
      radius: sweep.radius,
    });
    if (isChanged) this.#show(sweep);
  }

  up(): void {
    const sweep = this.#sweep;
    if (!sweep) return;
    this.#sweep = null;
    if (sweep.cuts.size > 0)
      sweep.doc.edit((edit) => write(edit, sweep, (item) => this.#desk.mayChange(item)));
    else if (sweep.sawForeign) this.#desk.tell("item.foreign");
    this.#clear(sweep);
  }

  cancel(): void {
    const sweep = this.#sweep;
    this.#sweep = null;
    if (sweep) this.#clear(sweep);
  }

  /** True when something more is gone. */
  #wipe(sweep: Sweep, path: EraserPath): boolean {
    let isChanged = false;
    for (const [id, cut] of sweep.cuts) {
      const left = cut.left.flatMap((piece) => piecesOf(piece, path) ?? [piece]);
      if (left.length === cut.left.length && left.every((piece, n) => piece === cut.left[n]))
        continue;
      sweep.cuts.set(id, { item: cut.item, left });
      isChanged = true;
    }
    for (const item of this.#desk.index()?.search(reachOf(path)) ?? []) {
      if (sweep.cuts.has(item.id)) continue;
      const left = this.#leftOf(sweep, item, path);
      if (!left) continue;
      if (!this.#desk.mayChange(item)) {
        sweep.sawForeign = true;
        continue;
      }
      sweep.cuts.set(item.id, { item, left });
      isChanged = true;
    }
    return isChanged;
  }

  #leftOf(sweep: Sweep, item: Item, path: EraserPath): InkItem[] | null {
    if (sweep.inParts && isInk(item)) return piecesOf(item, path);
    return isTouched(item, path, this.#desk.sizes) ? [] : null;
  }

  #show(sweep: Sweep): void {
    this.#desk.hide(sweep.cuts.keys());
    const keys = new Set<string>();
    for (const [id, { left }] of sweep.cuts) {
      for (const [n, piece] of left.entries()) {
        const key = `${LIVE}.left.${id}.${n}`;
        keys.add(key);
        this.#desk.live.set(key, { kind: "draft", draft: draftOf(piece), m: piece.m });
      }
    }
    for (const key of sweep.shown) if (!keys.has(key)) this.#desk.live.set(key, null);
    sweep.shown = keys;
  }

  #clear(sweep: Sweep): void {
    for (const key of sweep.shown) this.#desk.live.set(key, null);
    this.#desk.live.set(`${LIVE}.eraser`, null);
    this.#desk.hide([]);
  }
}

function write(edit: Edit, { doc, cuts }: Sweep, may: (item: Item) => boolean): void {
  for (const { item, left } of cuts.values()) {
    // Somebody else may have erased it meanwhile; then nothing of it comes back.
    if (!doc.items.has(item.id) || !may(item)) continue;
    edit.remove(item.id);
    for (const piece of left.flatMap(fitting)) {
      const id = edit.insert(draftOf(piece), { z: item.z });
      if (!isIdentity(item.m)) edit.patch(id, { m: item.m });
    }
  }
}

/** The ends of a cut are points more, which may be too many for one item. */
function fitting(piece: InkItem): InkItem[] {
  if (piece.d.length <= PACKED_BYTES) return [piece];
  return splitLong(unpack(piece.d)).map((points) => ({ ...piece, d: pack(points) }));
}

function isInk(item: Item): item is InkItem {
  return item.t === "pen" || item.t === "hl";
}

function piecesOf(item: InkItem, path: EraserPath): InkItem[] | null {
  const left: InkPoint[][] | null = eraseInk(item, path);
  return left?.map((points) => ({ ...item, d: pack(points) })) ?? null;
}

function draftOf({ t, c, w, o, s, d }: InkItem): Draft {
  return { t, c, w, o, s, d };
}

function reachOf({ from, to, radius }: EraserPath): Rect {
  return {
    x: Math.min(from.x, to.x) - radius,
    y: Math.min(from.y, to.y) - radius,
    w: Math.abs(to.x - from.x) + 2 * radius,
    h: Math.abs(to.y - from.y) + 2 * radius,
  };
}
