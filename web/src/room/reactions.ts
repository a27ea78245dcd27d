/** Reactions over faces: each is there for three seconds, and nothing of it is kept. */
import { signal } from "@preact/signals";
import type { FaceReaction, GivenReaction } from "../wire/messages";
import type { Wire } from "../wire/socket";

export const SHOWN_MS = 3_000;
/** More of one person, or of all, nobody tells apart; the oldest give way. */
const MOST_OF_ONE = 3;
const MOST = 60;

/** What stands over a face. */
export interface Shown extends GivenReaction {
  key: number;
}

export class Reactions {
  readonly shown = signal<readonly Shown[]>([]);
  /** What came last; a new list each time. */
  readonly news = signal<readonly GivenReaction[]>([]);
  readonly #wire: Pick<Wire, "request">;
  #count = 0;

  constructor(wire: Pick<Wire, "on" | "request">) {
    this.#wire = wire;
    wire.on("floor.reactions", ({ given }) => this.#show(given));
  }

  give(reaction: FaceReaction) {
    return this.#wire.request("floor.react", { reaction });
  }

  #show(given: readonly GivenReaction[]): void {
    const first = this.#count;
    const fresh = given.map((one) => ({ ...one, key: this.#count++ }));
    const last = this.#count;
    this.shown.value = withFresh(this.shown.value, fresh);
    this.news.value = given;
    setTimeout(() => {
      this.shown.value = this.shown.value.filter(({ key }) => key < first || key >= last);
    }, SHOWN_MS);
  }
}

export function withFresh(shown: readonly Shown[], fresh: readonly Shown[]): readonly Shown[] {
  const counts = new Map<string, number>();
  const kept: Shown[] = [];
  // From the newest back: those before them give way.
  for (const one of [...shown, ...fresh].reverse()) {
    const count = (counts.get(one.participant_id) ?? 0) + 1;
    counts.set(one.participant_id, count);
    if (count <= MOST_OF_ONE && kept.length < MOST) kept.push(one);
  }
  return kept.reverse();
}
