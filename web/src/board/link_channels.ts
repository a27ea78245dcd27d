/**
 * Which page has which channel on the present connection. It decides who waits: for a free channel,
 * and, of the pages that are only looked at, for the answers to those asked for before; so thirty
 * small pictures come a few at a time and a page to draw on never stands behind them.
 */
import type { OpenPage } from "./open_page";

/** What the server keeps open for one connection, and how many of them to write. */
const CHANNELS = 64;
const OPEN_PAGES = 40;
const WRITE_PAGES = 8;
/** Looks asked for and not answered yet. */
const LOOKS_AT_ONCE = 6;

/** Invariant: a page has one channel, or waits, or has asked for none. */
export class Channels {
  readonly #pages = new Map<number, OpenPage>();
  /** Channels of looks that have not been answered. */
  readonly #asked = new Set<number>();
  readonly #waiting = new Set<OpenPage>();
  #next = 0;

  pageOf(channel: number): OpenPage | undefined {
    return this.#pages.get(channel);
  }

  /** A free channel, each time another one, so that late frames of an old use are never taken in.
   * null: the page waits, and is begun again when there is one. */
  claim(page: OpenPage): number | null {
    if (!this.#hasRoom(page)) {
      this.#waiting.add(page);
      return null;
    }
    this.#waiting.delete(page);
    while (this.#pages.has(this.#next)) this.#next = (this.#next + 1) % CHANNELS;
    const channel = this.#next;
    this.#next = (channel + 1) % CHANNELS;
    this.#pages.set(channel, page);
    if (page.mode === "look") this.#asked.add(channel);
    return channel;
  }

  /** The server has answered an OPEN. */
  answered(channel: number): void {
    if (this.#asked.delete(channel)) this.#beginMore();
  }

  /** Nothing when nobody had it. `closed` tells the server, before the next page is begun. */
  release(channel: number, closed: () => void): void {
    if (!this.#pages.delete(channel)) return;
    this.#asked.delete(channel);
    closed();
    this.#beginMore();
  }

  forget(page: OpenPage): void {
    this.#waiting.delete(page);
  }

  /** The connection is gone. */
  clear(): void {
    this.#pages.clear();
    this.#asked.clear();
    this.#waiting.clear();
  }

  #hasRoom(page: OpenPage): boolean {
    if (this.#pages.size >= OPEN_PAGES) return false;
    if (page.mode === "look") return this.#asked.size < LOOKS_AT_ONCE;
    return [...this.#pages.values()].filter(({ mode }) => mode === "write").length < WRITE_PAGES;
  }

  #beginMore(): void {
    for (const page of [...this.#waiting]) {
      if (!this.#waiting.has(page) || !this.#hasRoom(page)) continue;
      this.#waiting.delete(page);
      page.begin();
    }
  }
}
