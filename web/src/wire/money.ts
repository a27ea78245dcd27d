/** Invoices, payments, packages and figures for the team (docs/http_money.md). Minor units. */
import { change } from "./api";
import { request } from "./http";

export type InvoiceState = "open" | "paid" | "part_refunded" | "refunded" | "void";

export interface Payment {
  id: number;
  invoice_id: string;
  number: string;
  kind: "paid" | "refund" | "spare" | "spare_back" | "odd";
  state: "done" | "asked" | "failed" | "undone";
  amount: number;
  currency: string;
  gateway: string;
  note: string;
  at: string;
}

export interface Invoice {
  id: string;
  number: string;
  kind: "booking" | "package";
  booking_id: string;
  state: InvoiceState;
  amount: number;
  received: number;
  returned: number;
  owed: number;
  currency: string;
  lines: { text: string; amount: number; at: string | null }[];
  due_at: string | null;
  created_at: string;
  client_id: string;
  client_name: string;
  host_id: string;
  /** Owed, and its day is over. */
  is_late: boolean;
  payments: Payment[];
}

export interface InvoiceWhole extends Invoice {
  /** What the rule gives back when the client cancels now. */
  rule: { percent: number; amount: number; until: string | null } | null;
  may_take: boolean;
  may_refund: boolean;
}

export interface Invoices {
  invoices: Invoice[];
  has_more: boolean;
  to_look_at: Payment[];
}

const part = encodeURIComponent;
const one = (id: string) => `/api/invoices/${part(id)}`;

export function listInvoices(org: string, states: readonly InvoiceState[], after?: string) {
  const asked = new URLSearchParams({ org, state: states.join(",") });
  if (after) asked.set("after", after);
  return request<Invoices>("GET", `/api/invoices?${asked}`);
}

export const invoicesOfBooking = (org: string, booking: string) =>
  request<Invoices>("GET", `/api/invoices?${new URLSearchParams({ org, booking })}`);

/** 50 of a client's, the newest first; `after` is the last one told. */
export function invoicesOfClient(org: string, client: string, after?: string) {
  const asked = new URLSearchParams({ org, client });
  if (after) asked.set("after", after);
  return request<Invoices>("GET", `/api/invoices?${asked}`);
}

export const readInvoice = (id: string) => request<InvoiceWhole>("GET", one(id));

type Made = { invoice: Invoice };

export const markPaid = (id: string, amount: number | null, note: string) =>
  change<Made>("POST", `${one(id)}/paid`, { amount, note });
export const undoPayment = (id: string, payment: number) =>
  change<Made>("POST", `${one(id)}/undo`, { payment_id: payment });
export const refund = (id: string, amount: number, why: string, done: boolean) =>
  change<Made>("POST", `${one(id)}/refund`, { amount, why, is_done: done });
export const voidInvoice = (id: string) => change<Made>("POST", `${one(id)}/void`, {});
export const settlePayment = (id: number) =>
  change<Payment>("POST", `/api/payments/${id}/done`, {});

export interface Package {
  id: string;
  name: string;
  offer_ids: string[];
  credits: number;
  price: number;
  currency: string;
  days: number;
  is_on: boolean;
}

export interface NewPackage {
  name: string;
  credits: number;
  price: number;
  days: number;
}

const packages = (org: string) => `/api/organisations/${part(org)}/packages`;

export const listPackages = (org: string) => request<Package[]>("GET", packages(org));
export const addPackage = (org: string, made: NewPackage) =>
  change<Package>("POST", packages(org), { ...made, offer_ids: [] });
export const switchPackage = (org: string, id: string, on: boolean) =>
  change<Package>("PATCH", `${packages(org)}/${part(id)}`, { is_on: on });
export const sellPackage = (org: string, id: string, client: string) =>
  change<{ code: string; invoice_id: string }>("POST", `${packages(org)}/${part(id)}/sell`, {
    client_id: client,
  });

/** A package that was sold; whose it is is "" until somebody used it. */
export interface Credit {
  id: string;
  name: string;
  client_id: string;
  client_name: string;
  offer_ids: string[];
  total: number;
  left: number;
  until: string;
}

export const listCredits = (org: string, client = "") =>
  request<Credit[]>("GET", `/api/credits?${new URLSearchParams({ org, client })}`);

/** How an organisation is paid; of a key only its end is told. */
export interface PayWays {
  gateway: "offline" | "stripe";
  key_end: string;
  has_signing: boolean;
  is_test: boolean;
  hook: string;
  tax_percent: number;
  tax_note: string;
  how: string;
  reception_refunds: boolean;
  can_stripe: boolean;
}

export type PayWaysChange = Partial<
  Pick<PayWays, "gateway" | "tax_percent" | "tax_note" | "how" | "reception_refunds"> & {
    key: string;
    signing: string;
  }
>;

const ways = (org: string) => `/api/organisations/${part(org)}/payments`;
export const readPayWays = (org: string) => request<PayWays>("GET", ways(org));
export const changePayWays = (org: string, news: PayWaysChange) =>
  change<PayWays>("PUT", ways(org), news);

/** By the organisation's day, which the server knows. */
export type FiguresSpan = "week" | "month" | "last_month" | "quarter" | "year";
export type FiguresBy = "host" | "offer" | "month";

export interface Figures {
  key: string;
  name: string;
  held: number;
  missed: number;
  cancelled: number;
  coming: number;
  minutes: number;
  booked_min: number;
  offered_min: number | null;
  occupancy: number | null;
  stars: number | null;
  ratings: number;
  money: { currency: string; amount: number }[];
}

export interface FiguresReport {
  now: string;
  zone: string;
  from_day: string;
  to_day: string;
  rows: Figures[];
  total: Figures;
  days: { day: string; currency: string; amount: number }[];
}

const asked = (span: FiguresSpan, by: FiguresBy) => new URLSearchParams({ span, by });
const figures = (org: string) => `/api/organisations/${part(org)}/figures`;
export const readFigures = (org: string, span: FiguresSpan, by: FiguresBy) =>
  request<FiguresReport>("GET", `${figures(org)}?${asked(span, by)}`);
export const figuresTable = (org: string, span: FiguresSpan, by: FiguresBy, spoken: string) =>
  `${figures(org)}.csv?${asked(span, by)}&language=${spoken}`;
