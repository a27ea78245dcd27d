/**
 * Says aloud what was written while the chat is not open. A private line says that it is private;
 * what it says is kept back while one's own screen is shared, where the sound may be heard by all.
 */
import { effect } from "@preact/signals";
import { numberOf } from "../../../room/chat_mirror";
import { isSending, type RoomState, selfOf } from "../../../room/state";
import { t } from "../../../text/text";
import { announce } from "../../../ui/live";
import type { ChatMessage } from "../../../wire/messages";
import type { Desk } from "../desk";
import { quoted } from "./recipients";

export function sayChat(desk: Desk): () => void {
  let before: RoomState | null = null;
  return effect(() => {
    const room = desk.room.value;
    const known = before;
    before = room;
    // What was there when we came, or came while we were away, is not news.
    if (!known || known.seq === 0 || room.seq > known.seq + 1) return;
    // An open chat is a live region itself.
    if (desk.panel.peek() === "chat") return;
    const message = newIn(known, room);
    if (message && message.participant_id !== room.selfId) announce(chatNews(room, message));
  });
}

function newIn(known: RoomState, room: RoomState): ChatMessage | null {
  const last = room.chat.at(-1);
  if (!last || room.chat.length !== known.chat.length + 1) return null;
  const newest = known.chat.at(-1);
  return !newest || numberOf(last) > numberOf(newest) ? last : null;
}

/** The sentence for a line of somebody else. */
export function chatNews(room: RoomState, message: ChatMessage): string {
  const { name } = message;
  const text = quoted(message);
  const self = selfOf(room);
  const bare = self && isSending(self.media, "screen") ? "-bare" : "";
  if (message.to.startsWith("to:")) return t(`talk-say-private${bare}`, { name, text });
  if (message.to === "staff") return t(`talk-say-staff${bare}`, { name, text });
  return t("room-say-wrote", { name, text });
}
