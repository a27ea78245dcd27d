/** While a seat is taken: who draws on the shared screen, and the pen out of the hand when it ends. */
import { effect, untracked } from "@preact/signals";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { InkChanged } from "../../../wire/messages";
import { ownPages } from "../board/slides";
import type { Desk } from "../desk";
import { mayDrawOnScreen } from "./rights";

export function followInk(desk: Desk): () => void {
  let told: InkChanged | null = desk.room.peek().ink.news;
  const stops = [
    effect(() => {
      if (!mayDrawOnScreen(desk)) desk.drawing.value = false;
    }),
    effect(() => {
      const { news } = desk.room.value.ink;
      if (!news || news === told) return;
      told = news;
      untracked(() => tell(desk, news));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function tell(desk: Desk, news: InkChanged): void {
  const room = desk.room.peek();
  const isOurs = news.by === room.selfId;
  const name = participantOf(room, news.by)?.name ?? "";
  switch (news.deed) {
    case "begun":
      if (isOurs) return;
      // Whoever shares looks elsewhere, and may wonder where it is painted.
      if (news.ink.share_of === room.selfId) toast(t("ink-on-yours", { name }));
      else announce(t("ink-said-begun", { name }));
      return;
    case "set":
      announce(t(news.ink.is_open ? `ink-said-${news.ink.look}` : "ink-said-closed"));
      return;
    case "cleared":
    case "uncleared":
      if (!isOurs) announce(t(`ink-said-${news.deed}`, { name }));
      return;
    case "frozen": {
      const pages = ownPages(room.board.pages, true);
      const page = pages.findIndex((one) => one.id === news.page_id) + 1;
      if (isOurs) toast(t("ink-frozen", { page }));
      else announce(t("ink-said-frozen", { name }));
      return;
    }
    case "ended":
  }
}
