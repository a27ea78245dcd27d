/**
 * What the green room hands over to the classroom in the same page, tracks included. After a
 * refresh there is no handover: the classroom takes its seat from wire/seats instead.
 */
import { signal } from "@preact/signals";
import type { Session } from "../room/session";
import type { Role } from "../wire/messages";

export interface Joining {
  code: string;
  title: string;
  seatToken: string;
  participantId: string;
  role: Role;
  name: string;
  /** Joined muted when its `enabled` is false; null without one. */
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  /** Of the room's router, from /api/rooms/by-code: mediasoup-client's Device.load takes them. */
  rtpCapabilities: Record<string, unknown>;
  /** Connected already, when there was time for it in front of the door. */
  session?: Session | null;
  /** performance.now() of the click on Join. */
  clickedAt: number;
}

export const joining = signal<Joining | null>(null);

/** Where a room's address leads in this tab: first the green room, then the class. */
export type RoomView = "green_room" | "classroom";

export const roomView = signal<RoomView>("green_room");

/** The green room's last act. */
export function enterClass(handover: Joining): void {
  joining.value = handover;
  roomView.value = "classroom";
}

/** From the pages after the class back to the door. The caller has let go of seat and tracks. */
export function returnToGreenRoom(): void {
  joining.value = null;
  roomView.value = "green_room";
}
