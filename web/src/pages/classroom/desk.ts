/**
 * What the person at this screen has open and looks at: panel, layout, overlay, the face chosen by
 * hand. One desk per session; the room itself knows nothing of it.
 */
import { computed, type Signal, signal } from "@preact/signals";
import type { Session } from "../../room/session";
import { inSeatOrder, participantOf, type RoomState, selfOf } from "../../room/state";
import type { VoiceHint } from "../../room/voice";
import type { Participant } from "../../wire/messages";
import { type Form, focusOf, type View } from "./layout";

/** The panels of the class; `panels.ts` says what each is. */
export type PanelId = "people" | "chat" | "ask" | "files" | "groups";
/** What lies at the side; pages and objects are the board's. */
export type Panel = "none" | PanelId | "pages" | "objects";
/** What the room looks at; null is faces. */
export type Content = "board" | "screen" | null;
export type Overlay = "none" | "leave" | "share" | "sound" | "shortcuts";

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
  /** The device that was asked for and did not start, until it does or the word about it is closed. */
  trouble: Signal<"microphone" | "camera" | null>;
  /** True while the space bar lets us be heard. */
  holding: Signal<boolean>;
  /** What our own microphone tells about itself. */
  voiceHint: Signal<VoiceHint>;
  self: Signal<Participant | null>;
  faces: Signal<Participant[]>;
  /** Whose screen is shared, also while the board lies over it. */
  presenter: Signal<Participant | null>;
  content: Signal<Content>;
  focus: Signal<Participant | null>;
  view: Signal<View>;
  unread: Signal<number>;
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
  const faces = computed(() => inSeatOrder(room.value.participants));
  const presenter = computed(() => participantOf(room.value, room.value.stage.screen_of));
  const content = computed<Content>(() =>
    room.value.stage.board ? "board" : presenter.value ? "screen" : null,
  );
  const focus = computed(() =>
    focusOf(faces.value, {
      selfId: room.value.selfId,
      chosen: chosen.value,
      dominant: session.dominant.value,
    }),
  );
  return {
    code,
    session,
    room,
    form,
    panel,
    overlay: signal<Overlay>("none"),
    chosen,
    draft: signal(""),
    trouble: signal<"microphone" | "camera" | null>(null),
    holding: signal(false),
    voiceHint: signal<VoiceHint>(null),
    self,
    faces,
    presenter,
    content,
    focus,
    view: computed(() => (content.value ? withShare.value : facesOnly.value)),
    unread: unreadOf(room, panel),
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

/** Counts what came since the chat was last open; what was there at joining is not news. */
function unreadOf(room: Signal<RoomState>, panel: Signal<Panel>): Signal<number> {
  let read: number | null = null;
  return computed(() => {
    const { chat, selfId, seq } = room.value;
    if (seq === 0 && chat.length === 0) return 0;
    if (panel.value === "chat" || read === null) read = chat.length;
    if (read > chat.length) read = chat.length;
    return chat.slice(read).filter((message) => message.participant_id !== selfId).length;
  });
}
