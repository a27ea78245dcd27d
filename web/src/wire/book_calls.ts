/** Public pages, a private link and what is mine: requests of docs/http_booking.md. */
import { withToken } from "./api";
import type {
  Booked,
  FreeTimes,
  HostPage,
  Mine,
  MinePage,
  NewBooking,
  NewWaiting,
  OrgPage,
  Person,
  Ticket,
} from "./booking";
import type { ToSign } from "./forms";
import { download, type Reply, request } from "./http";

export interface Window {
  from: string;
  to: string;
}

const part = encodeURIComponent;
const within = ({ from, to }: Window) => `from=${part(from)}&to=${part(to)}`;

export const readOrg = (org: string, locale: string) =>
  request<OrgPage>("GET", `/api/book/${part(org)}?locale=${part(locale)}`);

export const readHost = (org: string, host: string, locale: string) =>
  request<HostPage>("GET", `/api/book/${part(org)}/${part(host)}?locale=${part(locale)}`);

export const readFree = (org: string, host: string, offer: string, window: Window) =>
  request<FreeTimes>(
    "GET",
    `/api/book/${part(org)}/${part(host)}/offers/${part(offer)}/free?${within(window)}`,
  );

export const book = (org: string, host: string, booking: NewBooking) =>
  withToken(() =>
    request<Booked>("POST", `/api/book/${part(org)}/${part(host)}/bookings`, booking),
  );

export const waitFor = (org: string, host: string, waiting: NewWaiting) =>
  withToken(() =>
    request<{ id: string }>("POST", `/api/book/${part(org)}/${part(host)}/waitlist`, waiting),
  );

/** Whose booking: its id, and the token where this browser came by the private link. */
export interface Whose {
  id: string;
  token: string;
}

const shown = ({ token }: Whose) => (token ? { "X-Booking": token } : undefined);
const pathOf = ({ id }: Whose) => `/api/mine/bookings/${part(id)}`;

/** The appointment as a file for a calendar. */
export const readEvent = (whose: Whose) => download(`${pathOf(whose)}/event.ics`, shown(whose));

export const readMine = (locale: string) =>
  request<MinePage>("GET", `/api/mine?locale=${part(locale)}`);

export const readTicket = (token: string, locale: string) =>
  request<Ticket | Mine>("GET", `/api/mine/ticket?locale=${part(locale)}`, undefined, {
    "X-Booking": token,
  });

export interface MyInvoice {
  id: string;
  number: string;
  state: string;
  amount: number;
  received: number;
  returned: number;
  owed: number;
  currency: string;
  created_at: string;
}

/** A package: so many appointments, `left` of them until a day. */
export interface MyCredit {
  id: string;
  name: string;
  total: number;
  left: number;
  until: string;
}

export const readInvoices = () => request<MyInvoice[]>("GET", "/api/mine/invoices");
export const readCredits = () => request<MyCredit[]>("GET", "/api/mine/credits");

/** A booking's money: what is owed, what was paid, and what the rule gives back now. */
export interface MyMoney {
  price: number;
  currency: string;
  invoice: MyInvoice | null;
  package: MyCredit | null;
  rule: { percent: number; amount: number; until: string | null };
  is_online: boolean;
  is_test: boolean;
  how: string;
  hold_until: string | null;
}

export const readMoney = (whose: Whose) =>
  request<MyMoney>("GET", `${pathOf(whose)}/money`, undefined, shown(whose));

/** What a code of a package pays. */
export const tryVoucher = (org: string, code: string, offer: string) =>
  withToken(() => request<MyCredit>("POST", `/api/book/${org}/voucher`, { code, offer_id: offer }));

/** The address of the company's page; `back` is the path to come back to. */
export const beginToPay = (invoice: string, back: string) =>
  withToken(() => request<{ url: string }>("POST", `/api/mine/invoices/${invoice}/pay`, { back }));

/** The invoice, after the company was asked what became of its page. */
export const lookForPayment = (invoice: string) =>
  withToken(() => request<MyInvoice>("POST", `/api/mine/invoices/${invoice}/look`, {}));

/** Free times for moving it; its own time counts as free. */
export const readFreeToMove = (whose: Whose, window: Window) =>
  request<FreeTimes>("GET", `${pathOf(whose)}/free?${within(window)}`, undefined, shown(whose));

function act<T>(whose: Whose, deed: string, body: unknown = {}): Reply<T> {
  return withToken(() => request<T>("POST", `${pathOf(whose)}/${deed}`, body, shown(whose)));
}

export const askDigits = (whose: Whose) => act<undefined>(whose, "code");
export const showDigits = (whose: Whose, digits: string) => act<Mine>(whose, "known", { digits });
export const confirm = (whose: Whose, digits?: string) =>
  act<Booked>(whose, "confirm", digits ? { digits } : {});
export const move = (whose: Whose, at: string, revision: number) =>
  act<Mine>(whose, "move", { at, revision });
export const cancel = (whose: Whose, why: string) => act<Mine>(whose, "cancel", why ? { why } : {});
export const rate = (whose: Whose, rating: { stars: number; comment: string; may_show: boolean }) =>
  act<Mine>(whose, "rating", rating);
export const remind = (whose: Whose, on: boolean) => act<Mine>(whose, "reminders", { on });
export const keepInAccount = (whose: Whose) => act<Mine>(whose, "keep");
/** Into the waiting room, or to the place that is theirs there already. */
export const beginVisit = (whose: Whose) => act<{ id: string }>(whose, "visit");
/** What is still to be signed, and what was signed or taken back. */
export interface MyForms {
  to_sign: ToSign[];
  signatures: {
    number: number;
    version_id: string;
    title: Record<string, string>;
    is_withdrawal: boolean;
    at: string;
  }[];
}

export const readSigned = (whose: Whose) =>
  request<MyForms>("GET", `${pathOf(whose)}/forms`, undefined, shown(whose));
export const takeBack = (whose: Whose, version: string) =>
  withToken(() =>
    request<MyForms>("DELETE", `${pathOf(whose)}/forms/${part(version)}`, undefined, shown(whose)),
  );

export type Wish = "export" | "erase";
/** Asks the organisation for a copy of everything, or to forget it. */
export const wish = (whose: Whose, kind: Wish) => act<undefined>(whose, "wish", { kind });
export const newLink = (whose: Whose) => act<{ token: string }>(whose, "link");

export const changePerson = (person: { booking_id: string } & Partial<Person>) =>
  withToken(() => request<{ person: Person }>("PATCH", "/api/mine/person", person));

/** This browser is known as nobody any more. */
export const forgetHere = () => withToken(() => request<undefined>("POST", "/api/mine/forget"));
export const leaveWaiting = (id: string) =>
  withToken(() => request<undefined>("DELETE", `/api/mine/waiting/${part(id)}`));
