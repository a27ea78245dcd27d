/** Recordings: the library, sharing and playing; shapes as docs/http_recordings.md gives them. */
import { change, withToken } from "./api";
import { type Reply, request, upload } from "./http";

export type RecordedKind = "voice" | "camera" | "screen" | "chat" | "ink";

export type RecordingState =
  | "recording"
  | "interrupted"
  | "processing"
  | "ready"
  | "erasing"
  | "broken";

/** From and to, in ms of recording time. */
export type Span = [from: number, to: number];

export interface Caption {
  locale: string;
  label: string;
}

export interface Recording {
  id: string;
  /** Null when the room is gone. */
  room_id: string | null;
  room_title: string;
  lesson_id: string;
  title: string;
  state: RecordingState;
  /** Why it is broken, or could not be made; else empty. */
  fault: string;
  /** Of what is being made, 0 to 100. */
  progress: number;
  began_at: string;
  ended_at: string | null;
  duration_ms: number;
  bytes: number;
  people: number;
  agreed: number;
  /** How many agreed to each kind. */
  consent: Partial<Record<RecordedKind, number>>;
  delete_after: string | null;
  hold: boolean;
  hold_why: string;
  cuts: Span[];
  shares: number;
  views: number;
  exports: number;
  captions: Caption[];
  may: "edit" | "watch";
}

export interface Recordings {
  recordings: Recording[];
  has_more: boolean;
}

/** What is absent stays; null for `delete_after` is never. */
export interface RecordingChange {
  title?: string;
  cuts?: Span[];
  delete_after?: string | null;
  hold?: boolean;
  hold_why?: string;
}

export interface RecordingView {
  name: string;
  kind: "watched" | "downloaded" | "exported";
  at: string;
  seconds: number;
  /** By which link; empty for who needs none. */
  share: string;
}

export interface RecordedPerson {
  participant_id: string;
  name: string;
  kinds: RecordedKind[];
}

export type ShareKind = "link" | "enrolled" | "public";

export interface Share {
  id: string;
  kind: ShareKind;
  has_password: boolean;
  until: string | null;
  may_download: boolean;
  created_at: string;
  ended_at: string | null;
}

export interface NewShare {
  kind: ShareKind;
  password?: string;
  until?: string;
  may_download?: boolean;
}

/** What is behind a link; without the password only its id is told. */
export interface Watched {
  recording_id: string;
  title: string;
  room_title: string;
  began_at: string | null;
  duration_ms: number;
  state: RecordingState;
  kind: ShareKind;
  needs_password: boolean;
  may_download: boolean;
}

export interface PlayAsked {
  /** The token of a link. */
  share?: string;
  password?: string;
  /** With what was cut out; for who may edit. */
  whole?: boolean;
}

export interface PlaySession {
  session: string;
  ends_in_s: number;
  may_download: boolean;
}

export interface ManifestTrack {
  id: string;
  pid: string;
  source: "microphone" | "camera" | "screen" | "screen_audio";
  mime: string;
  /** Of recording time; every other time of a track counts from it. */
  start_ms: number;
  duration_ms: number;
  url: string;
  sizes: [ms: number, width: number, height: number][];
  rotations: [ms: number, degrees: number][];
  gaps: [from: number, to: number, why: string][];
  voice: Span[];
}

export interface Manifest {
  id: string;
  title: string;
  room_title: string;
  began_at: string;
  state: RecordingState;
  rev: number;
  duration_ms: number;
  may: "edit" | "watch";
  may_download: boolean;
  people: { id: string; name: string; kinds: RecordedKind[] }[];
  mix: { url: string; start_ms: number; duration_ms: number } | null;
  tracks: ManifestTrack[];
  /** Pauses and cuts together, sorted and merged. */
  holes: Span[];
  pauses: Span[];
  cuts: Span[];
  /** What is the main picture from when on: `screen:<track>`, `board` or `faces`. */
  main: [ms: number, what: string][];
  thumbs: {
    count: number;
    every_ms: number;
    columns: number;
    rows: number;
    width: number;
    height: number;
  } | null;
  captions: (Caption & { url: string })[];
  events: string | null;
  board: string | null;
  chat: string | null;
}

