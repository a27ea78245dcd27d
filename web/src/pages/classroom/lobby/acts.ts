/** What staff asks at the door, with a word about it when it was refused. */
import { signal } from "@preact/signals";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** Whom a dialog asks about before they are removed. */
export const removing = signal<Participant | null>(null);

/** Null lets in everybody who waits. */
export function admit(desk: Desk, participant_id: string | null): void {
  void ask(desk, "lobby.admit", { participant_id });
}

export function turnAway(desk: Desk, participant_id: string): void {
  void ask(desk, "lobby.turn_away", { participant_id });
}

export async function setLobby(desk: Desk, on: boolean): Promise<void> {
  if (await ask(desk, "lobby.set", { on })) toast(t(on ? "lobby-on-toast" : "lobby-off-toast"));
}

export async function lockClass(desk: Desk, on: boolean): Promise<void> {
  if (await ask(desk, "room.lock", { on })) toast(t(on ? "lobby-lock-toast" : "lobby-open-toast"));
}

export async function remove(desk: Desk, person: Participant): Promise<void> {
  removing.value = null;
  if (await ask(desk, "room.remove", { participant_id: person.id })) {
    toast(t("lobby-removed-toast", { name: person.name }));
  }
}

export async function setRole(
  desk: Desk,
  person: Participant,
  role: "assistant" | "student" | "observer",
): Promise<void> {
  if (await ask(desk, "room.set_role", { participant_id: person.id, role })) {
    toast(t(`lobby-role-toast-${role}`, { name: person.name }));
  }
}
