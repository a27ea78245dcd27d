/** What can be booked with a host, as the desk keeps it (docs/http_booking.md). */
import { change } from "./api";
import type { Host, Offer } from "./booking";
import { request } from "./http";

export type OfferGiven = Partial<Omit<Offer, "id" | "host_id">>;

const id = encodeURIComponent;

export const readHost = (one: string) => request<Host>("GET", `/api/hosts/${id(one)}`);
export const listOffers = (hostId: string) =>
  request<Offer[]>("GET", `/api/hosts/${id(hostId)}/offers`);
export const createOffer = (hostId: string, offer: OfferGiven) =>
  change<Offer>("POST", `/api/hosts/${id(hostId)}/offers`, offer);
export const changeOffer = (one: string, news: OfferGiven) =>
  change<Offer>("PATCH", `/api/offers/${id(one)}`, news);
export const removeOffer = (one: string) => change<undefined>("DELETE", `/api/offers/${id(one)}`);
