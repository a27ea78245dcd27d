/**
 * Requests beside the WebSockets of a bundle, while something is late: each says everything that the
 * other end has not seen and hears what it says, on a connection of its own.
 */
import type { Bundle } from "./bundle";
import type { Exchange } from "./exchange";
import { GONE, readWelcome, writeHello } from "./frames";

/** A browser has six connections to one place, and others need some too. */
const POSTS_MAX = 3;
const AFTER_MS = 600;
const APART_MS = 500;
/** Until the first line of the answer, and altogether. */
const FIRST_MS = 2_000;
const WHOLE_MS = 8_000;

/** What the owner knows and decides. */
export interface PostOwner {
  readonly key: string;
  readonly name: string;
  readonly uri: string;
  /** A line came on a strand. */
  came(strand: number, line: string): void;
  /** The server knows this bundle no more. */
  gone(): void;
  /** A name no other strand has. */
  next(): number;
}

export class Posts {
  readonly #bundle: Bundle;
  readonly #owner: PostOwner;
  readonly #exchange: Exchange;
  readonly #now: () => number;
  readonly #open = new Set<AbortController>();
  #nextAt = 0;

  constructor(bundle: Bundle, owner: PostOwner, exchange: Exchange, now: () => number) {
    this.#bundle = bundle;
    this.#owner = owner;
    this.#exchange = exchange;
    this.#now = now;
  }

  /** Sends another one if it is time for it. */
  look(): void {
    const now = this.#now();
    const isLate = this.#bundle.isWeak(now) && this.#bundle.lateMs(now) > AFTER_MS;
    const isSilent = this.#bundle.isSilent(now);
    if (!(isLate || isSilent) || this.#open.size >= POSTS_MAX || now < this.#nextAt) return;
    this.#nextAt = now + APART_MS;
    void this.#send();
  }

  stop(): void {
    for (const post of this.#open) post.abort();
    this.#open.clear();
  }

  async #send(): Promise<void> {
    const { key, name, uri } = this.#owner;
    const { seen, held } = this.#bundle;
    const lines = [writeHello(key, name, seen, held), ...this.#bundle.unseen()];
    const post = new AbortController();
    this.#open.add(post);
    const first = setTimeout(() => post.abort(), FIRST_MS);
    const whole = setTimeout(() => post.abort(), WHOLE_MS);
    let strand: number | null = null;
    const told = (line: string) => {
      clearTimeout(first);
      if (!this.#open.has(post)) return;
      if (strand === null) strand = this.#greeted(line, post);
      else this.#owner.came(strand, line);
    };
    await this.#exchange(uri, lines, told, post.signal).catch(() => undefined);
    clearTimeout(first);
    clearTimeout(whole);
    this.#open.delete(post);
    if (strand !== null) this.#bundle.detach(strand);
  }

  #greeted(line: string, post: AbortController): number | null {
    const welcome = readWelcome(line);
    if (line === GONE) this.#owner.gone();
    if (welcome?.name !== this.#owner.name) {
      post.abort();
      return null;
    }
    const strand = this.#owner.next();
    this.#bundle.attach(strand, welcome.seen, welcome.held, this.#now());
    return strand;
  }
}
