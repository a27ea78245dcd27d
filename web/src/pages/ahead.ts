/**
 * A seat that is connected before the click on Join: while somebody looks at themselves in front of
 * the door, the socket is opened and the paths of the media are made, so that joining is one
 * request. There is one in a page at most, and it is closed when nobody takes it.
 */
import type { Session } from "../room/session";
import { type SeatGrant, takeSeat } from "../wire/api";
import type { JsonObject } from "../wire/messages";
import { lastSeat, tabId } from "../wire/seats";

/** The server closes what was prepared after ten minutes. */
const KEPT_MS = 9 * 60_000;

/** For whom it is: whoever types another name, or takes back a yes, needs another seat. */
export interface Comer {
  code: string;
  name: string;
  /** The text on recording they agreed to; empty where none is asked. */
  agreed: string;
}

export interface Prepared {
  grant: SeatGrant;
  session: Session;
}

interface Kept {
  comer: Comer;
  /** null until it is there, and when it could not be. */
  prepared: Prepared | null;
  /** Kept through a change of name, so that it stays the same person. */
  token: string | undefined;
  timer: ReturnType<typeof setTimeout>;
}

let kept: Kept | null = null;

function isSame(one: Comer, other: Comer): boolean {
  return one.code === other.code && one.name === other.name && one.agreed === other.agreed;
}

/** Prepares for somebody, in place of whoever was prepared for. Silent when it cannot be. */
export async function prepareFor(comer: Comer, routerCapabilities: JsonObject): Promise<void> {
  if (kept && isSame(kept.comer, comer)) return;
  const existing = (kept?.comer.code === comer.code && kept.token) || lastSeat(comer.code)?.token;
  forgetPrepared();
  const mine: Kept = {
    comer,
    prepared: null,
    token: existing,
    timer: setTimeout(() => kept === mine && forgetPrepared(), KEPT_MS),
  };
  kept = mine;
  const seat = await takeSeat(comer.code, { ...comer, existing });
  if (!seat.ok || kept !== mine) return;
  mine.token = seat.value.seat_token;
  const { Session } = await import("../room/session");
  if (kept !== mine) return;
  const session = new Session(
    { token: seat.value.seat_token, tab: tabId() },
    Promise.resolve(routerCapabilities),
  );
  mine.prepared = { grant: seat.value, session };
  if (!(await session.prepare()) && kept === mine) mine.prepared = null;
}

/** What is ready for exactly this person, theirs from now on; null when nothing is. */
export function takePrepared(comer: Comer): Prepared | null {
  const mine = kept;
  const isTheirs = mine?.prepared?.session.isPrepared() === true && isSame(mine.comer, comer);
  if (!isTheirs) {
    forgetPrepared();
    return null;
  }
  clearTimeout(mine.timer);
  kept = null;
  return mine.prepared;
}

/** Nobody comes, for now. */
export function forgetPrepared(): void {
  clearTimeout(kept?.timer);
  kept?.prepared?.session.close();
  kept = null;
}
