/**
 * The pages that are open on the link: the one looked at, for writing, and others for thumbnails,
 * exports and a quick way back. What nobody needs stays while there are at most six; the longest
 * unused goes first.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { PageDoc, PageFacts, Pen } from "./model";
import type { BoardWire, PageChannel } from "./view_ports";
import type { PageState } from "./view_types";

/** The server keeps 8 open to write for one connection, of which two are the ink's over a shared
 * screen; of what is only looked at it allows 40. */
export const MOST_OPEN = 6;

/** One page document that is open, in one or both ways. */
class Leaf {
  readonly look = signal<PageChannel | null>(null);
  readonly write = signal<PageChannel | null>(null);
  readonly doc = computed(() => this.write.value?.doc.value ?? this.look.value?.doc.value ?? null);
  /** Who needs it to stay open. */
  holds = 0;
  readonly docId: string;
  readonly #stop: () => void;

  constructor(docId: string) {
    this.docId = docId;
    // The page stays in sight until it has come once more, this time for writing.
    this.#stop = effect(() => {
      if (!this.write.value?.doc.value) return;
      this.look.peek()?.close();
      this.look.value = null;
    });
  }

  get channels(): number {
    return (this.look.peek() ? 1 : 0) + (this.write.peek() ? 1 : 0);
  }

  close(): void {
    this.#stop();
    this.look.peek()?.close();
    this.write.peek()?.close();
  }
}

export interface ShelfPorts {
  link: Pick<BoardWire, "openPage">;
  boardId: ReadonlySignal<string>;
  pages: ReadonlySignal<readonly PageFacts[]>;
  pageId: ReadonlySignal<string>;
}

export class Shelf {
  readonly #ports: ShelfPorts;
  /** By page; the longest unused first. */
  readonly #leaves = new Map<string, Leaf>();
  readonly #current: Signal<Leaf | null> = signal(null);
  readonly #stop: () => void;
  readonly facts: ReadonlySignal<PageFacts | null>;
  readonly channel: ReadonlySignal<PageChannel | null>;
  readonly doc: ReadonlySignal<PageDoc | null>;
  /** The same, but only while it may be written at all. */
  readonly writable: ReadonlySignal<PageDoc | null>;
  readonly pen: ReadonlySignal<Pen>;
  readonly state: ReadonlySignal<PageState>;
  readonly refusal: ReadonlySignal<string | null>;
  /** performance.now() when the page looked at was asked for. */
  openedAt: number | null = null;

  constructor(ports: ShelfPorts) {
    this.#ports = ports;
    this.facts = computed(() => this.#factsOf(ports.pageId.value));
    this.channel = computed(() => this.#current.value?.write.value ?? null);
    this.doc = computed(() => this.#current.value?.doc.value ?? null);
    this.pen = computed(() => this.channel.value?.pen.value ?? "none");
    this.writable = computed(() =>
      this.pen.value === "none" ? null : (this.channel.value?.doc.value ?? null),
    );
    this.state = computed(() => this.channel.value?.state.value ?? "opening");
    this.refusal = computed(() => this.channel.value?.refusal.value ?? null);
    this.#stop = effect(() => this.#follow());
  }

  /** Keeps a page open; its document comes with the signal. */
  hold(
    pageId: string,
    mode: "look" | "write" = "look",
  ): { doc: ReadonlySignal<PageDoc | null>; release: () => void } {
    const doc = signal<PageDoc | null>(null);
    let held: Leaf | null = null;
    // A cleared page has a new document; whoever looks at it follows.
    const stop = effect(() => {
      const docId = this.#docIdOf(pageId);
      if (held?.docId !== docId) {
        if (held) held.holds -= 1;
        held = docId === null ? null : this.#leaf(pageId, docId);
        if (held) held.holds += 1;
      }
      if (held && mode === "write") held.write.value ??= this.#open(held, mode);
      else if (held && held.channels === 0) held.look.value = this.#open(held, mode);
      doc.value = (mode === "write" ? held?.write.value?.doc.value : held?.doc.value) ?? null;
    });
    const release = () => {
      stop();
      if (held) held.holds -= 1;
      held = null;
      this.#trim();
    };
    return { doc, release };
  }

  destroy(): void {
    this.#stop();
    for (const leaf of this.#leaves.values()) leaf.close();
    this.#leaves.clear();
  }

  #factsOf(pageId: string): PageFacts | null {
    return this.#ports.pages.value.find((page) => page.id === pageId) ?? null;
  }

  #docIdOf(pageId: string): string | null {
    const facts = this.#factsOf(pageId);
    const boardId = this.#ports.boardId.value;
    return facts && boardId !== "" ? `${boardId}/${facts.id}/${facts.epoch}` : null;
  }

  #follow(): void {
    const pageId = this.#ports.pageId.value;
    const docId = this.#docIdOf(pageId);
    for (const [id, leaf] of [...this.#leaves]) {
      if (this.#docIdOf(id) === leaf.docId) continue;
      leaf.close();
      this.#leaves.delete(id);
    }
    if (docId === null) {
      this.#current.value = null;
      return;
    }
    const leaf = this.#leaf(pageId, docId);
    if (!leaf.write.peek()) {
      this.openedAt = performance.now();
      leaf.write.value = this.#open(leaf, "write");
    }
    this.#current.value = leaf;
    this.#trim();
  }

  /** The page's leaf, as the one used last. */
  #leaf(pageId: string, docId: string): Leaf {
    const old = this.#leaves.get(pageId);
    this.#leaves.delete(pageId);
    if (old && old.docId !== docId) old.close();
    const leaf = old?.docId === docId ? old : new Leaf(docId);
    this.#leaves.set(pageId, leaf);
    return leaf;
  }

  #open(leaf: Leaf, mode: "look" | "write"): PageChannel {
    this.#trim(1);
    return this.#ports.link.openPage(leaf.docId, { mode });
  }

  /** Closes what nobody needs until `more` channels would fit. */
  #trim(more = 0): void {
    let open = more;
    for (const leaf of this.#leaves.values()) open += leaf.channels;
    for (const [pageId, leaf] of [...this.#leaves]) {
      if (open <= MOST_OPEN) return;
      if (leaf.holds > 0 || leaf === this.#current.peek()) continue;
      open -= leaf.channels;
      leaf.close();
      this.#leaves.delete(pageId);
    }
  }
}
