/**
 * What the board's view needs from outside: the wire, the room's page list and its decisions, and
 * a place for pictures. Structural, so that tests stand in for the real ones.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Result } from "../result";
import type { Refusal } from "../wire/messages";
import type { Camera, PageDoc, PageFacts, Paper, Peer, Pen, Point, Preview, Rect } from "./model";
import type { BackdropAnswer, BackdropWidth } from "./paint/backdrops";
import type { ToolName } from "./view_types";

/** The part of `OpenPage` that is used. */
export interface PageChannel {
  readonly doc: ReadonlySignal<PageDoc | null>;
  readonly pen: ReadonlySignal<Pen>;
  readonly unsaved: ReadonlySignal<number>;
  readonly state: ReadonlySignal<"opening" | "ready" | "away" | "refused">;
  readonly refusal: ReadonlySignal<string | null>;
  onDenied(listener: (code: string, lostUpdates: number) => void): () => void;
  onPreview(listener: (peer: number, key: string, preview: Preview | null) => void): () => void;
  onCursor(listener: (peer: number, at: Point | null) => void): () => void;
  onLaser(listener: (peer: number, points: readonly Point[]) => void): () => void;
  sendPreview(key: string, preview: Preview | null): void;
  sendCursor(at: Point | null): void;
  sendLaser(points: readonly Point[]): void;
  close(): void;
}

/** The part of `BoardLink` that is used. */
export interface BoardWire {
  readonly author: ReadonlySignal<string>;
  readonly peers: ReadonlySignal<readonly Peer[]>;
  readonly authors: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Of all pages together. */
  readonly unsaved: ReadonlySignal<number>;
  openPage(docId: string, how: { mode: "look" | "write" }): PageChannel;
  sendView(pageId: string, view: Rect): void;
  onView(listener: (peer: number, pageId: string, view: Rect) => void): () => void;
}

export interface NewPage {
  /** null: at the end. */
  after: string | null;
  name: string;
  paper: Paper;
  /** null: infinite. */
  width: number | null;
  height: number | null;
}

export interface UploadedImage {
  asset: string;
  w: number;
  h: number;
}

export interface BoardPorts {
  link: BoardWire;
  /** First part of every page document's id. */
  boardId: ReadonlySignal<string>;
  pages: ReadonlySignal<readonly PageFacts[]>;
  classPage: ReadonlySignal<string>;
  /** May turn the class's page. */
  isLeader: ReadonlySignal<boolean>;
  /** Participant whose view is followed. */
  presenter: ReadonlySignal<string | null>;
  selfId: ReadonlySignal<string>;
  upload(
    file: Blob,
    told: (done: number, total: number) => void,
  ): Promise<Result<UploadedImage, Refusal>>;
  fetchAsset(asset: string): Promise<Blob | null>;
  /** The picture that `PageFacts.backdrop` names. */
  fetchBackdrop(ref: string, px: BackdropWidth): Promise<BackdropAnswer>;
  turnPage(pageId: string): void;
  /** The id of the page that was added. It may come before the page list has it. */
  addPage(page: NewPage): Promise<Result<string, Refusal>>;
  /** Single letters may be switched off (WCAG 2.1.4). */
  singleKeys?: ReadonlySignal<boolean>;
  /** What lies under the page says what is seen of it: no pan, no zoom, no turning, by any means. */
  fixedCamera?: ReadonlySignal<Camera>;
  /** The only tools there are; left out, all of them. */
  tools?: readonly ToolName[];
  /** Whether what is drawn goes by itself after some seconds. */
  fades?: ReadonlySignal<boolean>;
}
