/**
 * Which page the address names. Links inside the app are ordinary `<a href>`; `followLinks` turns
 * presses on them into a change of page without a reload.
 */
import { computed, signal } from "@preact/signals";

/** About appointments. `/wait/<visit>` is for those who have no account. */
export type DeskName =
  | "week"
  | "offers"
  | "queue"
  | "clients"
  | "money"
  | "talks"
  | "letters"
  | "organisation"
  | "wait";

export type Place =
  | { page: "desk"; name: DeskName; part: string }
  | { page: "home" }
  | { page: "sign_in" }
  | { page: "sign_up" }
  | { page: "setup"; token: string }
  | { page: "rooms" }
  | { page: "settings" }
  | { page: "decks"; folder: string }
  | { page: "lessons"; room?: string }
  | { page: "room_files"; room: string }
  | { page: "students"; room: string }
  | { page: "student"; room: string; id: string }
  | { page: "old_link" }
  | { page: "lesson"; id: string }
  | { page: "recordings"; room?: string }
  | { page: "recording"; id: string }
  | { page: "shared"; token: string }
  | { page: "consent"; token: string }
  | { page: "team"; token: string }
  | { page: "room"; code: string }
  | { page: "reference" }
  | { page: "not_found" };

const PLAIN = {
  "/": "home",
  "/old-link": "old_link",
  "/rooms": "rooms",
  "/lessons": "lessons",
  "/recordings": "recordings",
  "/settings": "settings",
  "/api/docs": "reference",
} as const;
const DOORS = { "/sign-in": "sign_in", "/sign-up": "sign_up" } as const;
const CODE = /^\/r\/([A-Za-z0-9-]{3,40})$/;
const LESSON = /^\/lessons\/([\w-]{1,64})$/;
const ROOM_LESSONS = /^\/rooms\/([\w-]{1,64})\/lessons$/;
const RECORDING = /^\/recordings\/([\w-]{1,64})$/;
const ROOM_RECORDINGS = /^\/rooms\/([\w-]{1,64})\/recordings$/;
const SHARED = /^\/w\/([\w-]{8,200})$/;
const TEAM = /^\/team\/([\w.-]{8,200})$/;
const CONSENT = /^\/consent\/([\w.-]{8,400})$/;
const DECKS = /^\/decks(?:\/([\w-]{1,64}))?$/;
const ROOM_FILES = /^\/rooms\/([\w-]{1,64})\/files$/;
const STUDENTS = /^\/rooms\/([\w-]{1,64})\/students(?:\/([\w-]{1,64}))?$/;
const DESK =
  /^\/(week|offers|queue|clients|money|talks|letters|organisation|wait)(?:\/([\w-]{1,64}))?$/;
const SETUP = /^\/setup\/([\w.~-]{8,200})$/;

export function placeOf(path: string): Place {
  const clean = path.length > 1 ? path.replace(/\/+$/, "") : path;
  const plain = { ...PLAIN, ...DOORS }[clean];
  if (plain) return { page: plain };
  const code = CODE.exec(clean)?.[1];
  if (code) return { page: "room", code: code.toLowerCase() };
  const lesson = LESSON.exec(clean)?.[1];
  if (lesson) return { page: "lesson", id: lesson };
  const room = ROOM_LESSONS.exec(clean)?.[1];
  if (room) return { page: "lessons", room };
  const recorded = recordedPlace(clean);
  if (recorded) return recorded;
  const decks = DECKS.exec(clean);
  if (decks) return { page: "decks", folder: decks[1] ?? "" };
  const withFiles = ROOM_FILES.exec(clean)?.[1];
  if (withFiles) return { page: "room_files", room: withFiles };
  const [, ofRoom, id] = STUDENTS.exec(clean) ?? [];
  if (ofRoom)
    return id ? { page: "student", room: ofRoom, id } : { page: "students", room: ofRoom };
  const [, name, part] = DESK.exec(clean) ?? [];
  if (name && (part || name !== "wait"))
    return { page: "desk", name: name as DeskName, part: part ?? "" };
  const token = SETUP.exec(clean)?.[1];
  if (token) return { page: "setup", token };
  return { page: "not_found" };
}

function recordedPlace(path: string): Place | null {
  const id = RECORDING.exec(path)?.[1];
  if (id) return { page: "recording", id };
  const room = ROOM_RECORDINGS.exec(path)?.[1];
  if (room) return { page: "recordings", room };
  const shared = SHARED.exec(path)?.[1];
  if (shared) return { page: "shared", token: shared };
  const consent = CONSENT.exec(path)?.[1];
  if (consent) return { page: "consent", token: consent };
  const team = TEAM.exec(path)?.[1];
  return team ? { page: "team", token: team } : null;
}

/** A class code or a whole link, as somebody pasted it, to the room's code; null when neither. */
export function codeIn(text: string): string | null {
  const trimmed = text.trim();
  const fromLink = /\/r\/([A-Za-z0-9-]{3,40})(?:[/?#]|$)/.exec(trimmed)?.[1];
  if (fromLink) return fromLink.toLowerCase();
  const code = trimmed.toLowerCase().replace(/[\s\u2010-\u2015_]+/g, "-");
  if (/^[a-z]{9}$/.test(code)) return code.replace(/(...)(...)(...)/, "$1-$2-$3");
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) && code.length >= 3 ? code : null;
}

const path = signal(globalThis.location?.pathname ?? "/");

export const place = computed<Place>(() => placeOf(path.value));

export function navigate(to: string, how: { replace?: boolean } = {}): void {
  if (how.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

function isOwnPress(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  const here = link.origin === location.origin && !link.hasAttribute("download");
  return plain && !event.altKey && here && (link.target === "" || link.target === "_self");
}

export function followLinks(): () => void {
  const press = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return;
    if (!isOwnPress(event, link) || placeOf(link.pathname).page === "not_found") return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  };
  const back = () => {
    path.value = location.pathname;
  };
  addEventListener("click", press);
  addEventListener("popstate", back);
  return () => {
    removeEventListener("click", press);
    removeEventListener("popstate", back);
  };
}
