/**
 * What the green room hands over to the classroom in the same page, tracks included. After a
 * refresh there is no handover: the classroom takes its seat from wire/seats instead.
 */
import { signal } from "@preact/signals";
import type { Role } from "../wire/messages";

export interface Joining {
  code: string;
  title: string;
  seatToken: string;
  participantId: string;
  role: Role;
  name: string;
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  /** Of the room's router, from /api/rooms/by-code: mediasoup-client's Device.load takes them. */
  rtpCapabilities: Record<string, unknown>;
  /** performance.now() of the click on Join. */
  clickedAt: number;
}

export const joining = signal<Joining | null>(null);
