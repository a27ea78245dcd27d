/** A deck that was chosen in the library for a class, on its way through the green room. */
import { signal } from "@preact/signals";
import type { Deck } from "../../wire/decks";
import { navigate } from "../router";

export interface Carried {
  /** The room's. */
  code: string;
  deck: Pick<Deck, "id" | "name">;
}

/** null while nothing is on its way. A refresh forgets it: the class lists the deck as well. */
export const carried = signal<Carried | null>(null);

export function carry(deck: Deck, code: string): void {
  carried.value = { code, deck: { id: deck.id, name: deck.name } };
  navigate(`/r/${code}`);
}

/** What comes into this class; given once. */
export function takeCarried(code: string): Carried["deck"] | null {
  if (carried.value?.code !== code) return null;
  const { deck } = carried.value;
  carried.value = null;
  return deck;
}
