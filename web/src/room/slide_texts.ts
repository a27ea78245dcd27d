/**
 * What stands on slides the class was on, for eyes that cannot see the picture and for whoever
 * searches. A text never changes, so each is asked for once.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Reply } from "../wire/http";

const AT_ONCE = 4;
const AGAIN_MS = 2_000;
const TRIES = 8;

export class SlideTexts {
  /** By the address of the slide. */
  readonly known: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly #known = signal<ReadonlyMap<string, string>>(new Map());
  readonly #fetch: (ref: string) => Reply<{ text: string }>;
  readonly #wanted: { ref: string; tries: number }[] = [];
  readonly #asked = new Set<string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #running = 0;
  #closed = false;

  constructor(fetch: (ref: string) => Reply<{ text: string }>) {
    this.#fetch = fetch;
    this.known = this.#known;
  }

  /** The first of them first. */
  want(refs: readonly string[]): void {
    for (const ref of refs) {
      if (ref === "" || this.#asked.has(ref)) continue;
      this.#asked.add(ref);
      this.#wanted.push({ ref, tries: 1 });
    }
    this.#next();
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #next(): void {
    while (this.#running < AT_ONCE && !this.#closed) {
      const next = this.#wanted.shift();
      if (!next) return;
      this.#running += 1;
      void this.#get(next.ref, next.tries);
    }
  }

  async #get(ref: string, tries: number): Promise<void> {
    const answer = await this.#fetch(ref);
    this.#running -= 1;
    if (this.#closed) return;
    if (answer.ok) this.#known.value = new Map(this.#known.value).set(ref, answer.value.text);
    else if (answer.error.code === "slide.unknown" || tries >= TRIES) {
      // Whoever looks at it later may ask again.
      if (answer.error.code !== "slide.unknown") this.#asked.delete(ref);
    } else this.#later(ref, tries);
    this.#next();
  }

  #later(ref: string, tries: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#wanted.push({ ref, tries: tries + 1 });
      this.#next();
    }, AGAIN_MS * tries);
    this.#timers.add(timer);
  }
}
