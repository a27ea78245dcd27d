/** Texts to be signed, for who books (docs/http_clients.md). */
import { request } from "./http";

export interface ToSign {
  form_id: string;
  version_id: string;
  number: number;
  /** By language. */
  texts: Record<string, { title: string; text: string }>;
  sha: string;
}

export const readOfferForms = (offer: string) =>
  request<ToSign[]>("GET", `/api/offers/${encodeURIComponent(offer)}/forms`);
