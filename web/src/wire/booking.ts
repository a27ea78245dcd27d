/**
 * Shapes of booking: what the public pages, a client and the desk are answered (docs/http_booking.md).
 * Times are ISO 8601 with Z; whoever shows one says in which zone. Prices are in minor units.
 */

export type BookingState =
  | "unconfirmed"
  | "unpaid"
  | "booked"
  | "live"
  | "held"
  | "missed"
  | "cancelled"
  | "lapsed";
export type OfferKind = "talk" | "group";
export type PayWhen = "free" | "before" | "after";
export type Answer = string | number | boolean | string[];
export type Answers = Record<string, Answer>;

/** One question before a talk. */
export interface IntakeField {
  id: string;
  kind: "text" | "long" | "choice" | "several" | "number" | "date" | "yes_no";
  label: string;
  help: string;
  is_required: boolean;
  is_private: boolean;
  /** Its answer is why somebody comes; of one question at most. */
  is_reason?: boolean;
  choices: string[];
}

/** Of ratings that may be shown; `mean` is null without any. */
export interface Stars {
  mean: number | null;
  count: number;
}

export interface OfferCard {
  id: string;
  kind: OfferKind;
  name: string;
  about: string;
  minutes: number;
  seats: number;
  price: number;
  currency: string;
  pay: PayWhen;
}

/** With what is asked before it is booked. `terms`: until how many hours before it may be changed. */
export interface OfferOpen extends OfferCard {
  intake: IntakeField[];
  form_ids: string[];
  terms: { hours: number; moves: number };
}

export interface HostCard {
  slug: string;
  name: string;
  title: string;
  about: string;
  picture: string;
  zone: string;
  is_free: boolean;
  stars: Stars;
}

/** `words`: what this organisation calls a client, a host and a talk, in the language asked for. */
export interface OrgCard {
  slug: string;
  name: string;
  about: string;
  vertical: string;
  locale: string;
  zone: string;
  words: Record<string, string>;
}

/** `GET /api/book/<org>?locale=` */
export interface OrgPage {
  now: string;
  organisation: OrgCard;
  hosts: (HostCard & { offers: OfferCard[] })[];
}

/** `GET /api/book/<org>/<host>?locale=` */
export interface HostPage {
  now: string;
  organisation: OrgCard;
  host: HostCard;
  offers: OfferOpen[];
}

export interface FreeTime {
  at: string;
  left: number;
}

/** `GET /api/book/<org>/<host>/offers/<offer>/free?from=&to=` (at most 62 days); `next` is the first
 * free time after the window, when the window has none. The same for `.../mine/.../free`. */
export interface FreeTimes {
  now: string;
  zone: string;
  free: FreeTime[];
  next: string | null;
}

/** `POST /api/book/<org>/<host>/bookings` */
export interface NewBooking {
  offer_id: string;
  at: string;
  name: string;
  email: string;
  phone?: string;
  zone: string;
  locale: string;
  intake: Answers;
  /** 16 to 64 letters and digits this page made up: the same press twice is one booking. */
  once: string;
  /** A field nobody sees; it must be empty. */
  website: string;
  waited_ms: number;
  voucher?: string;
  agreed: string[];
}

/** The 201 answer. `unconfirmed`: a letter with digits is on its way, `booking` is null and `token`
 * empty; then `POST /api/mine/bookings/<id>/confirm {digits}` gives the same with everything. */
export interface Booked {
  id: string;
  state: BookingState;
  token: string;
  until: string | null;
  booking: Mine | null;
}

/** What whoever has the private link sees. `is_known` false: only this, and the acts of `may` that
 * say "code" ask for the digits first (`POST .../code`, `POST .../known {digits}`). */
export interface Ticket {
  id: string;
  now: string;
  state: BookingState;
  revision: number;
  from: string;
  to: string;
  host: { slug: string; name: string; title: string; picture: string; zone: string };
  organisation: OrgCard;
  kind: OfferKind;
  /** The other person asked for this; until then it is held. */
  until: string | null;
  /** Until when it can be moved or cancelled by yourself. */
  change_until: string;
  may: { move: May; cancel: May; wait: boolean; rate: boolean };
  is_known: boolean;
}

