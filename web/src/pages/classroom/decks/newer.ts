/** A deck on the stage keeps its version; another one may be in use by now. */
import { t } from "../../../text/text";
import { announce } from "../../../ui/live";
import type { Deck, Library } from "../../../wire/decks";
import type { Placement } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** The deck, when another version of it can take the place of the one on the stage. */
export function newerOf(library: Library | null, placement: Placement): Deck | null {
  const deck = library?.decks.find((one) => one.id === placement.deck_id);
  return deck?.state === "ready" && deck.print_id !== placement.print_id ? deck : null;
}

export async function useNewer(desk: Desk, { id, name }: Placement): Promise<void> {
  if (await ask(desk, "deck.update", { placement_id: id }))
    announce(t("present-newer-used", { name }));
}