/** What the link says that a person got when they agreed. */
export interface OwnConsent {
  recording_id: string;
  title: string;
  room_title: string;
  began_at: string;
  state: RecordingState;
  name: string;
  kinds: RecordedKind[];
  delete_after: string | null;
}

const ROOT = "/api/recordings";
const part = (text: string) => encodeURIComponent(text);
const one = (id: string, more = "") => `${ROOT}/${part(id)}${more}`;

export interface LibraryAsked {
  room_id?: string;
  /** Begun before, ISO 8601. */
  before?: string;
  q?: string;
}

export function listRecordings(asked: LibraryAsked = {}): Reply<Recordings> {
  const given = Object.entries(asked).filter(([, value]) => value);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return request<Recordings>("GET", query ? `${ROOT}?${query}` : ROOT);
}

/** `seat` is the token of an assistant's seat, who has nothing else to show. */
export const readRecording = (id: string, seat?: string) =>
  request<Recording>("GET", one(id), undefined, seat && `Seat ${seat}`);

export const changeRecording = (id: string, changed: RecordingChange) =>
  change<Recording>("PATCH", one(id), changed);

export const deleteRecording = (id: string) => change<undefined>("DELETE", one(id));

export const listViews = (id: string) =>
  request<{ views: RecordingView[] }>("GET", one(id, "/views"));

export const listRecorded = (id: string) =>
  request<{ people: RecordedPerson[] }>("GET", one(id, "/people"));

/** Without kinds all of them; it cannot be undone. */
export const removePerson = (id: string, person: string, kinds?: RecordedKind[]) =>
  change<undefined>("POST", one(id, `/people/${part(person)}/remove`), { kinds });

/** A picture of it for a card; there is none at first. */
export const posterAddress = (id: string) => one(id, "/poster.webp");

/** Where the signed record can be saved from. */
export const consentsAddress = (id: string) => one(id, "/consents");

export const listShares = (id: string) => request<{ shares: Share[] }>("GET", one(id, "/shares"));

/** Its address is told this once. */
export const addShare = (id: string, share: NewShare) =>
  change<Share & { url: string }>("POST", one(id, "/shares"), share);

export const endShare = (id: string, share: string) =>
  change<undefined>("DELETE", one(id, `/shares/${part(share)}`));

export const readShared = (share: string) => change<Watched>("POST", "/api/watch", { share });

export const play = (id: string, asked: PlayAsked = {}, seat?: string) =>
  withToken(() => request<PlaySession>("POST", one(id, "/play"), asked, seat && `Seat ${seat}`));

export const noteWatched = (id: string, session: string, seconds: number) =>
  change<undefined>("POST", one(id, "/progress"), { session, seconds });

/** Addresses in a manifest are relative to its own. */
export const recordedAddress = (session: string, name: string) =>
  `/recorded/${part(session)}/${name}`;

export const readManifest = (session: string) =>
  request<Manifest>("GET", recordedAddress(session, "manifest.json"));

export const putCaptions = (id: string, locale: string, file: Blob, label: string) => {
  const path = `${one(id, `/captions/${part(locale)}`)}?label=${part(label)}`;
  return withToken(() => upload<undefined>(path, file, { method: "PUT", told: () => undefined }));
};

export const dropCaptions = (id: string, locale: string) =>
  change<undefined>("DELETE", one(id, `/captions/${part(locale)}`));

const consent = (token: string, more = "") => `/api/consents/${part(token)}${more}`;

export const readOwnConsent = (token: string) => request<OwnConsent>("GET", consent(token));

export const withdrawOwn = (token: string, kinds: RecordedKind[]) =>
  change<undefined>("POST", consent(token, "/withdraw"), { kinds });
