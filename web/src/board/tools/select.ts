/**
 * Selecting, by click, frame or lasso, and what is done to the selection by hand: moving, pulling
 * at handles, turning. What is under way lies on the live layer and is written once, at the end.
 */
import type { Signal } from "@preact/signals";
import { isInside, isWithin } from "../kernel/hit";
import { apply, invert, translation } from "../kernel/matrix";
import { holds, normal } from "../kernel/rect";
import { type Frame, type HandleName, handleAt, rotate } from "../kernel/transform";
import { IDENTITY, type Item, type Matrix, type PageDoc, type Patch, type Point } from "../model";
import { showMoved } from "./moving";
import { frameOf, movedPatch, resized } from "./reshape";
import { CLICK_PX, type Desk, distance, REACH_PX, type Tool, type Touch } from "./tool";

const LIVE = "own";

/** How the rest of the view learns of a frame that moves with the pointer. */
export interface Dragged {
  frame: Signal<Frame | null>;
}

interface Choosing {
  is: "frame" | "lasso";
  /** Selected before, and still with Shift held. */
  keeps: readonly string[];
}

interface Shaping {
  is: "move" | "resize" | "turn";
  items: readonly Item[];
  frame: Frame;
  handle: HandleName | null;
  /** Under the press; without a drag it alone is selected. */
  item: Item | null;
}

type Doing = Choosing | Shaping | { is: "click"; item: Item };

interface Drag {
  doc: PageDoc | null;
  doing: Doing;
  from: Touch;
  path: Point[];
  isFar: boolean;
  key: string;
  patches: Map<string, Patch>;
}

export class SelectTool implements Tool {
  readonly #desk: Desk;
  readonly #dragged: Dragged;
  readonly #byLasso: boolean;
  #drag: Drag | null = null;

  constructor(desk: Desk, dragged: Dragged, how: "frame" | "lasso") {
    this.#desk = desk;
    this.#dragged = dragged;
    this.#byLasso = how === "lasso";
  }

  get isBusy(): boolean {
    return this.#drag !== null;
  }

  down(touch: Touch): void {
    const doing = this.#meaning(touch);
    if (!doing) return;
    const doc = this.#desk.doc();
    const key = doc?.newId() ?? LIVE;
    const path = [{ x: touch.x, y: touch.y }];
    this.#drag = { doc, doing, from: touch, path, isFar: false, key, patches: new Map() };
    if (touch.clicks === 2 && doing.is === "move" && doing.items.length === 1) this.#open(doing);
  }

  move(touches: readonly Touch[]): void {
    const drag = this.#drag;
    const touch = touches.at(-1);
    if (!drag || !touch) return;
    for (const { x, y } of touches) drag.path.push({ x, y });
    drag.isFar ||= distance(drag.from, touch) * this.#desk.scale() >= CLICK_PX;
    if (!drag.isFar) return;
    const { doing } = drag;
    if (isChoosing(doing)) this.#outline(drag, touch);
    else if (doing.is !== "click") this.#reshape(drag, doing, touch);
  }

  up(): void {
    const drag = this.#drag;
    if (!drag) return;
    const { doing } = drag;
    if (isChoosing(doing)) this.#take(drag, doing.keeps);
    else if (doing.is === "click" && drag.isFar && !this.#desk.mayChange(doing.item))
      this.#desk.tell("item.foreign");
    else if (doing.is !== "click") this.#write(drag);
    if (doing.is === "move" && doing.item && !drag.isFar)
      this.#desk.selection.value = [doing.item.id];
    this.cancel();
  }

  cancel(): void {
    const drag = this.#drag;
    this.#drag = null;
    if (!drag) return;
    this.#desk.live.set(LIVE, null);
    if (!drag.isFar || isChoosing(drag.doing)) return;
    showMoved(this.#desk, [], new Map(), IDENTITY);
    this.#dragged.frame.value = null;
    this.#desk.hide([]);
    this.#desk.preview(drag.key, null);
  }

  hover(touch: Touch): void {
    const handle = this.#handleAt(touch);
    const name = handle ? cursorOf(handle) : this.#itemAt(touch) ? "move" : "";
    this.#desk.cursor(name);
  }

  leave(): void {
    this.cancel();
    this.#desk.cursor("");
  }

  #open(doing: { items: readonly Item[] }): void {
    const [item] = doing.items;
    if (!item || !this.#desk.mayChange(item)) return;
    if (item.t !== "text" && item.t !== "note" && item.t !== "tex") return;
    this.cancel();
    this.#desk.edit(item.id);
  }

  #selected(): Item[] {
    const items = this.#desk.index()?.doc.items;
    return this.#desk.selection.value.flatMap((id) => items?.get(id) ?? []);
  }

  #mayAll(items: readonly Item[]): boolean {
    return this.#desk.doc() !== null && items.every((item) => this.#desk.mayChange(item));
  }

