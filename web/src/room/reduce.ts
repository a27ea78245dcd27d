/**
 * How the room changes: (state, action) to state, without a clock, a socket or a side effect.
 *
 * Events carry a number that grows by one. An event that was seen before is ignored; when one is
 * missing the state is marked stale and nothing more is applied until a snapshot comes.
 */
import type {
  AsideBody,
  ChatMessage,
  Participant,
  Reserved,
  Rights,
  RoomEvent,
  RoomEventBody,
  RoomSnapshot,
  Welcome,
} from "../wire/messages";
import { withActivity } from "./activity";
import { withAids } from "./aids";
import { withAsk } from "./ask";
import { withChange, withEarlier, withLine, withTail } from "./chat_mirror";
import { afterSnapshot, better, type Reading } from "./clock";
import { withEarlierFiles, withFiles } from "./files";
import { withFilm } from "./film";
import { afterFloor, floorAfterLeft, floorAfterPerson, floorFrom } from "./floor";
import { withInk } from "./ink";
import { recordingFrom, withConsent, withRecording } from "./recording";
import type { PendingChat, RoomState } from "./state";
import { withTurn } from "./turn";

export type RoomAction =
  | { type: "welcomed"; welcome: Welcome; at: number }
  | { type: "synced"; room: RoomSnapshot; at: number }
  | { type: "happened"; notice: RoomEvent }
  /** To some people only: it has no number, and none is missing without it. */
  | { type: "told"; event: AsideBody; clockMs: number }
  | { type: "reserved"; reserved: Reserved }
  | { type: "rights"; rights: Rights }
  | { type: "clock"; reading: Reading }
  | ({ type: "chat_written" } & Omit<PendingChat, "refusal">)
  | { type: "chat_ready"; clientId: string; files: readonly string[] }
  | { type: "chat_earlier"; messages: readonly ChatMessage[] }
  | { type: "chat_accepted"; message: ChatMessage }
  | { type: "chat_refused"; clientId: string; code: string }
  | { type: "chat_dropped"; clientId: string };

export function reduce(state: RoomState, action: RoomAction): RoomState {
  switch (action.type) {
    case "welcomed":
      return withSnapshot(
        { ...state, selfId: action.welcome.self_id, rights: action.welcome.rights },
        action.welcome.room,
        action.at,
      );
    case "synced":
      return withSnapshot(state, action.room, action.at);
    case "happened":
      return withNotice(state, action.notice);
    case "told":
      return withEvent(state, action.event);
    case "reserved":
      return { ...state, reserved: action.reserved };
    case "rights":
      return { ...state, rights: action.rights };
    case "clock":
      return { ...state, clock: better(state.clock, action.reading) };
    case "chat_written":
      return { ...state, pending: [...state.pending, written(action)] };
    case "chat_ready":
      return { ...state, pending: state.pending.map((line) => ready(line, action)) };
    case "chat_earlier":
      return { ...state, chat: withEarlier(state.chat, action.messages) };
    case "chat_accepted":
      return withMessage(state, action.message);
    case "chat_refused":
      return { ...state, pending: state.pending.map((line) => refused(line, action)) };
    case "chat_dropped":
      return { ...state, pending: without(state.pending, action.clientId) };
  }
}

function written(action: Omit<PendingChat, "refusal">): PendingChat {
  const { clientId, text, at, to, place, replyTo, uploads, files } = action;
  return { clientId, text, at, to, place, replyTo, uploads, files, refusal: null };
}

function ready(
  line: PendingChat,
  action: { clientId: string; files: readonly string[] },
): PendingChat {
  return line.clientId === action.clientId ? { ...line, files: action.files } : line;
}

function refused(line: PendingChat, action: { clientId: string; code: string }): PendingChat {
  return line.clientId === action.clientId ? { ...line, refusal: action.code } : line;
}

function without(pending: readonly PendingChat[], clientId: string): PendingChat[] {
  return pending.filter((line) => line.clientId !== clientId);
}

