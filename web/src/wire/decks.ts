/** The library of decks of an account; shapes as docs/http_decks.md gives them. */
import { change, withToken } from "./api";
import { exchange, type Reply, request, upload } from "./http";
import type { Question, QuestionPlace } from "./messages";

export type DeckState = "waiting" | "opening" | "showing" | "ready" | "failed";
export type DeckKind = "pdf" | "picture" | "slides" | "document" | "film" | "sound" | "activity";
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
  /** What was made of it; a placement names the one it shows. */
  print_id: string;
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

/** A slide at one of its steps. */
export interface SlideLeaf {
  step: number;
  /** Its pictures are below it. */
  address: string;
  width: number;
  height: number;
  /** What stands on it; empty while it is not drawn. */
  text: string;
}

export interface Slide {
  /** From 1, as in the file; slides that are hidden there are left out. */
  number: number;
  title: string;
  /** For who teaches. */
  notes: string;
  leaves: SlideLeaf[];
}

/** The slides of one version; `state` is how far that is. */
export interface Slides {
  state: DeckState;
  slides: Slide[];
}

/** A question prepared with a deck; its slide is that of every version. */
export interface Prepared {
  slide: number;
  place: QuestionPlace;
  question: Question;
}

export interface PreparedAll {
  /** Whether whoever asks may change them. */
  may_change: boolean;
  /** By slide. */
  questions: Prepared[];
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

/** What was drawn on a deck on the stage, and what is wanted of it. */
export interface Overlay {
  placement: string;
  /** A page for each of `pages`; empty for none. */
  pdf: Blob;
  /** Leaves, as `<slide>-<step>`. */
  pages: readonly string[];
  /** Without slides the class was never on. */
  shownOnly: boolean;
  /** Of a word in the file's name. */
  language: string;
}

export interface HandedOut {
  file_id: string;
  name: string;
  bytes: number;
}

export interface PieceHow {
  told(done: number): void;
  signal: AbortSignal;
}

const DECKS = "/api/decks";
const FOLDERS = "/api/deck-folders";
const own = encodeURIComponent;

/** Decks as who is signed in has them, or as a seat of staff has those of a class. */
export class DeckDoor {
  readonly #prefix: () => string;
  readonly #authorization: string | undefined;

  /** Without a seat it is the account's own library. */
  constructor(seat?: { token: string; code(): string }) {
    this.#prefix = () => (seat ? `/api/rooms/by-code/${own(seat.code())}` : "/api");
    this.#authorization = seat && `Seat ${seat.token}`;
  }

  #base(): string {
    return `${this.#prefix()}/decks`;
  }

  library(): Reply<Library> {
    return request<Library>("GET", this.#base(), undefined, this.#authorization);
  }

  deck(id: string): Reply<Deck> {
    return request<Deck>("GET", `${this.#base()}/${own(id)}`, undefined, this.#authorization);
  }

  /** Of the version that `print_id` was made of. */
  slides(id: string, print_id: string): Reply<Slides> {
    const path = `${this.#base()}/${own(id)}/slides?print=${own(print_id)}`;
    return request<Slides>("GET", path, undefined, this.#authorization);
  }

  questions(id: string): Reply<PreparedAll> {
    const path = `${this.#base()}/${own(id)}/questions`;
    return request<PreparedAll>("GET", path, undefined, this.#authorization);
  }

  /** These take the place of all of the slide. */
  putQuestions(
    id: string,
    slide: number,
    questions: readonly Omit<Prepared, "slide">[],
  ): Reply<PreparedAll> {
    const path = `${this.#base()}/${own(id)}/questions/${slide}`;
    return withToken(() => request<PreparedAll>("PUT", path, { questions }, this.#authorization));
  }

  begin(deck: NewDeck): Reply<DeckBegun> {
    const path = `${this.#base()}/uploads`;
    return withToken(() => request<DeckBegun>("POST", path, deck, this.#authorization));
  }

  piece(
    id: string,
    index: number,
    offset: number,
    body: Blob,
    { told, signal }: PieceHow,
  ): Reply<DeckReceived> {
    const authorization = this.#authorization;
    const how = { method: "PATCH", told, signal, authorization } as const;
    const path = `${this.#file(id, index)}?offset=${offset}`;
    return withToken(() => upload<DeckReceived>(path, body, how));
  }

  look(id: string, index: number): Reply<DeckReceived> {
    const path = this.#file(id, index);
    return request<DeckReceived>("GET", path, undefined, this.#authorization);
  }

  /** The PDF of a deck on the stage, with what was drawn laid over its pages. */
  exported(overlay: Overlay, how: PieceHow): Reply<Blob> {
    return withToken(() => exchange(this.#made(overlay, "export"), overlay.pdf, this.#how(how)));
  }

  /** The same, as a file that everybody in the class gets. */
  handedOut(overlay: Overlay, how: PieceHow): Reply<HandedOut> {
    const path = this.#made(overlay, "handout");
    return withToken(() => upload<HandedOut>(path, overlay.pdf, this.#how(how)));
  }

  #made({ placement, pages, shownOnly, language }: Overlay, to: string): string {
    const asked = new URLSearchParams({ pages: pages.join(","), language });
    if (shownOnly) asked.set("slides", "shown");
    return `${this.#prefix()}/placements/${own(placement)}/${to}?${asked}`;
  }

  #how({ told, signal }: PieceHow) {
    return { told, signal, authorization: this.#authorization, timeoutMs: EXPORT_TIMEOUT_MS };
  }

  /** Gives an upload up, also while the server still writes a piece that was cut off. */
  async discard(id: string): Promise<void> {
    const path = `${this.#base()}/uploads/${own(id)}`;
    for (let turn = 0; turn < DISCARDS; turn += 1) {
      const gone = await withToken(() =>
        request<undefined>("DELETE", path, undefined, this.#authorization),
      );
      if (gone.ok || gone.error.code !== "upload.busy") return;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  #file(id: string, index: number): string {
    return `${this.#base()}/uploads/${own(id)}/${index}`;
  }
}

/** With a large file on its way back over a slow line. */
const EXPORT_TIMEOUT_MS = 900_000;
const DISCARDS = 6;
const AGAIN_MS = 2_000;

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
