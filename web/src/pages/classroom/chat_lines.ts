/** How chat is read: lines of one person in a row stand together, and addresses become links. */
import type { RoomState } from "../../room/state";
import type { Role } from "../../wire/messages";

export interface ChatLine {
  key: string;
  participantId: string;
  name: string;
  role: Role;
  at: string;
  text: string;
  state: "sent" | "sending" | "refused";
  refusal: string | null;
  clientId: string;
  /** Follows another line of the same person closely: no name, no face again. */
  more: boolean;
}

const TOGETHER_MS = 3 * 60_000;

export function chatLines(room: RoomState): ChatLine[] {
  const self = room.participants.find((one) => one.id === room.selfId);
  const sent = room.chat.map((message) => ({
    key: message.id,
    participantId: message.participant_id,
    name: message.name,
    role: message.role,
    at: message.at,
    text: message.text,
    state: "sent" as const,
    refusal: null,
    clientId: message.client_id,
    more: false,
  }));
  const pending = room.pending.map((line) => ({
    key: `pending-${line.clientId}`,
    participantId: room.selfId,
    name: self?.name ?? "",
    role: self?.role ?? ("student" as const),
    at: line.at,
    text: line.text,
    state: line.refusal ? ("refused" as const) : ("sending" as const),
    refusal: line.refusal,
    clientId: line.clientId,
    more: false,
  }));
  const all: ChatLine[] = [...sent, ...pending];
  return all.map((line, at) => ({ ...line, more: follows(all[at - 1], line) }));
}

function follows(before: ChatLine | undefined, line: ChatLine): boolean {
  if (before?.participantId !== line.participantId) return false;
  return Date.parse(line.at) - Date.parse(before.at) < TOGETHER_MS;
}

export type TextPart = { text: string; href: string | null };

/** Only http and https, and without the punctuation of the sentence around the address. */
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？）】」』]+/giu;
const TRAILING = /[.,;:!?)\]}…]+$/u;

export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const href = match[0].replace(TRAILING, "");
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: href, href });
    from = match.index + href.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
