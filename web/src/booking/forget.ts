/** What this browser keeps of somebody is taken away: for a computer that is not one's own. */
import type { Result } from "../result";
import { success } from "../result";
import { readSession, signOut } from "../wire/api";
import { forgetHere } from "../wire/book_calls";
import type { Problem } from "../wire/http";

/** How the page looks and speaks says nothing of who used it. */
const KEPT = ["classroom.theme", "classroom.language"];

/** All but what is nobody's own. */
export function emptyStorage(storage: Storage | undefined): void {
  if (!storage) return;
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  for (const key of keys) if (!KEPT.includes(key)) storage.removeItem(key);
}

/** Cookies, an account's session, drafts, seats and names: nothing is left where it could not be
 * asked for. */
export async function forgetMe(): Promise<Result<undefined, Problem>> {
  const gone = await forgetHere();
  if (!gone.ok) return gone;
  const session = await readSession();
  if (!session.ok) return session;
  if (session.value.account) {
    const out = await signOut();
    if (!out.ok) return out;
  }
  emptyStorage(globalThis.sessionStorage);
  emptyStorage(globalThis.localStorage);
  return success(undefined);
}
