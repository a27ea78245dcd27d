/**
 * The chat lines a client has: told one by one, in a snapshot's tail, or fetched from the history.
 * Ids are `m` and a number that grows; lines of others that one may not read leave gaps in it.
 */
import type { ChatChanged, ChatMessage } from "../wire/messages";

type Lines = readonly ChatMessage[];

export function numberOf(message: ChatMessage): number {
  return Number(message.id.slice(1));
}

/** A new line in its place; one that is known stays. */
export function withLine(known: Lines, message: ChatMessage): Lines {
  if (known.some((one) => one.id === message.id)) return known;
  let at = known.length;
  while (at > 0 && numberOf(known[at - 1] as ChatMessage) > numberOf(message)) at -= 1;
  return [...known.slice(0, at), message, ...known.slice(at)];
}

/** A snapshot carries only the tail; what we have from before its first line stays. */
export function withTail(known: Lines, tail: Lines): Lines {
  const inTail = new Set(tail.map((message) => message.id));
  const first = tail[0];
  if (!first) return [];
  return [...known.filter((one) => !inTail.has(one.id) && one.at <= first.at), ...tail];
}

export function withEarlier(known: Lines, earlier: Lines): Lines {
  const have = new Set(known.map((one) => one.id));
  const all = [...earlier.filter((one) => !have.has(one.id)), ...known];
  return all.sort((a, b) => numberOf(a) - numberOf(b));
}

/** Reactions, or that it was deleted; its text is gone then. */
export function withChange(known: Lines, event: ChatChanged): Lines {
  return known.map((one) =>
    one.id === event.message_id
      ? {
          ...one,
          reactions: event.reactions,
          is_deleted: event.is_deleted,
          text: event.is_deleted ? "" : one.text,
          files: event.is_deleted ? [] : one.files,
        }
      : one,
  );
}