function withSnapshot(state: RoomState, room: RoomSnapshot, at: number): RoomState {
  const ours = room.chat.filter((message) => message.participant_id === state.selfId);
  const arrived = new Set(ours.map((message) => message.client_id));
  return {
    ...state,
    seq: room.seq,
    clock: afterSnapshot(state.clock, { ms: room.clock_ms, at }),
    lessonId: room.lesson_id,
    roomId: room.room_id,
    code: room.code,
    title: room.title,
    startedAt: room.started_at,
    participants: room.participants,
    // Another lesson has other lines under the same ids.
    chat: withTail(state.lessonId === room.lesson_id ? state.chat : [], room.chat),
    pending: state.pending.filter((line) => !arrived.has(line.clientId)),
    stage: room.stage,
    board: room.board,
    ask: room.ask,
    aids: { ...room.aids, news: null },
    groups: room.groups,
    door: room.door,
    lobby: room.lobby,
    reserved: room.reserved,
    wall: room.wall,
    files: room.files,
    films: room.films,
    activities: { kept: room.activities, news: null },
    ink: { ...room.ink, news: null },
    recording: recordingFrom(room),
    ...floorFrom(room),
    endedBy: null,
    stale: false,
  };
}

function withNotice(state: RoomState, notice: RoomEvent): RoomState {
  if (state.stale || notice.seq <= state.seq) return state;
  if (notice.seq !== state.seq + 1) return { ...state, stale: true };
  return withEvent({ ...state, seq: notice.seq }, notice.event);
}

function withEvent(state: RoomState, event: RoomEventBody | AsideBody): RoomState {
  switch (event.type) {
    case "participant_joined":
    case "participant_changed":
      return floorAfterPerson(withParticipant(state, event.participant), event.participant);
    case "participant_left":
      return {
        ...floorAfterLeft(state, event.participant_id),
        participants: state.participants.filter((one) => one.id !== event.participant_id),
      };
    case "chat_posted":
    case "chat_told":
      return withMessage(state, event.message);
    case "chat_changed":
      return { ...state, chat: withChange(state.chat, event) };
    case "earlier_told":
      return {
        ...state,
        chat: withEarlier(state.chat, event.messages),
        files: withEarlierFiles(state.files, event.files),
      };
    case "file_added":
    case "file_removed":
      return { ...state, files: withFiles(state.files, event) };
    case "film_changed":
      return { ...state, films: withFilm(state.films, event.film) };
    case "ink_changed":
      return { ...state, ink: withInk(event) };
    case "activity_changed":
    case "activity_said":
    case "activity_told":
      return { ...state, activities: withActivity(state.activities, event) };
    case "recording_changed":
      return { ...state, recording: withRecording(state.recording, event.recording) };
    case "consent_given":
      return { ...state, recording: withConsent(state.recording, event, state.selfId) };
    case "stage_changed":
      return { ...state, stage: event.stage };
    case "board_changed":
      return { ...state, board: event.board };
    case "page_turned":
      return { ...state, board: withTurn(state.board, event) };
    case "poll_opened":
    case "poll_closed":
    case "poll_changed":
    case "poll_discarded":
    case "poll_tally":
    case "answer_taken":
      return { ...state, ask: withAsk(state.ask, event) };
    case "timer_changed":
    case "student_picked":
    case "stars_changed":
      return { ...state, aids: withAids(state.aids, event) };
    case "groups_changed":
      return { ...state, groups: event.groups };
    case "room_ended":
      return { ...state, endedBy: event.by };
    case "wall_changed":
      return {
        ...state,
        wall: {
          ...state.wall,
          wall: event.wall,
          mark: event.wall.is_on ? state.wall.mark : "none",
        },
      };
    case "wall_tiles":
      return { ...state, wall: { ...state.wall, tiles: event.tiles } };
    case "tile_marked":
      return { ...state, wall: { ...state.wall, mark: event.mark } };
    case "hand_raised":
    case "hand_lowered":
    case "floor_changed":
    case "speaking_asked":
    case "speaking_declined":
      return afterFloor(state, event);
    case "door_changed":
      return { ...state, door: event.door };
    case "lobby_changed":
      return { ...state, lobby: event.lobby };
    // A chapter matters to the recording alone; a device that is switched off, to no mirror.
    case "recording_marked":
    case "silenced":
      return state;
  }
}

function withParticipant(state: RoomState, participant: Participant): RoomState {
  const known = state.participants.some((one) => one.id === participant.id);
  return {
    ...state,
    participants: known
      ? state.participants.map((one) => (one.id === participant.id ? participant : one))
      : [...state.participants, participant],
  };
}

function withMessage(state: RoomState, message: ChatMessage): RoomState {
  const ours = message.participant_id === state.selfId;
  return {
    ...state,
    chat: withLine(state.chat, message),
    pending: ours ? without(state.pending, message.client_id) : state.pending,
  };
}
