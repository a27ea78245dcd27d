/** What a question does by itself: it is said aloud, and its panel opens where none is open. */
import { effect, untracked } from "@preact/signals";
import { waitingFor } from "../../../room/ask";
import { participantOf, type RoomState } from "../../../room/state";
import { t } from "../../../text/text";
import { announce, toast } from "../../../ui/live";
import type { AidsEvent, Poll } from "../../../wire/messages";
import type { Desk } from "../desk";
import { keepDraft, keptPictures } from "./draft";
import { questionHere } from "./here";
import { titleOf } from "./results";

export function followAsk(desk: Desk): () => void {
  const ends = [followPolls(desk), followAids(desk), followPictures(desk)];
  return () => {
    for (const end of ends) end();
  };
}

/** A pick, a star and the end of a countdown are told to everybody they concern. */
function followAids(desk: Desk): () => void {
  let told: AidsEvent | null = null;
  return effect(() => {
    const { news } = desk.room.value.aids;
    if (!news || news === told) return;
    told = news;
    const words = wordsOf(desk.room.peek(), news);
    if (words) toast(words);
  });
}

function wordsOf(room: RoomState, news: AidsEvent): string | null {
  switch (news.type) {
    case "timer_changed":
      return news.is_over ? t("ask-say-over") : null;
    case "student_picked":
      if (news.participant_id === room.selfId) return t("ask-picked-you");
      return t("ask-picked", { name: nameOf(room, news.participant_id) });
    case "stars_changed": {
      const { participant_id, count } = news.stars;
      if (participant_id === room.selfId) return t("ask-stars-you", { count });
      return t("ask-stars-of", { name: nameOf(room, participant_id), count });
    }
  }
}

function nameOf(room: RoomState, id: string): string {
  return participantOf(room, id)?.name ?? "";
}

function followPolls(desk: Desk): () => void {
  let waited: string | null = null;
  let shown: ReadonlySet<string> | null = null;
  return effect(() => {
    const { ask, rights, seq } = desk.room.value;
    if (seq === 0) return;
    const poll = waitingFor(ask, rights.may_answer);
    if (poll && poll.id !== waited) call(desk, poll);
    waited = poll?.id ?? null;
    const published = ask.polls.filter((one) => one.result);
    const news = published.filter((one) => shown !== null && !shown.has(one.id));
    shown = new Set(published.map((one) => one.id));
    for (const one of news) {
      if (!rights.may_ask) announce(t("ask-say-shown", { question: titleOf(one) }));
    }
  });
}

/** A picture that was chosen and not sent goes with its question's end. */
function followPictures(desk: Desk): () => void {
  return effect(() => {
    const { ask } = desk.room.value;
    for (const [id, upload] of keptPictures()) {
      if (ask.polls.some((poll) => poll.id === id && poll.is_open)) continue;
      keepDraft(id, {});
      if (!ask.own.some((answer) => answer.poll_id === id)) {
        untracked(() => desk.session.files.uploads.cancel(upload));
      }
    }
  });
}

function call(desk: Desk, poll: Poll): void {
  announce(t("ask-say-opened", { question: titleOf(poll) }));
  const isOnStage = untracked(() => questionHere(desk)?.poll === poll);
  if (desk.panel.peek() === "none" && !isOnStage) desk.panel.value = "ask";
}
