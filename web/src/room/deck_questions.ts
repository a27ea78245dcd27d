/** Questions prepared with the decks on the stage, at a seat of those who ask. Over HTTP. */
import { signal } from "@preact/signals";
import { type Result, success } from "../result";
import type { DeckDoor, Prepared, PreparedAll } from "../wire/decks";
import type { Problem } from "../wire/http";

type Kept = Omit<Prepared, "slide">;

export class DeckQuestions {
  readonly #door: Pick<DeckDoor, "questions" | "putQuestions">;
  readonly #byDeck = signal<ReadonlyMap<string, PreparedAll>>(new Map());
  readonly #asked = new Set<string>();

  constructor(door: Pick<DeckDoor, "questions" | "putQuestions">) {
    this.#door = door;
  }

  /** Null until it is known. */
  of(deckId: string): PreparedAll | null {
    return this.#byDeck.value.get(deckId) ?? null;
  }

  /** Asks for them, unless that was done; what failed is asked for the next time. */
  async need(deckId: string): Promise<void> {
    if (this.#asked.has(deckId)) return;
    this.#asked.add(deckId);
    const answer = await this.#door.questions(deckId);
    if (answer.ok) this.#know(deckId, answer.value);
    else this.#asked.delete(deckId);
  }

  /** Changes those of one slide, as they are on the server now: another window may have changed
   * them. */
  async change(
    deckId: string,
    slide: number,
    to: (kept: readonly Kept[]) => readonly Kept[],
  ): Promise<Result<undefined, Problem>> {
    const now = await this.#door.questions(deckId);
    if (!now.ok) return now;
    const kept = now.value.questions
      .filter((one) => one.slide === slide)
      .map(({ place, question }) => ({ place, question }));
    const answer = await this.#door.putQuestions(deckId, slide, to(kept));
    if (!answer.ok) return answer;
    this.#know(deckId, answer.value);
    return success(undefined);
  }

  #know(deckId: string, all: PreparedAll): void {
    this.#asked.add(deckId);
    this.#byDeck.value = new Map(this.#byDeck.peek()).set(deckId, all);
  }
}
