/**
 * Decks of a class at a seat of staff: the library, what is on its way into it, and what was dropped
 * or brought here, which goes to the stage by itself as soon as its first page is there.
 */
import { type Signal, signal } from "@preact/signals";
import type { Result } from "../result";
import { type Deck, DeckDoor, type DeckState, type Library } from "../wire/decks";
import type { Problem } from "../wire/http";
import type { DeckProgress, PutAway, Refusal } from "../wire/messages";
import type { Wire } from "../wire/socket";
import { DeckSending } from "./deck_sending";

/** How often decks that are being made are asked about; notices are told sooner. */
const LOOK_MS = 1_500;
/** As many of them at once. */
const LOOKS = 4;

/** What became of a deck that was dropped or brought here, for who did it. */
export type DeckNews =
  | { is: "shown" | "ready" | "choose" | "failed"; deck: Deck }
  | { is: "refused"; refusal: Refusal };

/** A deck that was put away with what was drawn on it, the last first. */
export interface Choice {
  deck: Deck;
  kept: PutAway[];
}

interface Ports {
  wire: Pick<Wire, "request" | "on">;
  seat: { token: string; code(): string };
  /** Ids of what is on the stage. */
  placed(): readonly string[];
  told(news: DeckNews): void;
}

const SHOWABLE = new Set<DeckState>(["showing", "ready"]);

/** Whether its first page can be put on the stage. */
export function isShowable({ state }: Pick<Deck, "state">): boolean {
  return SHOWABLE.has(state);
}

/** Whether it is being made. */
function isMade({ state }: Pick<Deck, "state">): boolean {
  return state !== "ready" && state !== "failed";
}

export class DecksRoom {
  /** null until it was asked for. */
  readonly library: Signal<Library | null> = signal(null);
  readonly fault: Signal<Problem | null> = signal(null);
  /** Whether to go on with what was drawn, or clean: for a person to say. */
  readonly choice: Signal<Choice | null> = signal(null);
  readonly sending: DeckSending;
  readonly door: DeckDoor;
  readonly #ports: Ports;
  /** To be shown, each with what was on the stage when it came. */
  readonly #coming = new Map<string, readonly string[]>();
  /** Of which print in which state was told last of a deck. */
  readonly #told = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLoading = false;
  /** Something was told while the answer was on its way. */
  #isStale = false;
  #closed = false;

  constructor(ports: Ports, door: DeckDoor = new DeckDoor(ports.seat)) {
    this.#ports = ports;
    this.door = door;
    this.sending = new DeckSending({
      door,
      made: (id) => this.#made(id),
      now: () => performance.now(),
    });
    ports.wire.on("deck.progress", (notice) => this.#progressed(notice));
  }

  async load(): Promise<void> {
    if (this.#isLoading) {
      this.#isStale = true;
      return;
    }
    this.#isLoading = true;
    const answer = await this.door.library();
    this.#isLoading = false;
    if (this.#closed) return;
    this.fault.value = answer.ok ? null : answer.error;
    if (answer.ok) this.library.value = answer.value;
    await this.#show();
    if (!this.#isStale) return this.#lookAgain();
    this.#isStale = false;
    await this.load();
  }

  /** What was chosen in the library for this class: shown like what is dropped here. */
  async bring(id: string): Promise<void> {
    const answer = await this.door.deck(id);
    if (this.#closed) return;
    if (answer.ok) this.#made(id);
    else this.#ports.told({ is: "refused", refusal: answer.error });
  }

  /** Shows it, or asks first when something drawn on it is kept. */
  async show(deck: Deck): Promise<Result<unknown, Refusal> | "choose"> {
    const kept = await this.kept(deck.id);
    if (!kept.ok || kept.value.length === 0) return this.place(deck.id);
    this.choice.value = { deck, kept: kept.value };
    return "choose";
  }

  /** As it was put away, or clean. */
  place(deck_id: string, placement_id = ""): Promise<Result<unknown, Refusal>> {
    this.#coming.delete(deck_id);
    return this.#ports.wire.request("deck.place", { deck_id, placement_id });
  }

  leave(placement_id: string): Promise<Result<unknown, Refusal>> {
    return this.#ports.wire.request("deck.leave", { placement_id });
  }

  /** What was kept of a deck in this room, the last first. */
  async kept(deck_id: string): Promise<Result<PutAway[], Refusal>> {
    const answer = await this.#ports.wire.request("deck.placements", { deck_id });
    return answer.ok ? { ok: true, value: answer.value.placements } : answer;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.sending.close();
  }

  /** Numbers are taken as they are told; with another state the deck has another face, too. */
  #progressed({ deck_id, print_id, state, done, leaves }: DeckProgress): void {
    const library = this.library.value;
    const known = library?.decks.find((one) => one.id === deck_id);
    const told = `${print_id} ${state}`;
    const isSame = this.#told.get(deck_id) === told;
    this.#told.set(deck_id, told);
    const isOfUse = known?.print_id === print_id;
    const made = isOfUse ? known : known?.newer;
    if (!library || !known || made?.state !== state) {
      // Once is enough: numbers are told several times a second.
      if (!isSame) void this.load();
      return;
    }
    if (state !== "showing") return;
    const now = isOfUse ? { done, leaves } : { newer: { ...made, done, leaves } };
    const decks = library.decks.map((one) => (one === known ? { ...one, ...now } : one));
    this.library.value = { ...library, decks };
  }

  #made(id: string): void {
    this.#coming.set(id, this.#ports.placed());
    void this.load();
  }

  /** Puts on the stage what was dropped here, unless somebody put something else there meanwhile. */
  async #show(): Promise<void> {
    for (const [id, before] of [...this.#coming]) {
      const deck = this.library.value?.decks.find((one) => one.id === id);
      if (!deck || (!isShowable(deck) && deck.state !== "failed")) continue;
      this.#coming.delete(id);
      if (deck.state === "failed") this.#ports.told({ is: "failed", deck });
      else if (this.#ports.placed().some((one) => !before.includes(one)))
        this.#ports.told({ is: "ready", deck });
      else await this.#put(deck);
    }
  }

  async #put(deck: Deck): Promise<void> {
    const answer = await this.show(deck);
    const { told } = this.#ports;
    if (answer === "choose") told({ is: "choose", deck });
    else told(answer.ok ? { is: "shown", deck } : { is: "refused", refusal: answer.error });
  }

  #lookAgain(): void {
    clearTimeout(this.#timer);
    const decks = this.library.value?.decks ?? [];
    const made = decks.filter((one) => isMade(one) || (one.newer && isMade(one.newer)));
    if (this.#closed || (made.length === 0 && this.#coming.size === 0)) return;
    const isAllKnown = [...this.#coming.keys()].every((id) => decks.some((one) => one.id === id));
    const look = () => (isAllKnown ? this.#look(made.slice(0, LOOKS)) : this.load());
    this.#timer = setTimeout(() => void look(), LOOK_MS);
  }

  /** Asks for what is being made alone: the library may be long. */
  async #look(made: readonly Deck[]): Promise<void> {
    const answers = await Promise.all(made.map(({ id }) => this.door.deck(id)));
    const library = this.library.value;
    if (this.#closed || !library) return;
    if (answers.some((one) => !one.ok)) return this.load();
    const told = new Map(answers.flatMap((one) => (one.ok ? [[one.value.id, one.value]] : [])));
    const decks = library.decks.map((one) => told.get(one.id) ?? one);
    this.library.value = { ...library, decks };
    await this.#show();
    this.#lookAgain();
  }
}
