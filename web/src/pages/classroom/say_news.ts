/** Says aloud what eyes see by themselves: who came and went, who shares. */
import { effect } from "@preact/signals";
import type { RoomState } from "../../room/state";
import { t } from "../../text/text";
import { announce } from "../../ui/live";
import { sayChat } from "./chat/say_chat";
import type { Desk } from "./desk";
import { sentences, shortWords } from "./network/findings";

/** In a large class coming and going would drown everything else. */
const SMALL = 12;

export function sayNews(desk: Desk): () => void {
  let before: RoomState | null = null;
  const stops = [sayShort(desk), sayChat(desk)];
  const end = effect(() => {
    const room = desk.room.value;
    const known = before;
    before = room;
    // What was there when we came, or came while we were away, is not news.
    if (!known || known.seq === 0 || room.seq !== known.seq + 1) return;
    const news = newsOf(known, room);
    if (news) announce(news);
  });
  return () => {
    for (const stop of stops) stop();
    end();
  };
}

/** What the network takes, once for each change. */
function sayShort(desk: Desk): () => void {
  return effect(() => {
    const notice = desk.session.call.downlink.notice.value;
    if (!notice) return;
    const { title, note, more } = shortWords(notice);
    announce(sentences([title, note, more].filter(Boolean)));
  });
}

function newsOf(before: RoomState, room: RoomState): string | null {
  const small = room.participants.length <= SMALL;
  const joined = room.participants.find((one) => !has(before, one.id));
  if (joined && small) return t("room-say-joined", { name: joined.name });
  const left = before.participants.find((one) => !has(room, one.id));
  if (left && small) return t("room-say-left", { name: left.name });
  const presenter = room.participants.find((one) => one.id === room.stage.screen_of);
  if (presenter && before.stage.screen_of !== presenter.id && presenter.id !== room.selfId) {
    return t("room-say-shares", { name: presenter.name });
  }
  if (room.stage.board && !before.stage.board && room.board.presenter !== room.selfId) {
    return t("board-say-shown");
  }
  return null;
}

function has(room: RoomState, id: string): boolean {
  return room.participants.some((one) => one.id === id);
}
