/** What the controls and the keys do, with a word about it when it did not work. */
import type { CaptureRefusal } from "../../media/capture";
import { participantOf } from "../../room/state";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { announce, toast } from "../../ui/live";
import type { ShareMode } from "../../wire/messages";
import { leaveSeat, updateSeat } from "../../wire/seats";
import type { Desk } from "./desk";
import { hasUnsent } from "./files/unsent";

export async function setMicrophone(desk: Desk, on: boolean): Promise<void> {
  const { microphone } = desk.session;
  if (on && !desk.room.value.rights.may_speak) return sayLock(desk, "microphone");
  await microphone.set(on);
  updateSeat(desk.code, { microphoneOn: microphone.on.value });
  desk.trouble.value = on && microphone.refusal.value ? "microphone" : null;
  if (!desk.trouble.value)
    announce(microphone.on.value ? t("room-say-unmuted") : t("room-say-muted"));
}

export function toggleMicrophone(desk: Desk): Promise<void> {
  return setMicrophone(desk, !desk.session.microphone.on.value);
}

export async function toggleCamera(desk: Desk): Promise<void> {
  const { camera } = desk.session;
  const on = !camera.on.value;
  if (on && !desk.room.value.rights.may_show_camera) return sayLock(desk, "camera");
  await camera.set(on);
  updateSeat(desk.code, { cameraOn: camera.on.value });
  desk.trouble.value = on && camera.refusal.value ? "camera" : null;
  if (!desk.trouble.value)
    announce(camera.on.value ? t("room-say-camera-on") : t("room-say-camera-off"));
}

/** A student's right is only ever taken by a lock; who never had it is offered no control. */
function sayLock(desk: Desk, what: "microphone" | "camera" | "share"): void {
  if (desk.self.value?.role === "student") toast(t(`error-lock-${what}`));
}

/** Some reasons are the browser's and the same for both devices. */
export function refusalKey(refusal: CaptureRefusal, kind: "microphone" | "camera"): string {
  const own = refusal === "denied" || refusal === "none" || refusal === "busy";
  return own ? `refusal-${refusal}-${kind}` : `refusal-${refusal}`;
}

export function pressShare(desk: Desk): void {
  const { share } = desk.session;
  if (share.video.value) {
    share.stop();
    return;
  }
  if (!desk.room.value.rights.may_share) {
    sayLock(desk, "share");
    return;
  }
  const { stage, board } = desk.room.value;
  const presenter = stage.board
    ? participantOf(desk.room.value, board.presenter)
    : desk.presenter.value;
  const own = desk.self.value?.role;
  // The server would refuse it too, but only after the person has picked a window.
  if (presenter && own === "student" && (stage.board || presenter.role === "host")) {
    toast(t(stage.board ? "board-share-taken" : "room-share-taken", { name: presenter.name }));
    return;
  }
  desk.overlay.value = "share";
}

export async function startShare(desk: Desk, mode: ShareMode, sound: boolean): Promise<void> {
  desk.overlay.value = "none";
  const end = await desk.session.share.start(mode, sound);
  if (!end || end.by === "person") return;
  if (end.by === "server") toast(refusalText(end.refusal.code, end.refusal.params));
  else toast(t(`room-share-failed-${end.reason === "unsupported" ? "unsupported" : "other"}`));
}

/** Who may end the class for everyone is asked which of the two is meant. */
export function leave(desk: Desk): void {
  if (desk.room.value.rights.may_end || hasUnsent(desk)) desk.overlay.value = "leave";
  else void leaveNow(desk);
}

export async function leaveNow(desk: Desk): Promise<void> {
  desk.overlay.value = "none";
  leaveSeat(desk.code);
  await desk.session.leave();
}

export async function endForAll(desk: Desk): Promise<void> {
  const answer = await desk.session.end();
  if (answer.ok) desk.overlay.value = "none";
  else toast(refusalText(answer.error.code, answer.error.params));
}
