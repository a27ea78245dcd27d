/** What a visitor has typed so far, kept in this tab until it is booked. */
import type { Answers } from "../wire/booking";

export interface Draft {
  name: string;
  email: string;
  phone: string;
  intake: Answers;
  agreed: string[];
  voucher: string;
  /** The same press twice is one booking; another time or another offer is another one. */
  once: string;
  onceFor: string;
}

export const EMPTY: Draft = {
  name: "",
  email: "",
  phone: "",
  intake: {},
  agreed: [],
  voucher: "",
  once: "",
  onceFor: "",
};

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ONCE_LENGTH = 24;

function newOnce(): string {
  const random = crypto.getRandomValues(new Uint8Array(ONCE_LENGTH));
  return [...random].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}

/** The draft with the name of this very press: kept for the same time, made up for another. */
export function pressed(draft: Draft, offer: string, at: string): Draft {
  const onceFor = `${offer} ${at}`;
  if (draft.once && draft.onceFor === onceFor) return draft;
  return { ...draft, once: newOnce(), onceFor };
}

/** Reads what was kept; whatever is not of the right kind is left out. */
export function readDraft(text: string | null): Draft {
  let found: unknown;
  try {
    found = JSON.parse(text ?? "null");
  } catch {
    return EMPTY;
  }
  if (typeof found !== "object" || found === null) return EMPTY;
  const draft: Record<string, unknown> = { ...EMPTY };
  for (const [key, empty] of Object.entries(EMPTY)) {
    const value = (found as Record<string, unknown>)[key];
    const fits =
      typeof value === typeof empty &&
      value !== null &&
      Array.isArray(value) === Array.isArray(empty);
    if (fits) draft[key] = value;
  }
  return draft as unknown as Draft;
}

const keyOf = (org: string, host: string) => `classroom.draft.${org}.${host}`;

export function keptDraft(org: string, host: string): Draft {
  return readDraft(globalThis.sessionStorage?.getItem(keyOf(org, host)) ?? null);
}

export function keepDraft(org: string, host: string, draft: Draft): void {
  globalThis.sessionStorage?.setItem(keyOf(org, host), JSON.stringify(draft));
}

/** After booking: the person stays, the answers and the press do not. */
export function dropDraft(org: string, host: string, draft: Draft): Draft {
  const rest = { ...EMPTY, name: draft.name, email: draft.email, phone: draft.phone };
  keepDraft(org, host, rest);
  return rest;
}
