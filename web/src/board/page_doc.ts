/**
 * One page's document on Yjs: the roots `el`, `tf` and `tx` as a map of items that follows every
 * change, edits as transactions, undo of one's own steps. It knows no socket; updates go in and out.
 */
import * as Y from "yjs";
import { mergeItem, mergePatches, noPatch, samePatch, textChange } from "./merge";
import type { Change, Draft, Edit, Element, Item, PageDoc, Patch } from "./model";
import { compareOrder, keyBetween } from "./order";
import { assertPatch, readElement, readPatch, tidyDraft, tidyText } from "./schema";

/** Origin of our own transactions; those of the undo manager are ours as well. */
const ME = "me";
const REMOTE = "remote";
/** Of ours too, but nothing that is taken back. */
const PASSING = "passing";
/** Steps that can be taken back; older ones stay as they are. */
const UNDO_STEPS = 500;

type UpdateListener = (update: Uint8Array) => void;

/** Invariant: `items` is what the document says, whenever a listener is called. */
export class YPage implements PageDoc {
  readonly docId: string;
  readonly author: string;
  readonly clientId: number;
  readonly ydoc = new Y.Doc();
  readonly #items = new Map<string, Item>();
  readonly #elements: Y.Map<Element>;
  readonly #patches: Y.Map<Patch>;
  readonly #texts: Y.Map<Y.Text>;
  readonly #history: Y.UndoManager;
  readonly #changeListeners = new Set<(change: Change) => void>();
  readonly #updateListeners = new Set<UpdateListener>();
  readonly #clashListeners = new Set<() => void>();
  #sorted: Item[] = [];
  #unsorted = new Set<string>();
  #editTop: string | null = null;
  #count = 0;

