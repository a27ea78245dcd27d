/**
 * Keys of the classroom: single letters while nobody writes, and the space bar held to speak. This
 * table and the list of panels say what there is; the sheet behind `?` is drawn from both.
 */
import { signal } from "@preact/signals";

export type KeyAct =
  | "microphone"
  | "camera"
  | "share"
  | "hand"
  | "react"
  | "layout"
  | "board"
  | "draw"
  | "record"
  | "full"
  | "help";

export const KEYS: readonly { key: string; act: KeyAct }[] = [
  { key: "m", act: "microphone" },
  { key: "v", act: "camera" },
  { key: "s", act: "share" },
  { key: "h", act: "hand" },
  { key: "r", act: "react" },
  { key: "b", act: "board" },
  { key: "w", act: "draw" },
  { key: "j", act: "record" },
  { key: "l", act: "layout" },
  { key: "f", act: "full" },
  { key: "?", act: "help" },
];

const STORED = "classroom.single_keys";

/** Single letters can be in the way of speech input and screen readers (WCAG 2.1.4). */
export const singleKeys = signal(globalThis.localStorage?.getItem(STORED) !== "off");

export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  globalThis.localStorage?.setItem(STORED, on ? "on" : "off");
}

function plain(event: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The key as the tables name it; null with a modifier, which makes it the browser's. */
function letterOf(event: Pressed): string | null {
  if (!plain(event)) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** What a key means here; null when it belongs to somebody else. */
export function actOf(event: Pressed): KeyAct | null {
  const letter = letterOf(event);
  return KEYS.find((one) => one.key === letter)?.act ?? null;
}

const TURNS: Record<string, 1 | -1> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  PageDown: 1,
  PageUp: -1,
};
/** What has its own use for arrows, and lists that scroll. */
const ARROWED = "input, [role=toolbar], [role=radiogroup], .panel, .board";

const WRITING = "input:not([type=radio]):not([type=checkbox]), textarea, select";

interface Keyed {
  /** The page's letters and the held space bar. */
  act(act: KeyAct): void;
  /** Opens or closes the panel of this letter; false when there is none. */
  panel(letter: string): boolean;
  hold(down: boolean): void;
  /** Arrows and page keys; false when there was nothing to turn. */
  turn(step: 1 | -1): boolean;
  escape(): void;
}

export function followKeys(keyed: Keyed): () => void {
  let held = false;
  const release = () => {
    if (held) keyed.hold(false);
    held = false;
  };
  const down = (event: KeyboardEvent) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.isComposing || at.closest("dialog, [popover]")) return;
    if (event.key === "Escape") return keyed.escape();
    if (at.closest(WRITING) || at.closest("[contenteditable]")) return;
    if (event.key === " " && !pressable(at)) {
      event.preventDefault();
      if (!held) keyed.hold(true);
      held = true;
      return;
    }
    const step = plain(event) ? TURNS[event.key] : undefined;
    if (step && !at.closest(ARROWED)) {
      if (keyed.turn(step)) event.preventDefault();
      return;
    }
    if (!event.repeat && press(keyed, event)) event.preventDefault();
  };
  const up = (event: KeyboardEvent) => {
    if (event.key === " ") release();
  };
  addEventListener("keydown", down);
  addEventListener("keyup", up);
  // A window that loses the focus never hears the key go up.
  addEventListener("blur", release);
  return () => {
    removeEventListener("keydown", down);
    removeEventListener("keyup", up);
    removeEventListener("blur", release);
  };
}

/** True when the key meant something. */
function press(keyed: Keyed, event: KeyboardEvent): boolean {
  const act = actOf(event);
  if (!singleKeys.value && act !== "help") return false;
  const letter = letterOf(event);
  if (!act) return letter !== null && keyed.panel(letter);
  keyed.act(act);
  return true;
}

/** Where the space bar already has a meaning. */
function pressable(at: Element): boolean {
  return at.closest("button, a, summary, [role=menuitem], label, input") !== null;
}
