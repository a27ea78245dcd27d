/**
 * Our updates on their way to the server's disk: numbered from 1, kept until acknowledged, sent
 * again in the same order after a lost connection. What is too large for one message is split.
 */
import { splitUpdate } from "./queue_split";

/** The server takes 65536 bytes; some room for what surrounds them. */
const UPDATE_BYTES = 60_000;

export interface Numbered {
  no: number;
  update: Uint8Array;
}

/** Invariant: numbers grow by one, and what is kept is everything after the last acknowledged. */
export class UpdateQueue {
  #kept: Numbered[] = [];
  #sent = 0;
  #last = 0;

  /** Updates not acknowledged yet. */
  get size(): number {
    return this.#kept.length;
  }

  get hasUnsent(): boolean {
    return this.#sent < this.#kept.length;
  }

  add(update: Uint8Array): void {
    for (const part of splitUpdate(update, UPDATE_BYTES)) {
      this.#last += 1;
      this.#kept.push({ no: this.#last, update: part });
    }
  }

  /** The next one to send, or null. It stays kept. */
  take(): Numbered | null {
    const next = this.#kept[this.#sent];
    if (!next) return null;
    this.#sent += 1;
    return next;
  }

  /** Everything up to this number is on disk. */
  acknowledge(no: number): void {
    const first = this.#kept.findIndex((entry) => entry.no > no);
    const settled = first < 0 ? this.#kept.length : first;
    this.#kept.splice(0, settled);
    this.#sent = Math.max(0, this.#sent - settled);
  }

  /** What `read` finds in the first update that has it. */
  firstOf<T>(read: (update: Uint8Array) => T | null): T | null {
    for (const { update } of this.#kept) {
      const found = read(update);
      if (found !== null) return found;
    }
    return null;
  }

  /** A new connection: what is kept goes out again, with the numbers it has. */
  rewind(): void {
    this.#sent = 0;
  }

  /** Drops those that the server has already, by what a test of their bytes says. */
  drop(isKnown: (update: Uint8Array) => boolean): void {
    this.#kept = this.#kept.filter((entry) => !isKnown(entry.update));
    this.#sent = Math.min(this.#sent, this.#kept.length);
  }

  /** Gives everything up and begins at 1 again; how many were lost. */
  clear(): number {
    const lost = this.#kept.length;
    this.#kept = [];
    this.#sent = 0;
    this.#last = 0;
    return lost;
  }
}
