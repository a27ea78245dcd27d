/** The log of letters (docs/http_letters.md). */
import { change } from "./api";
import { request } from "./http";

export type LetterState = "waiting" | "begun" | "sent" | "failed" | "perhaps" | "none" | "dropped";

export interface Letter {
  id: string;
  booking_id: string;
  client_id: string;
  host_id: string;
  kind: string;
  to_name: string;
  to_email: string;
  locale: string;
  subject: string;
  has_calendar: boolean;
  state: LetterState;
  /** Why, in a word; empty when there is nothing to say. */
  reason: string;
  code: number | null;
  attempts: number;
  waits_since: string | null;
  next_at: string | null;
  done_at: string | null;
  created_at: string;
  second_of: string | null;
  may_go_again: boolean;
}

export interface Letters {
  now: string;
  letters: Letter[];
  has_more: boolean;
  is_mail_set: boolean;
}

export interface WholeLetter {
  letter: Letter;
  subject: string;
  text: string;
}

/** Filters; what is empty filters nothing. */
export interface LetterQuery {
  client?: string;
  booking?: string;
  state?: string;
  before?: string;
}

const one = (id: string) => `/api/letters/${encodeURIComponent(id)}`;

export const listLetters = (org: string, query: LetterQuery = {}) =>
  request<Letters>("GET", `/api/letters?${new URLSearchParams({ org, ...query })}`);
export const readLetter = (id: string) => request<WholeLetter>("GET", one(id));
export const sendAgain = (id: string) => change<Letter>("POST", `${one(id)}/again`, {});
