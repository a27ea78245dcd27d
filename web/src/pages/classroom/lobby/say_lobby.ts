/** Says to staff who came to the door: nobody looks at a panel all the time. */
import { effect } from "@preact/signals";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Lobby } from "../../../wire/messages";
import type { Desk } from "../desk";

export function sayLobby(desk: Desk): () => void {
  let before: Lobby | null = null;
  return effect(() => {
    const { lobby } = desk.room.value;
    const known = before;
    before = lobby;
    if (!known || !lobby || known === lobby) return;
    const there = new Set(known.waiting.map((one) => one.participant_id));
    const news = lobby.waiting.filter((one) => !there.has(one.participant_id));
    const last = news.at(-1);
    if (last) toast(t("lobby-say-waits", { name: last.name, count: lobby.waiting.length }));
  });
}
