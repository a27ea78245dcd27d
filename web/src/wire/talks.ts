/** The talk a room is for, and what is done with it afterwards (docs/http_clients.md). */
import { change } from "./api";
import type { DeskBookingWhole } from "./booking";
import { request } from "./http";

export interface TalkClient {
  booking_id: string;
  /** Empty for whoever may not open them. */
  client_id: string;
  name: string;
  zone: string;
  locale: string;
  state: DeskBookingWhole["state"];
  revision: number;
  unsigned: number;
  is_mine: boolean;
}

export interface TalkRoom {
  org_id: string;
  appointment_id: string;
  host_id: string;
  offer_id: string;
  offer: string;
  at: string;
  until: string;
  now: string;
  zone: string;
  clients: TalkClient[];
  experts: { name: string; member_id: string; link: string }[];
  colleagues: { member_id: string; name: string }[];
}

export interface SentFile {
  id: string;
  name: string;
  bytes: number;
}

const talk = (code: string) => `/api/rooms/by-code/${encodeURIComponent(code)}/talk`;
const booking = (id: string) => `/api/bookings/${encodeURIComponent(id)}`;

export const readTalkRoom = (code: string) => request<TalkRoom>("GET", talk(code));
export const addExpert = (code: string, who: { member_id: string } | { name: string }) =>
  change<TalkRoom>("POST", `${talk(code)}/people`, who);

export const readBooking = (id: string) => request<DeskBookingWhole>("GET", booking(id));
export const endAs = (id: string, how: "held" | "missed" | "correct") =>
  change<DeskBookingWhole>("POST", `${booking(id)}/${how}`, {});
export const sendSummary = (id: string, text: string, files: SentFile[]) =>
  change<DeskBookingWhole>("POST", `${booking(id)}/summary`, { text, files });
