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
  Rights,
  RoomEvent,
  RoomEventBody,
  RoomSnapshot,
  Welcome,
} from "../wire/messages";
import type { PendingChat, RoomState } from "./state";

export type RoomAction =
  | { type: "welcomed"; welcome: Welcome; at: number }
  | { type: "synced"; room: RoomSnapshot; at: number }
  | { type: "happened"; notice: RoomEvent }
  /** To some people only: it has no number, and none is missing without it. */
  | { type: "told"; event: AsideBody; clockMs: number }
  | { type: "rights"; rights: Rights }
  | { type: "chat_written"; clientId: string; text: string; at: string }
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
    case "rights":
      return { ...state, rights: action.rights };
    case "chat_written":
      return { ...state, pending: [...state.pending, written(action)] };
    case "chat_accepted":
      return withMessage(state, action.message);
    case "chat_refused":
      return { ...state, pending: state.pending.map((line) => refused(line, action)) };
    case "chat_dropped":
      return { ...state, pending: without(state.pending, action.clientId) };
  }
}

function written(action: { clientId: string; text: string; at: string }): PendingChat {
  return { clientId: action.clientId, text: action.text, at: action.at, refusal: null };
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
    clock: { ms: room.clock_ms, at },
    lessonId: room.lesson_id,
    roomId: room.room_id,
    code: room.code,
    title: room.title,
    startedAt: room.started_at,
    participants: room.participants,
    chat: mergeChat(state.chat, room.chat),
    pending: state.pending.filter((line) => !arrived.has(line.clientId)),
    stage: room.stage,
    board: room.board,
    endedBy: null,
    stale: false,
  };
}

/** A snapshot carries only the tail of the chat; what we have from before its first line stays. */
function mergeChat(known: readonly ChatMessage[], tail: readonly ChatMessage[]): ChatMessage[] {
  const inTail = new Set(tail.map((message) => message.id));
  const first = tail[0];
  if (!first) return [];
  return [...known.filter((one) => !inTail.has(one.id) && one.at <= first.at), ...tail];
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
      return withParticipant(state, event.participant);
    case "participant_left":
      return {
        ...state,
        participants: state.participants.filter((one) => one.id !== event.participant_id),
      };
    case "chat_posted":
      return withMessage(state, event.message);
    case "stage_changed":
      return { ...state, stage: event.stage };
    case "board_changed":
      return { ...state, board: event.board };
    case "room_ended":
      return { ...state, endedBy: event.by };
    // Our own devices are switched off by it, which is no matter of this mirror.
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
  const known = state.chat.some((one) => one.id === message.id);
  const ours = message.participant_id === state.selfId;
  return {
    ...state,
    chat: known ? state.chat : [...state.chat, message],
    pending: ours ? without(state.pending, message.client_id) : state.pending,
  };
}
