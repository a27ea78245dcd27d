/** Clients of an organisation and the notes about them (docs/http_clients.md). */
import { change } from "./api";
import type { Answer, BookingState, IntakeField } from "./booking";
import { download, request } from "./http";
import type { RecordedKind } from "./recordings";

export interface ClientListed {
  id: string;
  name: string;
  email: string;
  phone: string;
  /** Held ones. */
  talks: number;
  last_at: string | null;
  next_at: string | null;
  hosts: string[];
}

export interface ClientAnswer {
  id: string;
  label: string;
  kind: IntakeField["kind"];
  answer: Answer;
  is_private: boolean;
}

export interface SentFile {
  id: string;
  name: string;
}

export interface ClientTalk {
  booking_id: string;
  appointment_id: string;
  state: BookingState;
  revision: number;
  at: string;
  until: string;
  zone: string;
  host_id: string;
  host: string;
  offer_id: string;
  offer: string;
  room_id: string;
  intake: ClientAnswer[];
  held_ms: number | null;
  stars: number | null;
  comment: string;
  summary: string;
  files: Record<string, string>[];
  price: number;
  currency: string;
}

export interface ClientSignature {
  number: number;
  form_id: string;
  version_id: string;
  version: number;
  title: Record<string, string>;
  name: string;
  sha: string;
  hash: string;
  is_withdrawal: boolean;
  at: string;
  booking_id: string;
}

/** What one may do with them. */
export type ClientDeed =
  | "client.change"
  | "client.hand_over"
  | "client.merge"
  | "booking.change"
  | "intake.read"
  | "files.read"
  | "notes.write"
  | "summary.write"
  | "letters.read"
  | "money.see"
  | "client.export"
  | "client.erase";

export interface ClientPage {
  id: string;
  org_id: string;
  name: string;
  email: string;
  phone: string;
  locale: string;
  zone: string;
  has_account: boolean;
  wants_reminders: boolean;
  created_at: string;
  now: string;
  hosts: { id: string; name: string }[];
  talks: ClientTalk[];
  signatures: ClientSignature[];
  may: ClientDeed[];
}

export interface ClientChange {
  name?: string;
  email?: string;
  phone?: string;
  locale?: string;
  zone?: string;
  wants_reminders?: boolean;
}

export interface Note {
  id: string;
  client_id: string;
  booking_id: string;
  name: string;
  body: string;
  number: number;
  is_own: boolean;
  at: string;
  changed_at: string;
}

export interface NoteVersion {
  number: number;
  body: string;
  at: string;
}

const one = (id: string) => `/api/clients/${encodeURIComponent(id)}`;
export const exportAddress = (id: string) => `${one(id)}/export.zip`;
/** `name` is theirs, typed once more. */
export const eraseClient = (id: string, name: string) =>
  change<ClientTask>("POST", `${one(id)}/erase`, { name });

/** What a client asks for (`state` "asked"), or an erasing that goes on. */
export interface ClientTask {
  id: string;
  client_id: string;
  kind: "export" | "erase";
  state: "asked" | "waiting" | "done" | "failed";
  step: string;
  at: string;
}

const wishes = (org: string) => `/api/organisations/${encodeURIComponent(org)}/wishes`;
export const listWishes = (org: string) => request<ClientTask[]>("GET", wishes(org));
export const answerWish = (org: string, id: string) =>
  change<undefined>("DELETE", `${wishes(org)}/${encodeURIComponent(id)}`);

/** A file of a talk; `is_given`: they got it with the summary. */
export interface HistoryFile {
  id: string;
  name: string;
  kind: string;
  bytes: number;
  owner_name: string;
  at: string;
  booking_id: string;
  talk_at: string;
  is_given: boolean;
}

/** A recording they agreed to be in; `may_watch`: whoever reads this may. */
export interface HistoryRecording {
  id: string;
  title: string;
  room_title: string;
  state: string;
  began_at: string;
  duration_ms: number;
  kinds: RecordedKind[];
  may_watch: boolean;
}

/** What stands of what they said; `always` is for all recordings of a room. */
export interface HistoryConsent {
  recording_id: string;
  answer: "yes" | "no" | "withdrawn" | "erased" | "always";
  kinds: RecordedKind[];
  at: string;
}

export interface ClientHistory {
  files: HistoryFile[];
  recordings: HistoryRecording[];
  consents: HistoryConsent[];
}

export const readHistory = (id: string) => request<ClientHistory>("GET", `${one(id)}/history`);
export const talkFileAddress = (id: string, file: string) =>
  `${one(id)}/files/${encodeURIComponent(file)}`;

/** The file itself; that it was read is written down. */
export const fetchTalkFile = (id: string, file: string) => download(talkFileAddress(id, file));

const note = (id: string) => `/api/notes/${encodeURIComponent(id)}`;

export const searchClients = (org: string, text: string, after = "") =>
  request<{ clients: ClientListed[]; has_more: boolean }>(
    "GET",
    `/api/clients?${new URLSearchParams({ org, q: text, after })}`,
  );
export const readClient = (id: string) => request<ClientPage>("GET", one(id));
export const changeClient = (id: string, news: ClientChange) =>
  change<ClientPage>("PATCH", one(id), news);
export const handOver = (id: string, host: string) =>
  change<ClientPage>("POST", `${one(id)}/hosts`, { host_id: host });

/** What of who the other is may be taken over. */
export type MergePart = "name" | "email" | "phone" | "locale" | "zone";
/** The one who stays; the other is gone, and the same again changes nothing. */
export const mergeClient = (id: string, other: string, take: readonly MergePart[]) =>
  change<ClientPage>("POST", `${one(id)}/merge`, { client_id: other, take });

export const readNotes = (client: string) => request<Note[]>("GET", `${one(client)}/notes`);
export const addNote = (client: string, body: string, booking: string) =>
  change<Note>("POST", `${one(client)}/notes`, { body, booking_id: booking });
export const saveNote = (id: string, body: string, number: number) =>
  change<Note>("PUT", note(id), { body, number });
export const removeNote = (id: string) => change<undefined>("DELETE", note(id));
export const readNoteVersions = (id: string) =>
  request<NoteVersion[]>("GET", `${note(id)}/versions`);
export const searchNotes = (org: string, text: string) =>
  request<Note[]>("GET", `/api/notes?${new URLSearchParams({ org, q: text })}`);
