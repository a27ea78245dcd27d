/**
 * How far the chat was read: what came since counts as new, also after a refresh of the page. The
 * mark is the number of the newest line seen, kept by lesson for as long as the tab lives.
 */
import { computed, type Signal } from "@preact/signals";
import { numberOf } from "../../../room/chat_mirror";
import type { RoomState } from "../../../room/state";

const KEY = "classroom.read.";

export interface ReadMark {
  /** Lines of others that were not seen. */
  unread: Signal<number>;
  /** The mark as it was when the chat was opened last: the line for "new" stands after it. */
  since(): number;
}

export function readMark(room: Signal<RoomState>, open: () => boolean): ReadMark {
  let lesson = "";
  let mark = 0;
  let since = 0;
  let wasOpen = false;
  const unread = computed(() => {
    const { chat, selfId, lessonId } = room.value;
    const isOpen = open();
    if (lessonId === "") return 0;
    const newest = Math.max(0, ...chat.map(numberOf));
    if (lesson !== lessonId) {
      lesson = lessonId;
      // What was there at joining is not news, unless this tab knows better.
      mark = stored(lesson) ?? newest;
      since = mark;
      store(lesson, mark);
    }
    if (isOpen && !wasOpen) since = mark;
    wasOpen = isOpen;
    if (isOpen && newest > mark) {
      mark = newest;
      store(lesson, mark);
    }
    return chat.filter(
      (one) => numberOf(one) > mark && one.participant_id !== selfId && !one.is_deleted,
    ).length;
  });
  return { unread, since: () => since };
}

function stored(lesson: string): number | null {
  const text = globalThis.sessionStorage?.getItem(KEY + lesson);
  const number = Number.parseInt(text ?? "", 10);
  return Number.isFinite(number) ? number : null;
}

function store(lesson: string, mark: number): void {
  globalThis.sessionStorage?.setItem(KEY + lesson, String(mark));
}
