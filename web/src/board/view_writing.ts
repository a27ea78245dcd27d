/**
 * Writing into the page: which item the editor is open on, where it lies on the screen, and how
 * its words come onto the page. Two people may write in one text; what both wrote stays.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { localBounds, type Sizes } from "./kernel/bounds";
import { multiply } from "./kernel/matrix";
import { fontOf, layoutWords, notePadding, type TextItem } from "./kernel/words";
import { textChange } from "./merge";
import { type Camera, type Draft, IDENTITY, type Item, type Matrix, type PageDoc } from "./model";
import { FORMULA_SIZE, NOTE_INK } from "./styles";
import type { NewWriting } from "./tools/tool";
import type { Editing, EditorFrame, NoticeCode, ToolName, ToolStyle } from "./view_types";

const MOST_WORDS = 5_000;
const MOST_SOURCE = 2_000;
/** Board units; a text without a drawn box is as wide as its words, up to this. */
const TEXT_WIDTH = 480;
const NOTE = { w: 200, h: 150 } as const;

type Writable = Extract<Item, { t: "text" | "note" | "tex" }>;

export interface WritingPorts {
  doc: ReadonlySignal<PageDoc | null>;
  camera: ReadonlySignal<Camera>;
  sizes: Sizes;
  style(tool: ToolName): ToolStyle;
  /** Of words in a font, as on the canvas; null without one. */
  measure(font: string, words: string): number | null;
  preview(id: string, draft: Draft | null, text: string): void;
  /** The item is drawn by the editor meanwhile. */
  hide(ids: readonly string[]): void;
  tell(code: NoticeCode): void;
  written(id: string): void;
}

export class Writing {
  readonly editing = signal<Editing | null>(null);
  readonly frame: ReadonlySignal<EditorFrame | null>;
  readonly #ports: WritingPorts;
  readonly #item = signal<Writable | null>(null);
  readonly #words = signal("");
  /** The page that is written on; another one may be looked at by the time the words are done. */
  #doc: PageDoc | null = null;
  #isFree = false;

  constructor(ports: WritingPorts) {
    this.#ports = ports;
    this.frame = computed(() => this.#framed());
  }

  /** An editor on something new. */
  begin({ kind, at, box }: NewWriting): void {
    const doc = this.#ports.doc.value;
    if (!doc) return;
    const style = this.#ports.style(kind);
    const size = box ?? sizeFor(kind);
    const middle = kind === "note" ? size.w / 2 : 0;
    const x = box?.x ?? at.x - middle;
    const y = box?.y ?? at.y - (kind === "note" ? size.h / 2 : style.size * 0.65);
    const draft: Draft =
      kind === "tex"
        ? { t: "tex", x, y, s: style.size / FORMULA_SIZE, c: style.colour, src: "" }
        : { t: kind, x, y, w: size.w, h: size.h, c: style.colour, fs: style.size };
    this.#isFree = kind === "text" && !box;
    const item = { ...draft, id: doc.newId(), by: "", at: 0, z: "", m: IDENTITY, text: "" };
    this.#open(item as Writable, true);
  }

  edit(id: string): void {
    const item = this.#ports.doc.value?.items.get(id);
    if (!item || !isWritable(item)) return;
    const isFree = item.t === "text" && this.#isAsWideAsItsWords(item);
    this.#isFree = isFree;
    this.#open(isFree ? { ...item, w: Math.max(TEXT_WIDTH, item.w) } : item, false);
    this.#ports.hide([id]);
  }

  typing(words: string): void {
    const item = this.#item.value;
    if (!item) return;
    this.#words.value = words;
    const draft: Writable = item.t === "tex" ? { ...item, src: words.slice(0, MOST_SOURCE) } : item;
    this.#ports.preview(item.id, draft as unknown as Draft, words.slice(0, MOST_WORDS));
  }

  commitText(id: string, words: string): void {
    const item = this.#item.value;
    if (!item || item.id !== id || item.t === "tex") return;
    if (words.length > MOST_WORDS) {
      this.#ports.tell("text.long");
      return;
    }
    const { editing } = this;
    const base = editing.value?.words ?? "";
    const isNew = editing.value?.isNew ?? true;
    const doc = this.#close();
    if (!doc) return;
    const there = doc.items.get(id);
    if (words.trim() === "") {
      if (there && !isNew && item.t === "text") doc.edit((edit) => edit.remove(id));
      else if (there) doc.edit((edit) => edit.setText(id, ""));
      return;
    }
    if (there) this.#rewrite(doc, item, bothWrote(base, words, there.text));
    else {
      const draft = this.#fitted(item, words);
      doc.edit((edit) => {
        edit.insert(draft, { id, text: words });
        if (item.m !== IDENTITY) edit.patch(id, { m: item.m });
      });
    }
    this.#told(doc, id);
  }

  commitFormula(id: string, source: string): void {
    const item = this.#item.value;
    if (!item || item.id !== id || item.t !== "tex") return;
    const src = source.trim();
    if (src.length > MOST_SOURCE) {
      this.#ports.tell("formula.long");
      return;
    }
    const doc = this.#close();
    const there = doc?.items.get(id);
    if (!doc) return;
    if (src === "") {
      if (there) doc.edit((edit) => edit.remove(id));
      return;
    }
    const { x, y, s, c } = item;
    doc.edit((edit) => {
      if (there) edit.patch(id, { src });
      else edit.insert({ t: "tex", x, y, s, c, src }, { id });
      if (!there && item.m !== IDENTITY) edit.patch(id, { m: item.m });
    });
    this.#told(doc, id);
  }

  /** Commits what stands in the editor. */
  leave(): void {
    const now = this.editing.peek();
    if (!now) return;
    const words = this.#words.peek();
    if (now.kind === "tex") this.commitFormula(now.id, words.slice(0, MOST_SOURCE));
    else this.commitText(now.id, words.slice(0, MOST_WORDS));
  }

  cancel(): void {
    if (this.#item.value) this.#close();
  }

  /** Somebody erased what is being written: it becomes a new item of ours. */
  forget(ids: readonly string[]): void {
    const now = this.editing.value;
    const item = this.#item.value;
    const doc = this.#doc;
    if (!now || now.isNew || !item || !doc || !ids.includes(now.id)) return;
    const id = doc.newId();
    this.#item.value = { ...item, id };
    this.editing.value = { ...now, id, isNew: true };
    this.#ports.preview(now.id, null, "");
    this.#ports.hide([]);
  }

  #open(item: Writable, isNew: boolean): void {
    this.cancel();
    const words = item.t === "tex" ? item.src : item.text;
    this.#doc = this.#ports.doc.value;
    this.#item.value = item;
    this.#words.value = words;
    this.editing.value = { id: item.id, kind: item.t, isNew, words };
  }

  /** The page the words belong to. */
  #close(): PageDoc | null {
    const doc = this.#doc;
    this.#doc = null;
    const id = this.#item.value?.id;
    this.#item.value = null;
    this.editing.value = null;
    if (id !== undefined) this.#ports.preview(id, null, "");
    this.#ports.hide([]);
    return doc;
  }

