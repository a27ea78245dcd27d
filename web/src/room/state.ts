/**
 * What the client knows of a live room. A mirror of the server's snapshot, plus the chat lines
 * that were written here and are not yet acknowledged. Values only; `reduce.ts` changes them.
 */
import type {
  Ask,
  Board,
  ChatMessage,
  Door,
  FileCard,
  Film,
  Groups,
  Lobby,
  MediaState,
  Participant,
  Reserved,
  Rights,
  Role,
  SeenWall,
  Stage,
} from "../wire/messages";
import { type ActivitiesMirror, NO_ACTIVITIES } from "./activity";
import { type AidsState, NO_AIDS } from "./aids";
import { NO_ASK } from "./ask";
import type { Reading } from "./clock";
import { EMPTY_FLOOR, type FloorMirror } from "./floor";
import { NO_GROUPS } from "./groups";
import { type InkState, NO_INK } from "./ink";
import { NOT_RECORDED, type RecordingMirror } from "./recording";

/** A chat line of ours which the server has not acknowledged. `refusal` is why it will not go. */
export interface PendingChat {
  clientId: string;
  text: string;
  at: string;
  /** "room", "staff", "group", "groups" or a participant id. */
  to: string;
  /** The group it was written in, when it is for that group. */
  place: string;
  /** The id of the message it answers; empty when none. */
  replyTo: string;
  /** Files that go with it, as `uploads.ts` knows them; it waits for all of them. */
  uploads: readonly string[];
  /** As the server names them; null while they are on their way. */
  files: readonly string[] | null;
  refusal: string | null;
}

export interface RoomState extends FloorMirror {
  selfId: string;
  rights: Rights;
  seq: number;
  /** Read by `clock.ts`. */
  clock: Reading;
  lessonId: string;
  door: Door;
  /** Who waits in front of the door; for staff alone. */
  lobby: Lobby | null;
  roomId: string;
  code: string;
  title: string;
  startedAt: string;
  participants: readonly Participant[];
  chat: readonly ChatMessage[];
  pending: readonly PendingChat[];
  stage: Stage;
  board: Board;
  ask: Ask;
  aids: AidsState;
  groups: Groups;
  /** Pages of the board that are not the class's and are there for us. */
  reserved: Reserved;
  wall: SeenWall;
  /** Files that were sent and are for us, in the order in which they came. */
  files: readonly FileCard[];
  /** Where films are that somebody touched; `film.ts` knows where each is now. */
  films: readonly Film[];
  activities: ActivitiesMirror;
  /** What is drawn on the shared screen; its strokes are the board's. */
  ink: InkState;
  recording: RecordingMirror;
  /** Who ended the room, once it is over. */
  endedBy: string | null;
  /** An event was skipped: the snapshot must be asked again. */
  stale: boolean;
}

const NO_RIGHTS: Rights = {
  may_speak: false,
  may_show_camera: false,
  may_share: false,
  may_chat: false,
  may_end: false,
  may_lead_board: false,
  may_watch_network: false,
  may_order: false,
  may_set_roles: false,
  may_ask: false,
  may_group: false,
  may_answer: false,
  may_raise_hand: false,
  may_whisper: false,
  may_react: false,
  may_send_files: false,
  may_record: false,
};

const NO_BOARD: Board = {
  ...{ id: "", pages: [], page_id: "", presenter: null, placements: [] },
  everyone: "none",
};

const NOTHING_RESERVED: Reserved = { pages: [], own: "", shown: "" };
const NO_WALL: SeenWall = {
  wall: {
    is_on: false,
    task_page_id: "",
    shown: "",
    shown_name: "",
    is_locked: false,
    per: "student",
    is_borrowed: false,
  },
  mark: "none",
  tiles: [],
};

export const EMPTY_ROOM: RoomState = {
  ...EMPTY_FLOOR,
  selfId: "",
  rights: NO_RIGHTS,
  seq: 0,
  clock: { ms: 0, at: 0, error: Number.POSITIVE_INFINITY },
  lessonId: "",
  door: { lobby: false, locked: false },
  lobby: null,
  roomId: "",
  code: "",
  title: "",
  startedAt: "",
  participants: [],
  chat: [],
  pending: [],
  stage: { screen_of: null, board: false },
  board: NO_BOARD,
  ask: NO_ASK,
  aids: NO_AIDS,
  groups: NO_GROUPS,
  reserved: NOTHING_RESERVED,
  wall: NO_WALL,
  files: [],
  films: [],
  activities: NO_ACTIVITIES,
  ink: NO_INK,
  recording: NOT_RECORDED,
  endedBy: null,
  stale: false,
};

const RANK: Record<Role, number> = { host: 0, assistant: 1, student: 2, observer: 3 };

/**
 * The order in which faces stand: who teaches first, then in the order of arrival. It does not
 * depend on who speaks, so that tiles never jump.
 */
export function inSeatOrder(participants: readonly Participant[]): Participant[] {
  return [...participants].sort(
    (a, b) => RANK[a.role] - RANK[b.role] || a.joined_at.localeCompare(b.joined_at),
  );
}

export function participantOf(state: RoomState, id: string | null): Participant | null {
  return state.participants.find((one) => one.id === id) ?? null;
}

export function selfOf(state: RoomState): Participant | null {
  return participantOf(state, state.selfId);
}

export function isSending(media: MediaState, source: keyof Omit<MediaState, "screen_mode">) {
  return media[source] === "live";
}