  constructor(docId: string, { author, clientId }: { author: string; clientId: number }) {
    this.docId = docId;
    this.author = author;
    this.clientId = clientId;
    this.ydoc.clientID = clientId;
    this.#elements = this.ydoc.getMap("el");
    this.#patches = this.ydoc.getMap("tf");
    this.#texts = this.ydoc.getMap("tx");
    this.#history = new Y.UndoManager([this.#elements, this.#patches, this.#texts], {
      trackedOrigins: new Set([ME]),
      captureTimeout: 0,
    });
    this.#history.on("stack-item-added", () => {
      const stack = this.#history.undoStack;
      if (stack.length > UNDO_STEPS) stack.shift();
    });
    this.ydoc.on("afterTransaction", (transaction) => this.#follow(transaction));
    this.ydoc.on("afterTransactionCleanup", () => this.#watchClientId());
  }

  get items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  get mayUndo(): boolean {
    return this.#history.canUndo();
  }

  get mayRedo(): boolean {
    return this.#history.canRedo();
  }

  /** Takes in what the server sent. Throws on bytes that are no update. */
  apply(update: Uint8Array): void {
    Y.applyUpdate(this.ydoc, update, REMOTE);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.ydoc);
  }

  onChange(listener: (change: Change) => void): () => void {
    return subscribe(this.#changeListeners, listener);
  }

  /** Every update made here, of an edit, an undo or a redo. */
  onUpdate(listener: UpdateListener): () => void {
    return subscribe(this.#updateListeners, listener);
  }

  /** Somebody uses our client id: what is written from now on would be refused. */
  onClash(listener: () => void): () => void {
    return subscribe(this.#clashListeners, listener);
  }

  newId(): string {
    this.#count += 1;
    return `${this.clientId.toString(36)}-${this.#count.toString(36)}`;
  }

  ordered(): readonly Item[] {
    if (this.#unsorted.size > 0) this.#sort();
    return this.#sorted;
  }

  orderAbove(): string {
    return keyBetween(this.#editTop ?? this.ordered().at(-1)?.z ?? null, null);
  }

  orderBelow(): string {
    const lowest = this.ordered()[0]?.z ?? null;
    return lowest === null ? this.orderAbove() : keyBetween(null, lowest);
  }

  /** One transaction of any size; the wire splits what is too large for one message. */
  edit(step: (edit: Edit) => void): void {
    this.#editTop = this.ordered().at(-1)?.z ?? null;
    try {
      this.#here(() => this.ydoc.transact(() => step(this.#edit()), ME));
    } finally {
      this.#editTop = null;
    }
  }

  /** When nothing of ours is left, there is nothing to take back either. */
  drop(ids: readonly string[]): void {
    const edit = this.#edit();
    this.#here(() =>
      this.ydoc.transact(() => {
        for (const id of ids) edit.remove(id);
      }, PASSING),
    );
    const isOurs = (item: Item) => item.by === this.author;
    if (![...this.#items.values()].some(isOurs)) this.forgetHistory();
  }

  undo(): void {
    this.#here(() => this.#history.undo());
  }

  redo(): void {
    this.#here(() => this.#history.redo());
  }

  /**
   * Work of ours, whose updates are told. Nobody listens otherwise: Yjs writes every update out for
   * its listeners, and for a page of 10,000 strokes that comes in, it is an eighth of the opening.
   */
  #here(work: () => void): void {
    const tell = (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return;
      for (const listener of this.#updateListeners) listener(update);
    };
    this.ydoc.on("update", tell);
    try {
      work();
    } finally {
      this.ydoc.off("update", tell);
    }
  }

  forgetHistory(): void {
    this.#history.clear();
  }

  destroy(): void {
    this.#changeListeners.clear();
    this.#updateListeners.clear();
    this.#clashListeners.clear();
    this.#history.destroy();
    this.ydoc.destroy();
  }

  #edit(): Edit {
    return {
      insert: (draft, options) => this.#insert(draft, options ?? {}),
      patch: (id, patch) => this.#patch(id, patch),
      setText: (id, text) => this.#setText(id, text),
      remove: (id) => {
        for (const root of [this.#elements, this.#patches, this.#texts]) {
          if (root.has(id)) root.delete(id);
        }
      },
    };
  }

  #insert(draft: Draft, options: { id?: string; text?: string; z?: string }): string {
    const id = options.id ?? this.newId();
    const z = options.z ?? this.orderAbove();
    if (this.#editTop === null || z > this.#editTop) this.#editTop = z;
    const element = { ...tidyDraft(draft), by: this.author, at: Date.now(), z } as Element;
    this.#elements.set(id, element);
    if (draft.t === "text" || draft.t === "note") {
      this.#texts.set(id, new Y.Text(tidyText(options.text ?? "")));
    }
    return id;
  }

  #patch(id: string, patch: Patch): void {
    const old = this.#patches.get(id) ?? noPatch();
    const merged = mergePatches(old, patch);
    assertPatch(merged);
    if (Object.keys(merged).length > 0 && !samePatch(old, merged)) this.#patches.set(id, merged);
  }

  #setText(id: string, text: string): void {
    const tidy = tidyText(text);
    const words = this.#texts.get(id);
    if (!(words instanceof Y.Text)) {
      this.#texts.set(id, new Y.Text(tidy));
      return;
    }
    const change = textChange(words.toString(), tidy);
    if (!change) return;
    if (change.removed > 0) words.delete(change.at, change.removed);
    if (change.inserted) words.insert(change.at, change.inserted);
  }

  #follow(transaction: Y.Transaction): void {
    const touched = this.#touched(transaction);
    if (touched.size === 0) return;
    const change = { added: [] as string[], changed: [] as string[], removed: [] as string[] };
    for (const id of touched) {
      const item = this.#read(id);
      const wasThere = this.#items.has(id);
      if (item) this.#items.set(id, item);
      else if (wasThere) this.#items.delete(id);
      else continue;
      this.#unsorted.add(id);
      change[item ? (wasThere ? "changed" : "added") : "removed"].push(id);
    }
    if (change.added.length + change.changed.length + change.removed.length === 0) return;
    const told: Change = { ...change, local: transaction.origin !== REMOTE };
    for (const listener of this.#changeListeners) listener(told);
  }

  #touched(transaction: Y.Transaction): Set<string> {
    const touched = new Set<string>();
    for (const [type, keys] of transaction.changed) {
      if (type.parent === (this.#texts as unknown)) {
        if (type._item?.parentSub) touched.add(type._item.parentSub);
      } else if (type.parent === null) {
        for (const key of keys) if (key !== null) touched.add(key);
      }
    }
    return touched;
  }

  #read(id: string): Item | null {
    const element = readElement(this.#elements.get(id));
    if (!element) return null;
    const patch = this.#patches.has(id) ? readPatch(this.#patches.get(id)) : noPatch();
    const words = element.t === "text" || element.t === "note" ? this.#texts.get(id) : undefined;
    return mergeItem(id, element, patch, words instanceof Y.Text ? words.toString() : "");
  }

  #sort(): void {
    const fresh: Item[] = [];
    for (const id of this.#unsorted) {
      const item = this.#items.get(id);
      if (item) fresh.push(item);
    }
    fresh.sort(compareOrder);
    const kept = this.#sorted.filter((item) => !this.#unsorted.has(item.id));
    this.#sorted = mergeSorted(kept, fresh);
    this.#unsorted = new Set();
  }

  #watchClientId(): void {
    if (this.ydoc.clientID === this.clientId) return;
    for (const listener of this.#clashListeners) listener();
  }
}

/** Client ids are drawn anew for each document and each reopening after a refusal. */
export function newClientId(): number {
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  return drawn === 0 ? 1 : drawn;
}

function mergeSorted(low: Item[], high: Item[]): Item[] {
  const first = high[0];
  const last = low.at(-1);
  if (!first || !last) return low.length > 0 ? low : high;
  if (compareOrder(last, first) <= 0) return low.concat(high);
  const merged: Item[] = [];
  let next = 0;
  for (const item of low) {
    for (let other = high[next]; other && compareOrder(other, item) < 0; other = high[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(item);
  }
  return merged.concat(high.slice(next));
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