  #told(doc: PageDoc, id: string): void {
    if (doc === this.#ports.doc.value) this.#ports.written(id);
  }

  #framed(): EditorFrame | null {
    const item = this.#item.value;
    if (!item) return null;
    const { x, y, scale } = this.#ports.camera.value;
    const view: Matrix = [scale, 0, 0, scale, -x * scale, -y * scale];
    const shown = item.t === "tex" ? { ...item, src: this.#words.value } : item;
    const box = localBounds(shown, this.#ports.sizes);
    const [w, h] = item.t === "tex" ? [box.w, box.h] : [item.w, item.h];
    const matrix = multiply(multiply(view, item.m), [1, 0, 0, 1, box.x, box.y]);
    const size = item.t === "tex" ? item.s * FORMULA_SIZE : item.fs;
    const isNote = item.t === "note";
    const colour = isNote ? NOTE_INK : item.c;
    return { kind: item.t, matrix, w, h, size, colour, paper: isNote ? item.c : "" };
  }

  /** Other words in an item that is there already; a text as wide as its words grows with them. */
  #rewrite(doc: PageDoc, item: TextItem, text: string): void {
    const size = this.#isFree ? this.#sizeOf(item, text) : null;
    const now = doc.items.get(item.id);
    const isOther = size && now?.t === "text" && (now.w !== size.w || now.h !== size.h);
    doc.edit((edit) => {
      edit.setText(item.id, text);
      if (size && isOther) edit.patch(item.id, { bw: size.w, bh: size.h });
    });
  }

  /** The draft in the size its words need. */
  #fitted(item: TextItem, text: string): Draft {
    const { t, x, y, c, fs } = item;
    const { w, h } = this.#sizeOf(item, text);
    return {
      t,
      x,
      y,
      w: this.#isFree ? w : item.w,
      h: Math.max(t === "note" ? item.h : 0, h),
      c,
      fs,
    };
  }

  #sizeOf(item: TextItem, text: string): { w: number; h: number } {
    const { t, fs } = item;
    const font = fontOf(item);
    const measure = (words: string) => this.#ports.measure(font, words) ?? words.length * fs * 0.54;
    const layout = layoutWords({ ...item, h: 0, text }, measure);
    const widest = Math.max(...layout.lines.map(measure), fs);
    const padding = t === "note" ? notePadding(fs) : 0;
    // A hair more than measured, so that another device's font does not break the line.
    const w = Math.min(item.w, Math.ceil(widest * 1.02 + 2 * padding + 2));
    return { w, h: Math.ceil(layout.height) };
  }

  /** Nobody gave it a box: its words alone made it as wide as it is, here or on another device. */
  #isAsWideAsItsWords(item: TextItem): boolean {
    const free = this.#sizeOf({ ...item, w: Math.max(TEXT_WIDTH, item.w) }, item.text).w;
    return Math.abs(free - item.w) <= Math.max(2, item.w * 0.04);
  }
}

/** Our change of `base` made to what became of it meanwhile. */
export function bothWrote(base: string, ours: string, theirs: string): string {
  const mine = textChange(base, ours);
  if (!mine) return theirs;
  const other = textChange(base, theirs);
  if (!other) return ours;
  const end = mine.at + mine.removed;
  const otherEnd = other.at + other.removed;
  const grown = other.inserted.length - other.removed;
  // Theirs lies after ours, before it, or across it; then ours goes behind theirs.
  const from = other.at >= end ? mine.at : Math.max(mine.at, otherEnd) + grown;
  const removed = other.at >= end ? mine.removed : Math.max(0, end - Math.max(mine.at, otherEnd));
  return theirs.slice(0, from) + mine.inserted + theirs.slice(from + removed);
}

function isWritable(item: Item): item is Writable {
  return item.t === "text" || item.t === "note" || item.t === "tex";
}

function sizeFor(kind: string) {
  return kind === "note" ? NOTE : { w: TEXT_WIDTH, h: 0 };
}
