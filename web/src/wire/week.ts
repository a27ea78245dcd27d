/** A host's week, and what is done with appointments at the desk (docs/http_booking.md). */
import { change } from "./api";
import type { DeskBookingWhole, SeriesAnswer } from "./booking";
import { request } from "./http";

export type EntryKind = "talk" | "group" | "class" | "block";

export interface Comer {
  booking_id: string;
  state: string;
  revision: number;
  client_id: string;
  name: string;
  zone: string;
}

export interface WeekEntry {
  id: string;
  kind: EntryKind;
  title: string;
  at: string;
  to: string;
  busy_from: string;
  busy_to: string;
  state: string;
  offer_id: string;
  offer: string;
  room_id: string;
  room_code: string;
  series: string;
  seats: number;
  taken: number;
  people: Comer[];
}

export interface WeekDay {
  day: string;
  zone: string;
  is_away: boolean;
  why: string;
}

export interface Week {
  now: string;
  zone: string;
  step_min: number;
  days: WeekDay[];
  entries: WeekEntry[];
  busy: { at: string; to: string }[];
  open: { at: string; to: string }[];
  free: { at: string; left: number }[];
  may_change: boolean;
}

export interface NewClient {
  name: string;
  email: string;
}

/** Somebody known, or somebody new. */
export type WhoFor = { client_id: string } | { client: NewClient };

export interface NewTalk {
  host_id: string;
  offer_id: string;
  at: string;
  anyway?: boolean;
  tell?: boolean;
}

export type Every = "day" | "week" | "2 weeks";

export interface NewSeries {
  host_id: string;
  offer_id: string;
  first: string;
  every: Every;
  count: number;
  skip?: boolean;
  dry?: boolean;
  tell?: boolean;
}

export interface NewClasses {
  host_id: string;
  first: string;
  every: Every;
  minutes: number;
  count: number;
  skip?: boolean;
  dry?: boolean;
}

export interface Lesson {
  id: string;
  from: string;
  to: string;
  series: string;
}

export interface BlockGiven {
  from: string;
  to: string;
  title: string;
}

const id = encodeURIComponent;
const host = (one: string) => `/api/hosts/${id(one)}`;
const booking = (one: string) => `/api/bookings/${id(one)}`;
const timetable = (room: string) => `/api/rooms/${id(room)}/timetable`;

export const readWeek = (hostId: string, from: string, days: number, offer: string) =>
  request<Week>(
    "GET",
    `${host(hostId)}/week?${new URLSearchParams({ from, days: String(days), offer_id: offer })}`,
  );

export const bookFor = (talk: NewTalk & WhoFor) =>
  change<DeskBookingWhole>("POST", "/api/bookings", talk);
export const moveBooking = (one: string, to: { at: string; revision: number; anyway: boolean }) =>
  change<DeskBookingWhole>("POST", `${booking(one)}/move`, to);
export const cancelBooking = (one: string, how: { why: string; tell: boolean }) =>
  change<DeskBookingWhole>("POST", `${booking(one)}/cancel`, how);

export const addSeries = (series: NewSeries & WhoFor) =>
  change<SeriesAnswer>("POST", "/api/series", series);
export const cancelSeries = (one: string) =>
  change<{ cancelled: number }>("DELETE", `/api/series/${id(one)}`);

export const addBlock = (hostId: string, block: BlockGiven) =>
  change<{ id: string }>("POST", `${host(hostId)}/blocks`, block);
export const changeBlock = (hostId: string, one: string, block: BlockGiven) =>
  change<{ id: string }>("PATCH", `${host(hostId)}/blocks/${id(one)}`, block);
export const removeBlock = (hostId: string, one: string) =>
  change<undefined>("DELETE", `${host(hostId)}/blocks/${id(one)}`);

export const readTimetable = (room: string) => request<Lesson[]>("GET", timetable(room));
export const addClasses = (room: string, classes: NewClasses) =>
  change<SeriesAnswer>("POST", timetable(room), classes);
export const removeClass = (room: string, one: string, rest: boolean) =>
  change<undefined>("DELETE", `${timetable(room)}/${id(one)}${rest ? "?rest=true" : ""}`);
