/** Webhooks and API tokens as the server tells them; shapes as docs/http_webhooks.md, http_api.md. */
import { change } from "./api";
import { type Reply, request } from "./http";

export interface Webhook {
  id: string;
  url: string;
  /** Empty: all own rooms. */
  room_id: string;
  kinds: string[];
  is_on: boolean;
  created_at: string;
  failing_since: string | null;
  with_people: boolean;
}

export interface Delivery {
  id: string;
  type: string;
  created_at: string;
  attempts: number;
  state: "waiting" | "taken" | "failed";
  /** What was answered the last time, when that was not a yes. */
  status: number | null;
  failure: string;
  next_at: string | null;
  done_at: string | null;
}

/** What a webhook may hear of. */
export const KINDS = [
  "room.created",
  "room.deleted",
  "lesson.started",
  "lesson.ended",
  "participant.joined",
  "participant.left",
  "hand.raised",
  "poll.closed",
  "file.added",
  "recording.ready",
  "recording.expiring",
  "recording.deleted",
  "booking.made",
  "booking.confirmed",
  "booking.moved",
  "booking.cancelled",
  "booking.lapsed",
  "booking.held",
  "booking.missed",
  "booking.corrected",
  "booking.paid",
  "booking.refunded",
  "booking.rated",
  "client.waiting",
  "client.admitted",
  "client.merged",
  "reminder.due",
] as const;

const hookPath = (id: string) => `/api/webhooks/${encodeURIComponent(id)}`;

export const listHooks = () => request<Webhook[]>("GET", "/api/webhooks");

export interface NewHook {
  url: string;
  room_id: string;
  kinds: readonly string[];
  /** Who the client of a booking is. */
  with_people: boolean;
}

export const addHook = (hook: NewHook) =>
  change<Webhook & { secret: string }>("POST", "/api/webhooks", hook);

export const switchHook = (id: string, on: boolean) =>
  change<Webhook>("PATCH", hookPath(id), { is_on: on });

export const removeHook = (id: string) => change<undefined>("DELETE", hookPath(id));

export const testHook = (id: string) => change<undefined>("POST", `${hookPath(id)}/test`, {});

export const listDeliveries = (id: string): Reply<Delivery[]> =>
  request<Delivery[]>("GET", `${hookPath(id)}/deliveries`);

export type Scope = "read" | "write";

export interface ApiToken {
  id: string;
  name: string;
  scope: Scope;
  created_at: string;
  used_at: string | null;
  expires_at: string | null;
}

export const listTokens = () => request<ApiToken[]>("GET", "/api/tokens");

export const addToken = (token: { name: string; scope: Scope; valid_days: number | null }) =>
  change<ApiToken & { token: string }>("POST", "/api/tokens", token);

export const removeToken = (id: string) =>
  change<undefined>("DELETE", `/api/tokens/${encodeURIComponent(id)}`);