export type May = "yes" | "code" | "late" | "no";

export interface Mine extends Ticket {
  is_known: true;
  offer: OfferCard | null;
  intake: Answers;
  price: number;
  currency: string;
  pay: PayWhen;
  moves_left: number;
  person: Person;
  /** The path of the private link. */
  link: string;
  in_account: boolean;
  summary: string;
  files: { id: string; name: string; bytes: number }[];
  stars: number | null;
  comment: string;
  may_show: boolean;
}

export interface Person {
  name: string;
  email: string;
  phone: string;
  zone: string;
  locale: string;
  wants_reminders: boolean;
}

/** `GET /api/mine` */
export interface MinePage {
  now: string;
  bookings: Mine[];
  waiting: MyWaiting[];
}

export interface MyWaiting {
  id: string;
  organisation: OrgCard;
  host: { slug: string; name: string };
  offer: OfferCard;
  from_day: string;
  to_day: string;
  from_min: number;
  to_min: number;
  state: "waiting" | "offered" | "booked" | "left" | "ended";
}

/** `POST /api/book/<org>/<host>/waitlist`; minutes of the host's day. */
export interface NewWaiting {
  offer_id: string;
  from_day: string;
  to_day: string;
  from_min: number;
  to_min: number;
  name: string;
  email: string;
  zone: string;
  locale: string;
  website: string;
  waited_ms: number;
}

/** An offer at the desk. `hours` null: the host's own; else [{weekday, from_min, to_min}]. */
export interface Offer extends OfferCard {
  host_id: string;
  before_min: number;
  after_min: number;
  hours: { weekday: number; from_min: number; to_min: number }[] | null;
  intake: IntakeField[];
  cancel: { hours?: number; moves?: number; refund?: unknown } | null;
  form_ids: string[];
  position: number;
  is_on: boolean;
}

export interface Host {
  id: string;
  org_id: string;
  slug: string;
  name: string;
  title: string;
  about: string;
  picture: string;
  zone: string;
  is_listed: boolean;
  is_free: boolean;
  /** Whose account it is; null for somebody without one. */
  member_id: string | null;
  /** The path of the public page. */
  page: string;
}

/** A booking in a list of the desk. */
export interface DeskBooking {
  id: string;
  state: BookingState;
  revision: number;
  from: string;
  to: string;
  host: { id: string; name: string; zone: string };
  client: { id: string; name: string };
  offer: { id: string; name: string; kind: OfferKind } | null;
  title: string;
  appointment_id: string;
  series: string;
  seats: number;
  taken: number;
  price: number;
  currency: string;
  pay: PayWhen;
  made_by: "client" | "host" | "reception" | "list";
  until: string | null;
  stars: number | null;
}

/** `GET /api/bookings/<id>`: with the log. `intake` is what this desk may read of it. */
export interface DeskBookingWhole extends DeskBooking {
  intake: { label: string; answer: Answer }[];
  lines: DeskLine[];
  comment: string;
  may_show: boolean;
  is_shown: boolean;
  summary: string;
  files: { id: string; name: string; bytes: number }[];
  held_ms: number | null;
  moves: number;
  client_zone: string;
}

/** `by` is who did it, in a word (client, list, gateway, clock) or the person's name. */
export interface DeskLine {
  number: number;
  at: string;
  deed: string;
  by: string;
  by_name: string;
  body: Record<string, unknown>;
}

export interface DeskBookings {
  now: string;
  bookings: DeskBooking[];
  has_more: boolean;
}

/** `POST /api/series` and `POST /api/rooms/<room>/timetable`; with `dry` nothing is made yet. */
export interface SeriesAnswer {
  id: string;
  made: { at: string; booking_id: string | null }[];
  /** Times that cannot be, with the code why. */
  refused: { at: string; code: string }[];
}
