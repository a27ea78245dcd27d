/** Waiting rooms: who waits, and the desk that lets them in (docs/http_waiting.md). */
import { change } from "./api";
import { type Problem, request } from "./http";

export type VisitState =
  | "checking"
  | "ready"
  | "called"
  | "admitted"
  | "inside"
  | "over"
  | "left"
  | "refused";
export type DeviceVerdict =
  | "works"
  | "silent"
  | "off"
  | "missing"
  | "refused"
  | "busy"
  | "failed"
  | "skipped";
export type SpeakerVerdict = "heard" | "unheard" | "skipped";
export type NetworkVerdict = "good" | "fair" | "poor" | "none" | "skipped";

/** What the check found; what was not looked at is missing. */
export interface Checked {
  camera?: DeviceVerdict;
  microphone?: DeviceVerdict;
  speaker?: SpeakerVerdict;
  network?: NetworkVerdict;
  seconds?: number;
}

export interface WaitLine {
  id: number;
  by: "me" | "host" | "desk";
  /** The host's; empty for the others. */
  name: string;
  text: string;
  at: string;
}

export interface WaitForm {
  version_id: string;
  title: string;
  text: string;
}

export interface Visit {
  id: string;
  now: string;
  state: VisitState;
  place: number | null;
  minutes: number | null;
  planned: string | null;
  zone: string;
  host: { name: string; title: string; picture: string };
  organisation: string;
  /** The host's public page: `/b/<slug>`. */
  slug: string;
  booking_id: string;
  name: string;
  reason: string;
  is_urgent: boolean;
  checked: Checked;
  messages: WaitLine[];
  answer: string;
  forms: WaitForm[];
}

export interface DeskHost {
  id: string;
  name: string;
  title: string;
  picture: string;
  zone: string;
  is_mine: boolean;
  is_own: boolean;
  is_here: boolean;
  is_free: boolean;
  free_since: string | null;
  talk_to: string | null;
  next_at: string | null;
}

export interface DeskLine {
  id: number;
  /** Empty for the client. */
  name: string;
  text: string;
  at: string;
}

export interface DeskVisit {
  id: string;
  host_id: string;
  state: VisitState;
  place: number | null;
  minutes: number | null;
  name: string;
  client_id: string;
  booking_id: string;
  appointment_id: string;
  locale: string;
  zone: string;
  reason: string;
  urgency: "" | "said" | "marked";
  checked: Checked;
  planned: string | null;
  came: string;
  is_away: boolean;
  is_known: boolean;
  messages: DeskLine[];
  code: string;
}

export interface DeskPast {
  id: string;
  host_id: string;
  state: VisitState;
  name: string;
  client_id: string;
  booking_id: string;
  came: string;
  over: string;
}

export interface DeskUnsure {
  booking_id: string;
  client_id: string;
  name: string;
  host_id: string;
  at: string;
}

export interface Desk {
  now: string;
  organisation_id: string;
  hosts: DeskHost[];
  visits: DeskVisit[];
  past: DeskPast[];
  unsure: DeskUnsure[];
}

/** Something was done with a booking: `make`, `move`, `cancel`... */
export interface DeskNews {
  kind: string;
  host_id: string;
  booking_id: string;
  /** Who of the team is asked for help, and in which room. */
  member_id?: string;
  code?: string;
}

export interface AskNow {
  name: string;
  email: string;
  reason: string;
  urgent: boolean;
  zone: string;
  locale: string;
  agreed: string[];
  website: string;
}

const mine = (id: string) => `/api/mine/visits/${encodeURIComponent(id)}`;
const act = <T = Visit>(id: string, deed: string, body: object = {}) =>
  change<T>("POST", `${mine(id)}/${deed}`, body);

export const readVisit = (id: string) => request<Visit>("GET", mine(id));
export const visitStream = (id: string) => `${mine(id)}/stream`;
export const tellCheck = (id: string, checked: Checked) => act(id, "check", checked);
export const beReady = (id: string, on: boolean) => act(id, "ready", { on });
export const tellReason = (id: string, reason: { reason?: string; urgent?: boolean }) =>
  act(id, "reason", reason);
export const writeToDesk = (id: string, text: string) => act(id, "message", { text });
export const signForm = (id: string, version_id: string, name: string) =>
  act(id, "agree", { version_id, name });
export const leaveVisit = (id: string) => act(id, "leave");
export const comeBack = (id: string) => act(id, "back");
export const enterTalk = (id: string) => act<{ code: string }>(id, "enter");
/** Asked on a host's public page, `slug` is `<org>/<host>`. */
export const askNow = (slug: string, ask: AskNow) =>
  change<Visit>("POST", `/api/book/${slug}/now`, ask);

const desk = (org: string) => `/api/desk?org=${encodeURIComponent(org)}`;
const visit = (id: string, deed: string) => `/api/visits/${encodeURIComponent(id)}/${deed}`;

export const readDesk = (org: string) => request<Desk>("GET", desk(org));
export const deskStream = (org: string) => `/api/desk/stream?org=${encodeURIComponent(org)}`;
export const beFree = (org: string, host_id: string, on: boolean) =>
  change<Desk>("POST", "/api/desk/free", { org, host_id, on });
export const writeToAll = (org: string, text: string) =>
  change<Desk>("POST", "/api/desk/message", { org, text });
export const callVisit = (id: string) => change<Desk>("POST", visit(id, "call"), {});
export const admitVisit = (id: string) => change<{ code: string }>("POST", visit(id, "admit"), {});
export const passVisit = (id: string, host_id: string) =>
  change<Desk>("POST", visit(id, "pass"), { host_id });
export const writeToVisit = (id: string, text: string) =>
  change<Desk>("POST", visit(id, "message"), { text });
export const markUrgent = (id: string, on: boolean) =>
  change<Desk>("POST", visit(id, "urgent"), { on });
export const refuseVisit = (id: string, sentence: string) =>
  change<Desk>("POST", visit(id, "refuse"), { sentence });

interface Reader<T> {
  onNow(value: T): void;
  onNews?(news: DeskNews): void;
  /** There is no more: it is over, or one may not look any more. */
  onOver?(problem: Problem): void;
  /** Whether the line is there. */
  onLine?(there: boolean): void;
}

const AGAIN_MS = 2_000;
const AGAIN_MAX_MS = 30_000;

/** Reads a stream until it is stopped; a line that is lost is opened anew. `check` is asked when the
 * server refuses to open it: whoever may not look any more is told why. */
export function follow<T>(
  path: string,
  reader: Reader<T>,
  check: () => Promise<Problem | null>,
): () => void {
  let source: EventSource | null = null;
  let timer = 0;
  let stopped = false;
  let wait = AGAIN_MS;
  const again = () => {
    source?.close();
    reader.onLine?.(false);
    clearTimeout(timer);
    timer = window.setTimeout(() => void retry(), wait);
    wait = Math.min(AGAIN_MAX_MS, wait * 1.5);
  };
  const retry = async () => {
    const problem = await check();
    if (stopped) return;
    const gone = problem !== null && problem.status >= 400 && problem.status < 429;
    if (problem && gone) reader.onOver?.(problem);
    else open();
  };
  const open = () => {
    source = new EventSource(path);
    source.onopen = () => {
      wait = AGAIN_MS;
      reader.onLine?.(true);
    };
    source.onerror = again;
    source.addEventListener("now", (event) => reader.onNow(read<T>(event)));
    source.addEventListener("news", (event) => reader.onNews?.(read<DeskNews>(event)));
    source.addEventListener("over", again);
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

const read = <T>(event: Event) => JSON.parse((event as MessageEvent<string>).data) as T;
