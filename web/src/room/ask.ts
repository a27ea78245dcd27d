/** The lesson's questions as this person may know them: (questions, event) to questions. */
import type { Ask, AskAside, AskEvent, OwnAnswer, Poll, PollSheet } from "../wire/messages";

export const NO_ASK: Ask = { polls: [], own: [], sheets: [] };

export function withAsk(ask: Ask, event: AskEvent | AskAside): Ask {
  switch (event.type) {
    case "poll_opened":
    case "poll_closed":
    case "poll_changed":
      return { ...ask, polls: replaced(ask.polls, event.poll, (poll) => poll.id) };
    case "poll_discarded":
      return {
        polls: ask.polls.filter((poll) => poll.id !== event.poll_id),
        own: ask.own.filter((answer) => answer.poll_id !== event.poll_id),
        sheets: ask.sheets.filter((sheet) => sheet.poll_id !== event.poll_id),
      };
    case "poll_tally":
      return { ...ask, sheets: replaced(ask.sheets, event.sheet, (sheet) => sheet.poll_id) };
    case "answer_taken":
      return { ...ask, own: replaced(ask.own, event.answer, (answer) => answer.poll_id) };
  }
}

function replaced<T>(list: readonly T[], one: T, idOf: (one: T) => string): T[] {
  const id = idOf(one);
  if (!list.some((other) => idOf(other) === id)) return [...list, one];
  return list.map((other) => (idOf(other) === id ? one : other));
}

/** A question with what this person knows of it beyond everybody. */
export interface Asked {
  poll: Poll;
  own: OwnAnswer | null;
  sheet: PollSheet | null;
}

/** The newest last. */
export function askedOf(ask: Ask): Asked[] {
  return ask.polls.map((poll) => ({
    poll,
    own: ask.own.find((answer) => answer.poll_id === poll.id) ?? null,
    sheet: ask.sheets.find((sheet) => sheet.poll_id === poll.id) ?? null,
  }));
}

/**
 * The question whose card stands on this page: the newest of it. Who does not ask sees it while it
 * is open and when its result is shown.
 */
export function askedOn(ask: Ask, pageId: string, mayAsk: boolean): Asked | null {
  if (pageId === "") return null;
  const last = askedOf(ask).findLast(({ poll }) => poll.page_id === pageId);
  return last && (mayAsk || last.poll.is_open || last.poll.result) ? last : null;
}

/** The question that waits for this person's answer. */
export function waitingFor(ask: Ask, mayAnswer: boolean): Poll | null {
  if (!mayAnswer) return null;
  const open = ask.polls.find((poll) => poll.is_open) ?? null;
  return open && !ask.own.some((answer) => answer.poll_id === open.id) ? open : null;
}
