/** To whom somebody may write now, and how a message says for whom it is. */
import { participantOf, type RoomState, selfOf } from "../../../room/state";
import { t } from "../../../text/text";
import type { ChatMessage, Participant, Role } from "../../../wire/messages";

export function leads(role: Role): boolean {
  return role === "host" || role === "assistant";
}

/** Those that are no single person: "room", "staff", "group", "groups". */
export function circlesOf(room: RoomState): string[] {
  const self = selfOf(room);
  if (!self || self.role === "observer" || self.chat_muted) return [];
  const circles: string[] = room.rights.may_chat ? ["room"] : [];
  if (room.rights.may_chat && self.group !== "") circles.push("group");
  circles.push("staff");
  const grouped = room.participants.some((one) => one.group !== "");
  if (room.rights.may_order && grouped) circles.push("groups");
  return circles;
}

export function peopleFor(room: RoomState): Participant[] {
  const self = selfOf(room);
  if (!self || self.role === "observer" || self.chat_muted) return [];
  return room.participants.filter(
    (one) => one.id !== self.id && (leads(one.role) || room.rights.may_whisper),
  );
}

/** The one that is chosen, or the first there is; null when nobody may be written to. */
export function recipientOf(room: RoomState, chosen: string): string | null {
  const circles = circlesOf(room);
  if (circles.includes(chosen)) return chosen;
  if (peopleFor(room).some((one) => one.id === chosen)) return chosen;
  // Who wrote to one person never writes to all by an accident of the list.
  const isPerson = !["room", "staff", "group", "groups"].includes(chosen);
  return isPerson ? null : (circles[0] ?? null);
}

export function recipientName(room: RoomState, to: string): string {
  return participantOf(room, to)?.name ?? t(`talk-to-${to}`);
}

/** The words over the field. */
export function promptFor(room: RoomState, to: string | null): string {
  if (to === null) return t("talk-write-gone");
  const person = participantOf(room, to);
  return person ? t("talk-write-person", { name: person.name }) : t(`talk-write-${to}`);
}

/** For whom a message is, when it is not for everybody; `to` as the server or as we write it. */
export function audienceNote(room: RoomState, to: string): string | null {
  if (to === "room") return null;
  if (to === "staff" || to === "groups") return t(`talk-only-${to}`);
  if (to === "group" || to.startsWith("group:")) return t("talk-only-group");
  const id = to.replace(/^to:/, "");
  if (id === room.selfId) return t("talk-only-you");
  const name = participantOf(room, id)?.name ?? nameBefore(room, id);
  return t("talk-only-person", { name: name ?? t("talk-somebody") });
}

/** Somebody who has left is still named by what they wrote. */
function nameBefore(room: RoomState, id: string): string | undefined {
  return room.chat.find((one) => one.participant_id === id)?.name;
}

/** What stands for a message in a line of its own; without words it is named by what came with it. */
export function quoted(message: ChatMessage): string {
  if (message.text) return message.text;
  const count = message.files.length;
  return count > 0 ? t("files-in-message", { count }) : t("talk-reply-deleted");
}

/** The address to answer a message under: a private one privately, one of a group in the group. */
export function answerTo(room: RoomState, message: { to: string; participant_id: string }): string {
  if (message.to.startsWith("to:")) {
    return message.participant_id === room.selfId ? message.to.slice(3) : message.participant_id;
  }
  if (message.to.startsWith("group:")) return "group";
  return message.to;
}
