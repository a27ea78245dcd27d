/**
 * Keys of the player, while nobody writes. The table says what there is; the sheet behind `?` is
 * drawn from it.
 */
import { acts } from "./acts";
import type { PlayerDesk } from "./desk";

export interface Key {
  /** As it is written on the sheet. */
  shown: string;
  word: string;
  keys: readonly string[];
  run(desk: PlayerDesk, key: string): void;
}

const STEP_MS = 5_000;
const FAR_MS = 10_000;

export const KEYS: readonly Key[] = [
  {
    ...{ shown: "K", word: "player-key-play", keys: ["k", " "] },
    run: (desk) => desk.playback.toggle(),
  },
  { shown: "J", word: "player-back", keys: ["j"], run: (desk) => acts(desk).step(-FAR_MS) },
  { shown: "L", word: "player-forward", keys: ["l"], run: (desk) => acts(desk).step(FAR_MS) },
  {
    ...{ shown: "← →", word: "player-key-arrows", keys: ["arrowleft", "arrowright"] },
    run: (desk, key) => acts(desk).step(key === "arrowleft" ? -STEP_MS : STEP_MS),
  },
  {
    ...{ shown: "0 – 9", word: "player-key-tenth", keys: [..."0123456789"] },
    run: (desk, key) => acts(desk).share(Number(key) / 10),
  },
  {
    ...{ shown: "Home End", word: "player-key-ends", keys: ["home", "end"] },
    run: (desk, key) => acts(desk).share(key === "home" ? 0 : 1),
  },
  {
    ...{ shown: "< >", word: "player-key-speed", keys: ["<", ">"] },
    run: (desk, key) => acts(desk).faster(key === "<" ? -1 : 1),
  },
  { shown: "M", word: "player-key-mute", keys: ["m"], run: (desk) => acts(desk).mute() },
  { shown: "C", word: "player-captions", keys: ["c"], run: (desk) => acts(desk).captions() },
  { shown: "F", word: "player-full", keys: ["f"], run: (desk) => acts(desk).full() },
  {
    ...{ shown: "+ − =", word: "player-key-zoom", keys: ["+", "-", "="] },
    run: (desk, key) => desk.zoom(key),
  },
  { shown: "/", word: "player-search", keys: ["/"], run: (desk) => acts(desk).search() },
  {
    ...{ shown: "?", word: "player-keys", keys: ["?"] },
    run: (desk) => {
      desk.hasKeys.value = true;
    },
  },
];

const WRITING = "input:not([type=radio]):not([type=checkbox]):not([type=range]), textarea, select";
/** What has its own use for the space bar, arrows, Home and End. */
const OWN: Readonly<Record<string, string>> = {
  " ": "button, a, [role=menuitem], summary",
  arrowleft: "input, [role=menu], [role=slider], [role=radiogroup], fieldset",
  arrowright: "input, [role=menu], [role=slider], [role=radiogroup], fieldset",
  home: "[role=menu], [role=slider], .ppanel-body",
  end: "[role=menu], [role=slider], .ppanel-body",
};

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

export function keyOf(event: Pressed): Key | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return KEYS.find(({ keys }) => keys.includes(event.key.toLowerCase())) ?? null;
}

/** `root`: the player, which may lie in a layer of its own over a page with other keys. */
export function followKeys(
  desk: PlayerDesk,
  root: HTMLElement | null,
  hasLetters: () => boolean,
): () => void {
  const layer = root?.closest("dialog") ?? null;
  const press = (event: KeyboardEvent) => {
    const key = keyOf(event);
    const on = event.target instanceof Element ? event.target : null;
    // Nothing below a layer hears what is pressed in it.
    if (layer && event.key !== "Escape") event.stopPropagation();
    if (!key || event.defaultPrevented || on?.closest(WRITING)) return;
    const above = on?.closest("dialog, [popover]") ?? null;
    if (above !== layer) return;
    const pressed = event.key.toLowerCase();
    if (OWN[pressed] && on?.closest(OWN[pressed])) return;
    // Single letters may be switched off (WCAG 2.1.4); the space bar and arrows stay.
    if (event.key.length === 1 && event.key !== " " && !hasLetters()) return;
    event.preventDefault();
    key.run(desk, pressed);
  };
  const target: HTMLElement | Window = layer ?? window;
  target.addEventListener("keydown", press as EventListener);
  return () => target.removeEventListener("keydown", press as EventListener);
}
