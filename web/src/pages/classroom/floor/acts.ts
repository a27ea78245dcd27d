/** What the controls of order ask of the room, with a word about it when it was refused. */
import { signal } from "@preact/signals";
import { isSending } from "../../../room/state";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Grant, Locks, Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";
import type { View } from "../layout";

export type Voice = "microphone" | "camera";

export function mayOrder(desk: Desk): boolean {
  return desk.room.value.rights.may_order;
}

export function isStudent(desk: Desk): boolean {
  return desk.self.value?.role === "student";
}

// Hands

let handPresses = 0;

/** Shown at once and taken back when the server says otherwise. */
export async function raiseHand(desk: Desk, up: boolean): Promise<void> {
  if (up && !desk.room.value.rights.may_raise_hand) {
    if (isStudent(desk)) toast(t("error-lock-hands"));
    return;
  }
  handPresses += 1;
  const press = handPresses;
  desk.handWish.value = up;
  await ask(desk, up ? "hand.raise" : "hand.lower", {});
  // Who presses again before the answer wishes the newer thing.
  if (press === handPresses) desk.handWish.value = null;
}

export function pressHand(desk: Desk): void {
  if (isStudent(desk)) void raiseHand(desk, !desk.handUp.value);
}

export function lowerHand(desk: Desk, participant_id: string): void {
  void ask(desk, "hand.lower", { participant_id });
}

export function lowerAll(desk: Desk): void {
  void ask(desk, "hand.lower", { all: true });
}

// The stage

const STORED = "classroom.stage_grant";
const FIRST: Grant = { microphone: true, camera: true, share: false, pen: false };

function storedGrant(): Grant {
  try {
    return { ...FIRST, ...JSON.parse(globalThis.localStorage?.getItem(STORED) ?? "{}") };
  } catch {
    return FIRST;
  }
}

/** What a student gets on stage, as it was chosen last on this computer. */
export const stageGrant = signal<Grant>(storedGrant());

export function setStageGrant(grant: Grant): void {
  stageGrant.value = grant;
  globalThis.localStorage?.setItem(STORED, JSON.stringify(grant));
}

export function bringOnStage(desk: Desk, participant_id: string): void {
  void ask(desk, "stage.bring", { participant_id, ...stageGrant.value });
}

/** Without a name oneself. */
export function leaveStage(desk: Desk, participant_id?: string): void {
  void ask(desk, "stage.leave", participant_id ? { participant_id } : {});
}

// Muting and asking

export function mute(desk: Desk, participant_id: string, source: Voice): void {
  void ask(desk, "floor.mute", { participant_id, source });
}

export function studentsSending(desk: Desk, source: Voice): Participant[] {
  return desk.people.value.filter((one) => one.role === "student" && isSending(one.media, source));
}

export async function muteAll(desk: Desk, source: Voice): Promise<void> {
  const count = studentsSending(desk, source).length;
  if (await ask(desk, "floor.mute", { participant_id: null, source })) {
    toast(t(`floor-muted-${source}`, { count }));
  }
}

export async function askToSpeak(desk: Desk, person: Participant, source: Voice): Promise<void> {
  if (await ask(desk, "floor.ask", { participant_id: person.id, source })) {
    toast(t("floor-asked-toast", { name: person.name }));
  }
}

export function decline(desk: Desk, source: Voice): void {
  void ask(desk, "floor.decline", { source });
}

// Order for all

export function setLocks(desk: Desk, locks: Partial<Locks>): void {
  void ask(desk, "floor.set_locks", locks);
}

export function setSpotlight(desk: Desk, participant_id: string | null): void {
  void ask(desk, "floor.spotlight", { participant_id });
}

/** For everybody, or with null for nobody; who leads is followed from then on. */
export function setLayout(desk: Desk, view: View | null, leads: boolean): void {
  void ask(desk, "floor.layout", { view, leads });
}

export function setFocusMode(desk: Desk, on: boolean): void {
  void ask(desk, "floor.focus", { on });
}
