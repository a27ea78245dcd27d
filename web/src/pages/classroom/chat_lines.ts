/** How chat is read: lines of one person in a row stand together, those not sent yet come last. */
import type { RoomState } from "../../room/state";
import type { ChatMessage, Reacted, Role } from "../../wire/messages";

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
  /** Ids of files that came with it. */
  files: readonly string[];
  /** For whom it is, as the server or as the field names it. */
  to: string;
  replyTo: string;
  reactions: readonly Reacted[];
  isDeleted: boolean;
  /** What the server has; null while it is not sent. */
  message: ChatMessage | null;
  /** Follows another line of the same person closely: no name, no face again. */
  more: boolean;
}

const TOGETHER_MS = 3 * 60_000;

export function chatLines(room: RoomState): ChatLine[] {
  const self = room.participants.find((one) => one.id === room.selfId);
  const sent = room.chat.map(
    (message): ChatLine => ({
      key: message.id,
      participantId: message.participant_id,
      name: message.name,
      role: message.role,
      at: message.at,
      text: message.text,
      state: "sent",
      refusal: null,
      clientId: message.client_id,
      files: message.files,
      to: message.to,
      replyTo: message.reply_to,
      reactions: message.reactions,
      isDeleted: message.is_deleted,
      message,
      more: false,
    }),
  );
  const pending = room.pending.map(
    (line): ChatLine => ({
      key: `pending-${line.clientId}`,
      participantId: room.selfId,
      name: self?.name ?? "",
      role: self?.role ?? "student",
      at: line.at,
      text: line.text,
      state: line.refusal ? "refused" : "sending",
      refusal: line.refusal,
      clientId: line.clientId,
      files: [],
      to: line.to,
      replyTo: line.replyTo,
      reactions: [],
      isDeleted: false,
      message: null,
      more: false,
    }),
  );
  const all: ChatLine[] = [...sent, ...pending];
  return all.map((line, at) => ({ ...line, more: follows(all[at - 1], line) }));
}

function follows(before: ChatLine | undefined, line: ChatLine): boolean {
  if (before?.participantId !== line.participantId || line.replyTo !== "") return false;
  if (addressee(before) !== addressee(line)) return false;
  return Date.parse(line.at) - Date.parse(before.at) < TOGETHER_MS;
}

/** A line on its way to a person or a group has another name for them than a sent one. */
function addressee(line: ChatLine): string {
  return line.to.replace(/^to:/, "").replace(/^group:.*$/, "group");
}
