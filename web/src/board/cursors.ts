/**
 * Where others point. A cursor that rests for ten seconds goes away until it moves again; names
 * and colours are those of the people on the board now.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { toScreen } from "./camera";
import type { Camera, Peer, Point } from "./model";
import { inkOf } from "./styles";
import type { NamedCursor } from "./view_types";

export const IDLE_MS = 10_000;

interface Seen extends Point {
  at: number;
}

export interface CursorPorts {
  peers: ReadonlySignal<readonly Peer[]>;
  camera: ReadonlySignal<Camera>;
  now(): number;
  /** Calls once after so many ms; returns how to take it back. */
  after(ms: number, call: () => void): () => void;
}

export class Cursors {
  readonly shown: ReadonlySignal<readonly NamedCursor[]>;
  readonly #seen = signal<ReadonlyMap<number, Seen>>(new Map());
  readonly #ports: CursorPorts;
  #stopWaiting: (() => void) | null = null;

  constructor(ports: CursorPorts) {
    this.#ports = ports;
    this.shown = computed(() => this.#named());
  }

  set(peer: number, at: Point | null): void {
    const seen = new Map(this.#seen.value);
    if (at) seen.set(peer, { x: at.x, y: at.y, at: this.#ports.now() });
    else seen.delete(peer);
    this.#seen.value = seen;
    this.#wait();
  }

  /** Another page is looked at. */
  clear(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    this.#seen.value = new Map();
  }

  #wait(): void {
    if (this.#stopWaiting || this.#seen.value.size === 0) return;
    const oldest = Math.min(...[...this.#seen.value.values()].map((seen) => seen.at));
    const rest = Math.max(0, oldest + IDLE_MS - this.#ports.now());
    this.#stopWaiting = this.#ports.after(rest, () => {
      this.#stopWaiting = null;
      const now = this.#ports.now();
      const fresh = [...this.#seen.value].filter(([, seen]) => now - seen.at < IDLE_MS);
      this.#seen.value = new Map(fresh);
      this.#wait();
    });
  }

  #named(): readonly NamedCursor[] {
    const camera = this.#ports.camera.value;
    return this.#ports.peers.value.flatMap(({ peer, participantId, name, author }) => {
      const seen = this.#seen.value.get(peer);
      if (!seen) return [];
      return [{ peer, participantId, name, colour: inkOf(author), ...toScreen(camera, seen) }];
    });
  }
}
