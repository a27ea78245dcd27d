/** Says to staff who came to the door: nobody looks at a panel all the time. */
import { effect } from "@preact/signals";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
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
    const fresh = lobby.waiting.filter((one) => !there.has(one.participant_id));
    const last = fresh.at(-1);
    if (!last) return;
    const news = t("lobby-say-waits", { name: last.name, count: lobby.waiting.length });
    // The open panel shows it itself, and on a phone a toast would lie over it.
    if (desk.panel.peek() === "people") announce(news);
    else toast(news);
  });
}
