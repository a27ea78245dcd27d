/**
 * What the person at this screen has open and looks at: panel, layout, overlay, the face chosen by
 * hand. One desk per session; the room itself knows nothing of it.
 */
import { computed, type Signal, signal } from "@preact/signals";
import { placeOf } from "../../room/floor";
import { inReach } from "../../room/groups";
import type { Session } from "../../room/session";
import { inSeatOrder, participantOf, type RoomState, selfOf } from "../../room/state";
import type { VoiceHint } from "../../room/voice";
import { boardIsHere } from "../../room/wall";
import type { Participant } from "../../wire/messages";
import { readMark } from "./chat/read_mark";
import { type Form, focusOf, type View } from "./layout";

/** The panels of the class; `panels.ts` says what each is. */
export type PanelId = "people" | "chat" | "ask" | "files" | "groups" | "decks" | "notes" | "visit";
/** What lies at the side; pages, objects and the text of slides are the board's. */
export type Panel = "none" | PanelId | BoardPanel;
export type BoardPanel = "pages" | "objects" | "text";

export function isOfBoard(panel: Panel): panel is BoardPanel {
  return panel === "pages" || panel === "objects" || panel === "text";
}

/** What the room looks at; null is faces. */
export type Content = "board" | "screen" | null;
export type Overlay =
  | "none"
  | "leave"
  | "share"
  | "sound"
  | "shortcuts"
  /** Of the recording: asking for it, our own answers, everybody's, a chapter, its end. */
  | "record"
  | "consent"
  | "answers"
  | "mark"
  | "stop";

export interface Desk {
  code: string;
  session: Session;
  room: Signal<RoomState>;
  form: Signal<Form>;
  panel: Signal<Panel>;
  overlay: Signal<Overlay>;
  /** The face chosen to be large; null leaves it to the room. */
  chosen: Signal<string | null>;
  /** What is written in the chat's field and not yet sent; kept when the panel closes. */
  draft: Signal<string>;
  /** The picture of a file that is shown large; null while none is. */
  shownPicture: Signal<string | null>;
  /** The device that was asked for and did not start, until it does or the word about it is closed. */
  trouble: Signal<"microphone" | "camera" | null>;
  /** True while the space bar lets us be heard. */
  holding: Signal<boolean>;
  /** The pen is in the hand, to draw on the shared screen. */
  drawing: Signal<boolean>;
  /** What our own microphone tells about itself. */
  voiceHint: Signal<VoiceHint>;
  /** The question about a recording that is answered later; see `askingOf`. */
  putOff: Signal<string>;
  /** The recording of which it was read that it ended by itself. */
  endingRead: Signal<string>;
  /** The session of playing what was missed; empty while one is only in class. */
  catchingUp: Signal<string>;
  self: Signal<Participant | null>;
  /** Everybody in the class. */
  people: Signal<Participant[]>;
  /** Those whose faces are shown: in focus mode students see the staff, the stage and themselves. */
  faces: Signal<Participant[]>;
  /** Our hand as it was asked for and not yet answered; null while nothing is under way. */
  handWish: Signal<boolean | null>;
  handUp: Signal<boolean>;
  /** Our place in the queue of hands, from 1; 0 without one. */
  handPlace: Signal<number>;
  /** Whose screen is shared, also while the board lies over it. */
  presenter: Signal<Participant | null>;
  content: Signal<Content>;
  focus: Signal<Participant | null>;
  view: Signal<View>;
  /** Chat lines of others that were not seen. */
  unread: Signal<number>;
  /** How far the chat was read when it was opened last: a line's number. */
  readSince(): number;
  /** The gallery's page, from 0, and how many it has now. */
  page: Signal<number>;
  pages: Signal<number>;
  setView(view: View): void;
  togglePanel(panel: Panel): void;
}

export function createDesk(code: string, session: Session, form: Signal<Form>): Desk {
  const room = session.room;
  const panel = signal<Panel>("none");
  const chosen = signal<string | null>(null);
  // A share and plain faces are two situations; each remembers its own layout.
  const withShare = signal<View>("focus");
  const facesOnly = signal<View>("gallery");
  const self = computed(() => selfOf(room.value));
  const people = computed(() => inSeatOrder(room.value.participants));
  const faces = computed(() =>
    inReach(people.value, self.value, room.value.groups).filter((one) =>
      isShown(room.value, self.value, one),
    ),
  );
  const handWish = signal<boolean | null>(null);
  const handPlace = computed(() => placeOf(room.value.hands, room.value.selfId));
  const handUp = computed(() => handWish.value ?? handPlace.value > 0);
  const presenter = computed(() => {
    const one = participantOf(room.value, room.value.stage.screen_of);
    return one && inReach([one], self.value, room.value.groups).length > 0 ? one : null;
  });
  const content = computed<Content>(() =>
    boardIsHere(room.value) ? "board" : presenter.value ? "screen" : null,
  );
  const focus = computed(() =>
    focusOf(faces.value, {
      selfId: room.value.selfId,
      chosen: chosen.value ?? spotlightOf(room.value),
      dominant: session.dominant.value,
    }),
  );
  const read = readMark(room, () => panel.value === "chat");
  return {
    code,
    session,
    room,
    form,
    panel,
    overlay: signal<Overlay>("none"),
    chosen,
    draft: signal(""),
    shownPicture: signal<string | null>(null),
    trouble: signal<"microphone" | "camera" | null>(null),
    holding: signal(false),
    drawing: signal(false),
    voiceHint: signal<VoiceHint>(null),
    putOff: signal(""),
    endingRead: signal(""),
    catchingUp: signal(""),
    self,
    people,
    faces,
    handWish,
    handUp,
    handPlace,
    presenter,
    content,
    focus,
    view: computed(() => (content.value ? withShare.value : facesOnly.value)),
    unread: read.unread,
    readSince: read.since,
    page: signal(0),
    pages: signal(1),
    setView(view) {
      if (content.value) withShare.value = view;
      else facesOnly.value = view;
    },
    togglePanel(wanted) {
      panel.value = panel.value === wanted ? "none" : wanted;
    },
  };
}

/** Who is large for everybody; nobody is large for themselves by another's doing. */
export function spotlightOf(room: RoomState): string | null {
  const { spotlight } = room.floor;
  return spotlight === room.selfId ? null : spotlight;
}

function isShown(room: RoomState, self: Participant | null, one: Participant): boolean {
  // In a group there is nobody else to look at, so focus is about the class alone.
  if (!room.floor.focus || self?.role !== "student" || self.group !== "") return true;
  return one.role === "host" || one.role === "assistant" || one.id === self.id || !!one.on_stage;
}

/** Whether somebody else's screen lies on the stage. */
export function seesScreen(desk: Desk): boolean {
  const presenter = desk.presenter.value;
  return desk.content.value === "screen" && presenter?.id !== desk.room.value.selfId;
}

/** True when there was a page to turn to. */
export function turnFaces(desk: Desk, step: 1 | -1): boolean {
  const pages = desk.pages.value;
  const to = Math.min(desk.page.value, pages - 1) + step;
  if (to < 0 || to >= pages) return false;
  desk.page.value = to;
  return true;
}
