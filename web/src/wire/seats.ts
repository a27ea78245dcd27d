/**
 * The seats this browser holds: one per tab and room for a refresh (sessionStorage), and the last
 * per room for a return (localStorage). Storage that is forbidden or full counts as empty.
 */
import type { Role } from "./messages";

export interface Seat {
  token: string;
  participantId: string;
  role: Role;
  name: string;
  /** What was on when the tab was last in the class. */
  microphoneOn: boolean;
  cameraOn: boolean;
}

const SEAT = "classroom.seat.";
const key = (code: string) => SEAT + code;
const NAME = "classroom.name";
const TAB = "classroom.tab";
const TAB_FREE = "classroom.tab.free";

function read(storage: Storage | undefined, name: string): string | null {
  try {
    return storage?.getItem(name) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Storage | undefined, name: string, value: string | null): void {
  try {
    if (value === null) storage?.removeItem(name);
    else storage?.setItem(name, value);
  } catch {
    // A private window may refuse; the seat then lives only as long as the page.
  }
}

function names(storage: Storage | undefined): string[] {
  try {
    return Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "");
  } catch {
    return [];
  }
}

function parseSeat(text: string | null): Seat | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const seat = value as Partial<Seat>;
    return typeof seat.token === "string" && typeof seat.participantId === "string"
      ? (seat as Seat)
      : null;
  } catch {
    return null;
  }
}

/** The seat of this tab: after a refresh it leads straight back into the class. */
export function tabSeat(code: string): Seat | null {
  return parseSeat(read(globalThis.sessionStorage, key(code)));
}

/** The last seat of this browser in the room: the green room offers its name and rejoins with it. */
export function lastSeat(code: string): Seat | null {
  return parseSeat(read(globalThis.localStorage, key(code)));
}

export function saveSeat(code: string, seat: Seat): void {
  const text = JSON.stringify(seat);
  write(globalThis.sessionStorage, key(code), text);
  write(globalThis.localStorage, key(code), text);
}

export function updateSeat(code: string, change: Partial<Seat>): void {
  const seat = tabSeat(code);
  if (seat) saveSeat(code, { ...seat, ...change });
}

/** The tab left the class; the browser still knows the seat, so that a return finds the same name. */
export function leaveSeat(code: string): void {
  write(globalThis.sessionStorage, key(code), null);
}

/** The seat is void (expired, forged, the class ended). */
export function forgetSeat(code: string): void {
  write(globalThis.sessionStorage, key(code), null);
  write(globalThis.localStorage, key(code), null);
}

const REPORT = `${SEAT}report.`;

/** With this seat the report of a lesson is read, also in another tab and after the class. */
export function saveReportSeat(lesson: string, token: string): void {
  write(globalThis.localStorage, REPORT + lesson, token);
}

/** null when this browser was no assistant in the lesson. */
export function reportSeat(lesson: string): string | null {
  return read(globalThis.localStorage, REPORT + lesson);
}

/** The lesson is not this seat's, or the seat is too old. */
export function forgetReportSeat(lesson: string): void {
  write(globalThis.localStorage, REPORT + lesson, null);
}

/** Somebody signed out: their seats, with a host's rights, are not for who uses the browser next. */
export function forgetAllSeats(): void {
  for (const storage of [globalThis.sessionStorage, globalThis.localStorage]) {
    for (const name of names(storage)) {
      if (name.startsWith(SEAT)) write(storage, name, null);
    }
  }
}

/** The name last used in this browser, for the next class's door. */
export function lastName(): string {
  return read(globalThis.localStorage, NAME) ?? "";
}

export function saveName(name: string): void {
  write(globalThis.localStorage, NAME, name);
}

let tab: string | null = null;

/**
 * A name for this tab that outlives a refresh. A duplicated tab copies the storage of a tab that
 * still lives, so the name counts only if its owner said on leaving the page that it is free.
 */
export function tabId(): string {
  if (tab !== null) return tab;
  const storage = globalThis.sessionStorage;
  const free = read(storage, TAB_FREE) !== null;
  tab = (free ? read(storage, TAB) : null) ?? randomName();
  write(storage, TAB, tab);
  write(storage, TAB_FREE, null);
  globalThis.addEventListener?.("pagehide", () => write(storage, TAB_FREE, "1"));
  globalThis.addEventListener?.("pageshow", () => write(storage, TAB_FREE, null));
  return tab;
}

function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
