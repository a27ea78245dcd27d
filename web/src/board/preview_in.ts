/**
 * What we see of others while they draw. A preview goes when its item has arrived, when its author
 * has left, a moment after its end, or when nothing was heard of it for long.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ToClient } from "./frames";
import type { PageDoc, Point, Preview } from "./model";
import { PreviewReader, readLaser } from "./preview";

type PreviewListener = (peer: number, key: string, preview: Preview | null) => void;
type CursorListener = (peer: number, at: Point | null) => void;
type LaserListener = (peer: number, points: Point[]) => void;
type Ephemeral = Extract<ToClient, { type: "live" | "cursor" | "laser" }>;

interface Drawn {
  peer: number;
  key: string;
  reader: PreviewReader;
  isMove: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** The item comes with the next message or the one after it. */
const AFTER_END_MS = 1_000;
const SILENCE_MS = 20_000;
/** Of all peers together; beyond it new ones are not shown. */
const MOST_DRAWN = 2_000;

export class PresenceIn {
  readonly #doc: ReadonlySignal<PageDoc | null>;
  readonly #drawn = new Map<string, Drawn>();
  readonly #cursors = new Set<number>();
  readonly #previewListeners = new Set<PreviewListener>();
  readonly #cursorListeners = new Set<CursorListener>();
  readonly #laserListeners = new Set<LaserListener>();

  constructor(doc: ReadonlySignal<PageDoc | null>) {
    this.#doc = doc;
  }

  onPreview(listener: PreviewListener): () => void {
    return subscribe(this.#previewListeners, listener);
  }

  onCursor(listener: CursorListener): () => void {
    return subscribe(this.#cursorListeners, listener);
  }

  onLaser(listener: LaserListener): () => void {
    return subscribe(this.#laserListeners, listener);
  }

  receive(frame: Ephemeral): void {
    if (frame.type === "live") this.#live(frame);
    else if (frame.type === "cursor") this.#cursor(frame.peer, frame.isHidden ? null : frame);
    else {
      const points = readLaser(frame.payload);
      for (const listener of this.#laserListeners) listener(frame.peer, points);
    }
  }

  /** Items that are there now need no preview. */
  arrived(ids: readonly string[]): void {
    if (this.#drawn.size === 0) return;
    const there = new Set(ids);
    for (const drawn of [...this.#drawn.values()]) {
      if (!drawn.isMove && there.has(drawn.key)) this.#end(drawn);
    }
  }

  /** Those who are not among these have left. */
  keep(peers: ReadonlySet<number>): void {
    for (const drawn of [...this.#drawn.values()]) if (!peers.has(drawn.peer)) this.#end(drawn);
    for (const peer of [...this.#cursors]) if (!peers.has(peer)) this.#cursor(peer, null);
  }

  /** Nobody is seen until they are heard again. */
  clear(): void {
    this.keep(new Set());
  }

  /** Nobody listens any more. */
  forget(): void {
    this.#previewListeners.clear();
    this.#cursorListeners.clear();
    this.#laserListeners.clear();
    this.clear();
  }

  #live({ peer, key, isEnd, payload }: Extract<Ephemeral, { type: "live" }>): void {
    const name = `${peer} ${key}`;
    const known = this.#drawn.get(name);
    if (isEnd) {
      if (known) this.#ended(known);
      return;
    }
    if (!known && this.#drawn.size >= MOST_DRAWN) return;
    const reader = known?.reader ?? new PreviewReader();
    const preview = reader.read(payload);
    if (!preview) return;
    const isMove = preview.kind === "move";
    if (!isMove && this.#doc.peek()?.items.has(key)) return;
    clearTimeout(known?.timer);
    const drawn: Drawn = {
      ...{ peer, key, reader, isMove },
      timer: setTimeout(() => this.#end(drawn), SILENCE_MS),
    };
    this.#drawn.set(name, drawn);
    for (const listener of this.#previewListeners) listener(peer, key, preview);
  }

  #ended(drawn: Drawn): void {
    clearTimeout(drawn.timer);
    if (drawn.isMove) this.#end(drawn);
    else drawn.timer = setTimeout(() => this.#end(drawn), AFTER_END_MS);
  }

  #end(drawn: Drawn): void {
    clearTimeout(drawn.timer);
    this.#drawn.delete(`${drawn.peer} ${drawn.key}`);
    for (const listener of this.#previewListeners) listener(drawn.peer, drawn.key, null);
  }

  #cursor(peer: number, at: Point | null): void {
    if (at) this.#cursors.add(peer);
    else this.#cursors.delete(peer);
    const point = at ? { x: at.x, y: at.y } : null;
    for (const listener of this.#cursorListeners) listener(peer, point);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
