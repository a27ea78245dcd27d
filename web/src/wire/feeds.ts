/** Calendars from elsewhere whose entries take a host's time, and our own for others
 * (docs/http_hours.md). */
import { change } from "./api";
import { request } from "./http";

export interface Feed {
  id: string;
  /** The host name of its address, which is a secret. */
  site: string;
  name: string;
  kind: "busy" | "holidays";
  is_on: boolean;
  state: "waiting" | "read" | "failing" | "off";
  events: number;
  problems: string[];
  failure: string;
  failing_since: string | null;
  tried_at: string | null;
  read_at: string | null;
  next_at: string;
}

/** Paths; whoever has one reads what it shows. */
export interface FeedAddresses {
  plain: string;
  offer: string;
  client: string;
}

const host = (one: string) => `/api/hosts/${encodeURIComponent(one)}`;
const feed = (hostId: string, one: string) => `${host(hostId)}/feeds/${encodeURIComponent(one)}`;

export const listFeeds = (hostId: string) => request<Feed[]>("GET", `${host(hostId)}/feeds`);
export const addFeed = (hostId: string, given: { url: string; kind: Feed["kind"] }) =>
  change<Feed>("POST", `${host(hostId)}/feeds`, given);
export const changeFeed = (hostId: string, one: string, news: { is_on: boolean }) =>
  change<Feed>("PATCH", feed(hostId, one), news);
export const removeFeed = (hostId: string, one: string) =>
  change<undefined>("DELETE", feed(hostId, one));
export const readFeedNow = (hostId: string, one: string) =>
  change<Feed>("POST", `${feed(hostId, one)}/read`, {});
export const feedAddresses = (hostId: string) =>
  request<FeedAddresses>("GET", `${host(hostId)}/feed-address`);
export const renewFeedAddresses = (hostId: string) =>
  change<FeedAddresses>("POST", `${host(hostId)}/feed-address`, {});
