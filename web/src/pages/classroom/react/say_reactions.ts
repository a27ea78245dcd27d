/** Tells ears of reactions: gathered, and at most once in three seconds. */
import { effect } from "@preact/signals";
import { participantOf } from "../../../room/state";
import { t } from "../../../text/text";
import { announce } from "../../../ui/live";
import type { GivenReaction } from "../../../wire/messages";
import type { Desk } from "../desk";
import { cornerOf } from "./corner";

/** What belongs together comes within this time: applause begins one by one. */
const GATHER_MS = 600;
const EVERY_MS = 3_000;

export function sayReactions(desk: Desk): () => void {
  let waiting: GivenReaction[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  const say = () => {
    timer = undefined;
    saidAt = performance.now();
    const words = wordsOf(desk, waiting);
    waiting = [];
    if (words) announce(words);
  };
  const end = effect(() => {
    const { selfId } = desk.room.peek();
    // What we gave ourselves we know.
    const news = desk.session.reactions.news.value.filter((one) => one.participant_id !== selfId);
    if (news.length === 0) return;
    waiting.push(...news);
    timer ??= setTimeout(say, Math.max(GATHER_MS, saidAt + EVERY_MS - performance.now()));
  });
  return () => {
    end();
    clearTimeout(timer);
  };
}

function wordsOf(desk: Desk, given: readonly GivenReaction[]): string {
  const nameOf = (id: string) => participantOf(desk.room.peek(), id)?.name ?? null;
  return cornerOf(given, nameOf)
    .map(({ reaction, count, names }) =>
      t(`react-say-${reaction}`, { count, name: names[0] ?? "" }),
    )
    .join(t("room-list-comma"));
}
