/**
 * The panels of the class, one entry each. The side panel, the bar's buttons, the menu of a small
 * window, the keys and the sheet of keys are all drawn from this list.
 */
import type { FunctionComponent } from "preact";
import { t } from "../../text/text";
import type { IconName } from "../../ui/icon";
import { askBadge } from "./ask/ask_badge";
import { AskPanel } from "./ask/ask_panel";
import { mayLead } from "./board/acts";
import { ChatPanel } from "./chat_panel";
import { hasNotesPanel } from "./decks/notes";
import { NotesPanel } from "./decks/notes_panel";
import { SlidesPanel } from "./decks/slides_panel";
import type { Desk, PanelId } from "./desk";
import { FilesPanel } from "./files/files_panel";
import { mayOrder } from "./floor/acts";
import { callBadge } from "./groups/call_badge";
import { GroupsPanel, hasGroups } from "./groups/groups_panel";
import type { Form } from "./layout";
import { PeoplePanel } from "./people_panel";
import { VisitPanel } from "./visit/panel";
import { talk } from "./visit/talk";

/** A number on the panel's button; 0 shows nothing. Marigold says that somebody waits. */
export interface PanelBadge {
  count: number;
  look: "accent" | "signal";
  /** What the number means, for the tooltip and screen readers. */
  tip?: string;
}

export interface Panel {
  id: PanelId;
  icon: IconName;
  titleKey: string;
  /** The letter that opens and closes it. */
  key: string;
  View: FunctionComponent<{ desk: Desk }>;
  badge(desk: Desk): PanelBadge;
  /** Whether this person has the panel at all. */
  shown(desk: Desk): boolean;
  /** It has no button in the bar: what it belongs to has one. */
  isAside?: true;
  /** The number beside the title, where there is one to tell. */
  count?(desk: Desk): number;
}

export const PANELS: readonly Panel[] = [
  {
    id: "visit",
    icon: "document",
    titleKey: "talk-panel",
    key: "k",
    View: VisitPanel,
    badge: () => ({ count: 0, look: "accent" }),
    shown: () => talk.value !== null,
  },
  {
    id: "people",
    icon: "people",
    titleKey: "room-people",
    key: "p",
    View: PeoplePanel,
    badge: (desk) => {
      const { hands, lobby } = desk.room.value;
      const waiting = lobby?.waiting.length ?? 0;
      const count = (mayOrder(desk) ? hands.length : 0) + waiting;
      const tip =
        waiting > 0
          ? t("lobby-waiting-count", { count: waiting })
          : count > 0
            ? t("floor-hands-count", { count })
            : undefined;
      return { count, look: "signal", ...(tip && { tip }) };
    },
    shown: () => true,
    count: (desk) => desk.people.value.length,
  },
  {
    id: "chat",
    icon: "chat",
    titleKey: "room-chat",
    key: "c",
    View: ChatPanel,
    badge: (desk) => {
      const count = desk.unread.value;
      const tip = count > 0 ? t("room-chat-unread", { count }) : undefined;
      return { count, look: "accent", ...(tip && { tip }) };
    },
    shown: () => true,
  },
  {
    id: "ask",
    icon: "ask",
    titleKey: "ask-title",
    key: "a",
    View: AskPanel,
    badge: askBadge,
    shown: ({ room }) => room.value.rights.may_ask || room.value.rights.may_answer,
  },
  {
    id: "groups",
    icon: "groups",
    titleKey: "groups-title",
    key: "g",
    View: GroupsPanel,
    badge: callBadge,
    shown: hasGroups,
  },
  {
    id: "decks",
    icon: "slides",
    titleKey: "decks-slides-title",
    key: "d",
    View: SlidesPanel,
    badge: () => ({ count: 0, look: "accent" }),
    shown: mayLead,
  },
  {
    id: "files",
    icon: "files",
    titleKey: "files-title",
    key: "i",
    View: FilesPanel,
    badge: () => ({ count: 0, look: "accent" }),
    shown: () => true,
    count: (desk) => desk.room.value.files.length,
  },
  {
    id: "notes",
    icon: "notes",
    titleKey: "present-notes",
    key: "n",
    View: NotesPanel,
    badge: () => ({ count: 0, look: "accent" }),
    shown: hasNotesPanel,
    isAside: true,
  },
];

/** How many of them stand in the bar; the others are in its menu. */
const ON_BAR: Record<Form, number> = { wide: Number.POSITIVE_INFINITY, tablet: 4, phone: 2 };

export function shownPanels(desk: Desk): Panel[] {
  return PANELS.filter((panel) => panel.shown(desk));
}

/** Those with a button in the bar. */
export function barPanels(desk: Desk): Panel[] {
  const panels = shownPanels(desk).filter((panel) => !panel.isAside);
  return panels.slice(0, ON_BAR[desk.form.value]);
}

/** Those for which the bar has no room. */
export function menuPanels(desk: Desk): Panel[] {
  const onBar = barPanels(desk);
  return shownPanels(desk).filter((panel) => !onBar.includes(panel));
}
