/** The organisation whose desk is shown: the one chosen last, else the first; and its words. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { language } from "../../text/text";
import type { Problem } from "../../wire/http";
import { listOrganisations, type Organisation, type Word } from "../../wire/organisations";
import { loadSession, session } from "../account";

const CHOSEN = "classroom.organisation";

/** null until they were asked for. */
export const organisations = signal<readonly Organisation[] | null>(null);
export const organisationFault = signal<Problem | null>(null);
const chosen = signal(remembered());
let of = "";

function remembered(): string {
  try {
    return localStorage.getItem(CHOSEN) ?? "";
  } catch {
    return "";
  }
}

export async function loadOrganisations(): Promise<void> {
  const account = session.value?.account?.id ?? "";
  const result = await listOrganisations();
  organisationFault.value = result.ok ? null : result.error;
  if (result.ok) {
    of = account;
    organisations.value = result.value;
  } else if (result.error.code === "session.required") await loadSession();
}

/** The present one; null when there is none, undefined while nobody knows. */
export function organisationNow(): Organisation | null | undefined {
  const all = organisations.value;
  if (all === null) return undefined;
  return all.find((one) => one.id === chosen.value) ?? all[0] ?? null;
}

/** The same for a page, which is drawn again when it changes; asked for when somebody else is
 * signed in now. */
export function useOrganisation(): Organisation | null | undefined {
  const account = session.value?.account?.id ?? "";
  useEffect(() => {
    if (organisations.value === null || of !== account) void loadOrganisations();
  }, [account]);
  return of === account || organisations.value === null ? organisationNow() : undefined;
}

export function chooseOrganisation(id: string): void {
  chosen.value = id;
  try {
    localStorage.setItem(CHOSEN, id);
  } catch {
    // It is chosen for this visit, then.
  }
}

/** One is another now, or new. */
export function keepOrganisation(one: Organisation): void {
  const all = organisations.value ?? [];
  const known = all.some(({ id }) => id === one.id);
  organisations.value = known ? all.map((old) => (old.id === one.id ? one : old)) : [...all, one];
  if (!known) chooseOrganisation(one.id);
}

/** The organisation's own word in the reader's language; a sentence begins with a capital. */
export function wordOf(org: Organisation, word: Word, capital = false): string {
  const text = org.spoken[language.value === "zh-CN" ? "zh-CN" : "en"][word];
  return capital ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
