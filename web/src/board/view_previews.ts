/**
 * What others are drawing or moving, on our live layer, until it is on the page or given up
 * (the wire tells when nobody draws it any more). Also whose lasers are seen.
 */
import type { Change, LaserPoint, Point, Preview } from "./model";
import type { LiveSurface } from "./paint/types";
import { inkOf } from "./styles";

const FADE_MS = 1_000;

interface Shown {
  peer: number;
  /** The item to be, or the key of a move. */
  item: string;
  preview: Preview;
}

export interface PreviewPorts {
  live: LiveSurface;
  authorOf(peer: number): string;
  /** Items that are drawn by previews instead. */
  hide(ids: Iterable<string>): void;
  isThere(id: string): boolean;
  now(): number;
}

export class OthersPreviews {
  readonly #ports: PreviewPorts;
  readonly #shown = new Map<string, Shown>();
  readonly #trails = new Map<number, LaserPoint[]>();

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
  }

  set(peer: number, item: string, preview: Preview | null): void {
    const key = `peer.${peer}.${item}`;
    if (!preview) {
      this.#drop(key);
      return;
    }
    this.#shown.set(key, { peer, item, preview });
    if (preview.kind === "move")
      this.#ports.live.set(key, { kind: "moved", ids: preview.ids, m: preview.m });
    else
      this.#ports.live.set(key, {
        kind: "draft",
        draft: preview.draft,
        text: preview.text,
        by: this.#ports.authorOf(peer),
      });
    this.#hide();
  }

  /** Called after the page changed: what was a preview may be an item now. */
  follow(change: Change): void {
    const touched = new Set([...change.added, ...change.changed, ...change.removed]);
    for (const [key, { item, preview }] of [...this.#shown]) {
      const ids = preview.kind === "move" ? preview.ids : [item];
      if (ids.some((id) => touched.has(id))) this.#drop(key);
    }
  }

  laser(peer: number, points: readonly Point[]): void {
    const at = this.#ports.now();
    const trail = (this.#trails.get(peer) ?? []).filter((point) => at - point.at <= FADE_MS);
    trail.push(...points.map(({ x, y }) => ({ x, y, at })));
    this.#trails.set(peer, trail);
    this.#ports.live.laser(`peer.${peer}`, trail, inkOf(this.#ports.authorOf(peer)));
  }

  /** Only these are still on the board. */
  keepPeers(peers: ReadonlySet<number>): void {
    for (const [key, { peer }] of [...this.#shown]) if (!peers.has(peer)) this.#drop(key);
    for (const peer of [...this.#trails.keys()]) if (!peers.has(peer)) this.#trails.delete(peer);
  }

  clear(): void {
    for (const key of [...this.#shown.keys()]) this.#drop(key);
    this.#trails.clear();
  }

  #drop(key: string): void {
    if (!this.#shown.delete(key)) return;
    this.#ports.live.set(key, null);
    this.#hide();
  }

  #hide(): void {
    const ids = new Set<string>();
    for (const { item, preview } of this.#shown.values()) {
      if (preview.kind === "move") for (const id of preview.ids) ids.add(id);
      else if (this.#ports.isThere(item)) ids.add(item);
    }
    this.#ports.hide(ids);
  }
}
