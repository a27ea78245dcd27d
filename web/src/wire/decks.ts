/** The library of decks of an account; shapes as docs/http_decks.md gives them. */
import { change, withToken } from "./api";
import { type Reply, request, upload } from "./http";

export type DeckState = "waiting" | "opening" | "showing" | "ready" | "failed";
export type DeckKind = "pdf" | "picture" | "slides" | "document";
/** Whether the server reads Office files; `unsafe`: it cannot keep them from the network. */
export type Office = "ready" | "missing" | "unsafe";

/** How far the pages of a version are. */
export interface Making {
  state: DeckState;
  /** Pictures there are, of `leaves` there will be. */
  done: number;
  leaves: number;
  /** Why it failed: the end of `error-deck-...`. */
  fault: string;
  params: Record<string, number>;
}

export interface Version {
  id: string;
  number: number;
  name: string;
  bytes: number;
  by_name: string;
  created_at: string;
}

export interface Deck extends Making {
  id: string;
  name: string;
  kind: DeckKind;
  /** Empty at the top. */
  folder_id: string;
  updated_at: string;
  /** When it was put on a stage last. */
  used_at: string | null;
  /** Of all versions. */
  bytes: number;
  slides: number;
  /** Address of a small picture of the first page; empty while there is none. */
  thumbnail: string;
  is_own: boolean;
  /** Titles of the rooms where it was put on the stage. */
  placed_in: string[];
  /** The version in use. */
  version_id: string;
  newer: (Making & { version_id: string }) | null;
  /** The newest first. */
  versions: Version[];
}

export interface Folder {
  id: string;
  name: string;
  /** Empty at the top. */
  parent_id: string;
}

export interface Library {
  folders: Folder[];
  decks: Deck[];
  used_bytes: number;
  max_bytes: number;
  office: Office;
}

/** Files that become one deck, or a new version of one. */
export interface NewDeck {
  sources: { name: string; bytes: number }[];
  deck_id?: string;
  folder_id?: string;
  name?: string;
}

export interface DeckBegun {
  upload_id: string;
  pieces: { index: number; offset: number }[];
  /** The most bytes a piece may have. */
  piece_max: number;
}

export interface DeckReceived {
  offset: number;
  /** All files came and are a deck now. */
  is_ready: boolean;
  /** Empty until then. */
  deck_id: string;
}

interface PieceHow {
  told(done: number): void;
  signal: AbortSignal;
}

const DECKS = "/api/decks";
const UPLOADS = `${DECKS}/uploads`;
const FOLDERS = "/api/deck-folders";
const own = encodeURIComponent;

export const readLibrary = () => request<Library>("GET", DECKS);

export const readDeck = (id: string) => request<Deck>("GET", `${DECKS}/${own(id)}`);

export const changeDeck = (id: string, to: { name?: string; folder_id?: string }) =>
  change<Deck>("PATCH", `${DECKS}/${own(id)}`, to);

export const deleteDeck = (id: string) => change<undefined>("DELETE", `${DECKS}/${own(id)}`);

const version = (deck: string, id: string) => `${DECKS}/${own(deck)}/versions/${own(id)}`;

export const useVersion = (deck: string, id: string) =>
  change<Deck>("POST", `${version(deck, id)}/use`, {});

export const deleteVersion = (deck: string, id: string) =>
  change<undefined>("DELETE", version(deck, id));

export const createFolder = (name: string, parent_id: string) =>
  change<Folder>("POST", FOLDERS, { name, parent_id });

export const changeFolder = (id: string, to: { name?: string; parent_id?: string }) =>
  change<Folder>("PATCH", `${FOLDERS}/${own(id)}`, to);

export const deleteFolder = (id: string) => change<undefined>("DELETE", `${FOLDERS}/${own(id)}`);

export const beginDeck = (deck: NewDeck) => change<DeckBegun>("POST", UPLOADS, deck);

const piece = (id: string, index: number) => `${UPLOADS}/${own(id)}/${index}`;

export function sendPiece(
  id: string,
  index: number,
  offset: number,
  body: Blob,
  { told, signal }: PieceHow,
): Reply<DeckReceived> {
  const how = { method: "PATCH", told, signal } as const;
  return withToken(() => upload<DeckReceived>(`${piece(id, index)}?offset=${offset}`, body, how));
}

export const lookAtPiece = (id: string, index: number) =>
  request<DeckReceived>("GET", piece(id, index));

export const discardDeck = (id: string) => change<undefined>("DELETE", `${UPLOADS}/${own(id)}`);
