/**
 * The floor as the client knows it: the queue of hands, locks, spotlight, focus, and who was asked
 * to speak. Values and what an event makes of them; nothing here knows a clock or a socket.
 */
import type {
  AskedToSpeak,
  Floor,
  FloorAside,
  FloorEvent,
  Hand,
  Participant,
  RoomSnapshot,
} from "../wire/messages";

export interface FloorMirror {
  floor: Floor;
  /** The first is the next. */
  hands: readonly Hand[];
  /** Oneself; for staff, everybody who was asked. */
  asked: readonly AskedToSpeak[];
  /** Who said last that they would rather not speak; a new object each time. */
  declined: { participantId: string; source: AskedToSpeak["source"] } | null;
}

/** How long somebody is asked, as on the server. */
export const ASKED_FOR_MS = 60_000;

export const OPEN_FLOOR: Floor = {
  locks: {
    microphones: false,
    cameras: false,
    shares: false,
    chat: false,
    whispers: true,
    files: false,
    hands: false,
    reactions: false,
  },
  spotlight: null,
  focus: false,
  layout: null,
  leader: null,
};

export const EMPTY_FLOOR: FloorMirror = {
  floor: OPEN_FLOOR,
  hands: [],
  asked: [],
  declined: null,
};

export function floorFrom(room: RoomSnapshot): FloorMirror {
  return {
    floor: room.floor ?? OPEN_FLOOR,
    hands: room.hands ?? [],
    asked: room.asked ?? [],
    declined: null,
  };
}

export function afterFloor<S extends FloorMirror>(state: S, event: FloorEvent | FloorAside): S {
  switch (event.type) {
    case "hand_raised":
      return { ...state, hands: [...without(state.hands, event.hand.participant_id), event.hand] };
    case "hand_lowered":
      return { ...state, hands: without(state.hands, event.participant_id) };
    case "floor_changed":
      return { ...state, floor: event.floor };
    case "speaking_asked":
      return { ...state, asked: [...state.asked.filter(isOther(event.asked)), event.asked] };
    case "speaking_declined":
      return {
        ...state,
        asked: state.asked.filter(isOther(event)),
        declined: { participantId: event.participant_id, source: event.source },
      };
  }
}

/** Who speaks is not asked any more; who left has neither hand nor question. */
export function floorAfterPerson<S extends FloorMirror>(state: S, who: Participant): S {
  const asked = state.asked.filter(
    (one) => one.participant_id !== who.id || who.media[one.source] !== "live",
  );
  return asked.length === state.asked.length ? state : { ...state, asked };
}

export function floorAfterLeft<S extends FloorMirror>(state: S, id: string): S {
  return {
    ...state,
    hands: without(state.hands, id),
    asked: state.asked.filter((one) => one.participant_id !== id),
  };
}

/** The place in the queue, from 1; 0 without a raised hand. */
export function placeOf(hands: readonly Hand[], id: string): number {
  return hands.findIndex((hand) => hand.participant_id === id) + 1;
}

/** What somebody is asked for at a moment of the room clock. */
export function askedOf(
  state: FloorMirror,
  id: string,
  clockMs: number,
): readonly AskedToSpeak["source"][] {
  return state.asked
    .filter((one) => one.participant_id === id && one.at_ms + ASKED_FOR_MS > clockMs)
    .map((one) => one.source);
}

function without(hands: readonly Hand[], id: string): Hand[] {
  return hands.filter((hand) => hand.participant_id !== id);
}

function isOther(than: { participant_id: string; source: string }) {
  return (one: AskedToSpeak) =>
    one.participant_id !== than.participant_id || one.source !== than.source;
}