  #handleAt(at: Point): HandleName | null {
    const items = this.#selected();
    const frame = frameOf(items, this.#desk.sizes);
    if (!frame || !this.#mayAll(items)) return null;
    return handleAt(frame, at, this.#desk.scale(), REACH_PX * 1.5);
  }

  #itemAt(at: Point): Item | null {
    return this.#desk.index()?.at(at, REACH_PX / this.#desk.scale()) ?? null;
  }

  #meaning(touch: Touch): Doing | null {
    const selected = this.#selected();
    const frame = frameOf(selected, this.#desk.sizes);
    const handle = this.#handleAt(touch);
    if (frame && handle)
      return shaping(handle === "rotate" ? "turn" : "resize", selected, frame, handle, null);
    const item = this.#itemAt(touch);
    if (item && !(this.#byLasso && !selected.includes(item))) return this.#press(item, touch);
    const inFrame = frame && selected.length > 1 && isInFrame(frame, touch);
    if (inFrame && !touch.shift && this.#mayAll(selected))
      return shaping("move", selected, frame, null, null);
    const keeps = touch.shift ? this.#desk.selection.value : [];
    if (!touch.shift) this.#desk.selection.value = [];
    return { is: this.#byLasso ? "lasso" : "frame", keeps };
  }

  #press(item: Item, touch: Touch): Doing {
    const { selection } = this.#desk;
    const isIn = selection.value.includes(item.id);
    if (touch.shift) {
      const others = selection.value.filter((id) => id !== item.id);
      selection.value = isIn ? others : [...others, item.id];
      return { is: "click", item };
    }
    if (!isIn) selection.value = [item.id];
    const items = this.#selected();
    const frame = frameOf(items, this.#desk.sizes);
    if (!frame || !this.#mayAll(items)) return { is: "click", item };
    return shaping("move", items, frame, null, item);
  }

  #outline(drag: Drag, touch: Touch): void {
    const { from } = drag;
    if (drag.doing.is === "lasso") {
      this.#desk.live.set(LIVE, { kind: "lasso", points: drag.path });
      return;
    }
    const rect = normal({ x: from.x, y: from.y, w: touch.x - from.x, h: touch.y - from.y });
    this.#desk.live.set(LIVE, { kind: "marquee", rect });
  }

  #take(drag: Drag, keeps: readonly string[]): void {
    const end = drag.path.at(-1);
    const index = this.#desk.index();
    if (!drag.isFar || !end || !index) return;
    const { x, y } = drag.from;
    const rect = normal({ x, y, w: end.x - x, h: end.y - y });
    const found =
      drag.doing.is === "lasso"
        ? [...index.doc.items.values()].filter((item) =>
            isInside(item, drag.path, this.#desk.sizes),
          )
        : index.search(rect).filter((item) => isWithin(item, rect, this.#desk.sizes));
    const mine = found.filter((item) => this.#desk.mayChange(item)).map((item) => item.id);
    this.#desk.selection.value = [...new Set([...keeps, ...mine])];
  }

  #reshape(drag: Drag, doing: Shaping, touch: Touch): void {
    const { items, frame, handle } = doing;
    let matrix: Matrix;
    if (doing.is === "resize" && handle && handle !== "rotate") {
      const pull = { handle, to: touch, keepRatio: touch.shift, fromCentre: touch.alt };
      const next = resized(items, frame, pull);
      matrix = next.matrix;
      drag.patches = next.patches;
    } else {
      matrix =
        doing.is === "turn"
          ? rotate(frame, drag.from, touch, touch.shift)
          : translation(...step(drag.from, touch));
      drag.patches = new Map();
      for (const item of items) {
        const patch = movedPatch(item, matrix);
        if (patch) drag.patches.set(item.id, patch);
      }
    }
    this.#desk.hide(items.map((item) => item.id));
    this.#dragged.frame.value = showMoved(this.#desk, items, drag.patches, matrix);
    const ids = items.map((item) => item.id);
    this.#desk.preview(drag.key, { kind: "move", ids, m: matrix });
  }

  #write(drag: Drag): void {
    const { doc, patches } = drag;
    if (!doc || !drag.isFar || patches.size === 0) return;
    doc.edit((edit) => {
      for (const [id, patch] of patches) {
        const item = doc.items.get(id);
        // Erased, or forbidden, while it was on its way.
        if (item && this.#desk.mayChange(item)) edit.patch(id, patch);
      }
    });
  }
}

function isChoosing(doing: Doing): doing is Choosing {
  return doing.is === "frame" || doing.is === "lasso";
}

function shaping(
  is: Shaping["is"],
  items: readonly Item[],
  frame: Frame,
  handle: HandleName | null,
  item: Item | null,
): Shaping {
  return { is, items, frame, handle, item };
}

/** With Shift along the axes only. */
function step(from: Point, touch: Touch): [number, number] {
  const dx = touch.x - from.x;
  const dy = touch.y - from.y;
  if (!touch.shift) return [dx, dy];
  return Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy];
}

function isInFrame(frame: Frame, at: Point): boolean {
  const back = invert(frame.m);
  return back !== null && holds(frame.rect, apply(back, at));
}

function cursorOf(handle: HandleName): string {
  if (handle === "rotate") return "grab";
  if (handle === "n" || handle === "s") return "ns-resize";
  if (handle === "e" || handle === "w") return "ew-resize";
  return handle === "nw" || handle === "se" ? "nwse-resize" : "nesw-resize";
}
