/** The decks that were used or changed last, to be taken into a class from the first page. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import type { Deck } from "../../wire/decks";
import { DeckPicture } from "../decks/picture";
import { recentOf } from "../decks/shelf";
import { deskOf } from "../decks/store";
import { UseDialog } from "../decks/use";
import { factsOf } from "../decks/words";

const SHOWN = 3;

/** Nothing while there are none. */
export function RecentDecks({ account }: { account: string }) {
  const desk = deskOf(account);
  const [asked, setAsked] = useState<Deck | null>(null);
  useEffect(() => void desk.load(), [desk]);
  const decks = (desk.library.value?.decks ?? []).filter(({ state }) => state === "ready");
  if (decks.length === 0) return null;
  return (
    <section class="recent-decks">
      <h2>
        <span class="grow">{t("decks-recent")}</span>
        <a href="/decks">{t("decks-to-top")}</a>
      </h2>
      <ul class="rows">
        {recentOf(decks, SHOWN).map((deck) => (
          <li key={deck.id}>
            <DeckPicture deck={deck} />
            <div class="grow">
              <b class="ell" title={deck.name}>
                {deck.name}
              </b>
              <span class="small quiet num">{factsOf(deck, Date.now())}</span>
            </div>
            <Button
              look="quiet"
              size="small"
              aria-label={t("decks-use-name", { name: deck.name })}
              onClick={() => setAsked(deck)}
            >
              {t("decks-use")}
            </Button>
          </li>
        ))}
      </ul>
      {asked && <UseDialog deck={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
