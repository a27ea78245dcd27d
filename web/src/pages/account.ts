/** Who is signed in, as the pages see it. Loaded once; every page may wait for it. */
import { signal } from "@preact/signals";
import type { Result } from "../result";
import { readSession, type Session, signOut as sendSignOut } from "../wire/api";
import type { Problem } from "../wire/http";
import { forgetAllSeats } from "../wire/seats";

/** null until the first answer. */
export const session = signal<Session | null>(null);
export const sessionFault = signal<Problem | null>(null);

export async function loadSession(): Promise<void> {
  keepSession(await readSession());
}

/** Takes the answer of any request that gives a session. */
export function keepSession(result: Result<Session, Problem>): void {
  if (result.ok) session.value = result.value;
  sessionFault.value = result.ok ? null : result.error;
}

export async function signOut(): Promise<Problem | null> {
  const result = await sendSignOut();
  if (!result.ok) return result.error;
  forgetAllSeats();
  // The session's token went with the session: the next form needs a fresh one.
  await loadSession();
  return null;
}
