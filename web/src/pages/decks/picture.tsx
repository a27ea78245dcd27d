/** The first page of a deck, small, and how much of it is drawn. */
import { useState } from "preact/hooks";
import { Icon } from "../../ui/icon";
import { PartLine } from "../../ui/part_line";
import type { Deck } from "../../wire/decks";
import { comingOf, signOf } from "./shelf";

/** Pages that are drawn, of all. */
export function DeckPart({ deck }: { deck: Deck }) {
  const coming = comingOf(deck);
  if (!coming) return null;
  const percent = coming.leaves > 0 ? Math.floor((100 * coming.done) / coming.leaves) : 0;
  return <PartLine label={deck.name} percent={percent} />;
}

/** The first page, on its mat; a sign while there is none. */
export function DeckPicture({ deck }: { deck: Deck }) {
  const [lost, setLost] = useState("");
  const { thumbnail } = deck;
  const isShown = thumbnail !== "" && thumbnail !== lost;
  return (
    <div class="deck-small" data-state={deck.state}>
      {isShown ? (
        <img
          src={thumbnail}
          alt=""
          loading="lazy"
          draggable={false}
          onError={() => setLost(thumbnail)}
        />
      ) : (
        <Icon name={deck.state === "failed" ? "warn" : signOf(deck.kind)} />
      )}
    </div>
  );
}
