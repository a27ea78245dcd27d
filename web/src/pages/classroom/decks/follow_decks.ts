/** Brings the deck that was chosen for this class, and says what became of it or of one that was dropped. */
import { effect, untracked } from "@preact/signals";
import type { DeckNews } from "../../../room/decks_room";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import { takeCarried } from "../../decks/carried";
import { faultOf } from "../../decks/words";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { ask } from "../explain";

export function followDecks(desk: Desk): () => void {
  bring(desk);
  return effect(() => {
    const news = desk.session.deckNews.value;
    if (news) untracked(() => tell(desk, news));
  });
}

/** What stands on the stage already is there as it was left; it is only shown. */
function bring(desk: Desk): void {
  const deck = takeCarried(desk.code);
  if (!deck) return;
  const { placements } = desk.room.value.board;
  if (!mayLead(desk)) toast(refusalText("right.missing"));
  else if (placements.some((one) => one.deck_id === deck.id))
    void ask(desk, "board.show", { shown: true });
  else void desk.session.decks.bring(deck.id);
}

function tell(desk: Desk, news: DeckNews): void {
  const name = "deck" in news ? news.deck.name : "";
  const open = () => {
    desk.panel.value = "decks";
  };
  switch (news.is) {
    case "refused":
      toast(refusalText(news.refusal.code, news.refusal.params));
      break;
    case "shown":
      announce(t("decks-shown", { name }));
      break;
    case "failed":
      toast(t("decks-news-failed-why", { name, why: faultOf(news.deck) }));
      break;
    case "ready":
      toast(t("decks-news-ready", { name }), { label: t("decks-list-open"), run: open });
      break;
    case "choose":
      // The list asks.
      open();
  }
}
