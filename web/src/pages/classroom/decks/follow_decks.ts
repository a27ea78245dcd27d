/** Says what became of a deck that was dropped here. */
import { effect, untracked } from "@preact/signals";
import type { DeckNews } from "../../../room/decks_room";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import { faultOf } from "../../decks/words";
import type { Desk } from "../desk";

export function followDecks(desk: Desk): () => void {
  return effect(() => {
    const news = desk.session.deckNews.value;
    if (news) untracked(() => tell(desk, news));
  });
}

function tell(desk: Desk, news: DeckNews): void {
  const { deck } = news;
  const { name } = deck;
  const open = () => {
    desk.panel.value = "decks";
  };
  switch (news.is) {
    case "shown":
      announce(t("decks-shown", { name }));
      break;
    case "refused":
      toast(refusalText(news.refusal.code, news.refusal.params));
      break;
    case "failed":
      toast(t("decks-news-failed-why", { name, why: faultOf(deck) }));
      break;
    case "ready":
      toast(t("decks-news-ready", { name }), { label: t("decks-list-open"), run: open });
  }
}
