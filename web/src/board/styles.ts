/**
 * Colours, widths and what can be set for which tool. The colours are fixed values and not the
 * theme's: paper is white in both themes, and what is drawn looks the same to everybody.
 */
import type { Knob, ToolName, ToolStyle } from "./view_types";
import { TOOLS } from "./view_types";

/** The same as `--ink-1` to `--ink-6` of the tokens. */
export const INKS = ["#1d1c1a", "#12656d", "#c0392b", "#2f62c4", "#8a4fb0", "#a65500"] as const;
export const MARKERS = ["#ffd84a", "#8ddc7a", "#7fc9ff", "#ff9ec4", "#ffb066"] as const;
export const NOTE_PAPERS = ["#fdeeb3", "#d9ebe9", "#dbe6fa", "#ecdff5", "#fbdfd9"] as const;
export const FILLS = [
  "",
  "#fdeeb3",
  "#d9ebe9",
  "#dbe6fa",
  "#ecdff5",
  "#fbdfd9",
  "#ffffff",
] as const;
export const PEN_WIDTHS = [2, 4, 7, 12] as const;
export const MARKER_WIDTHS = [12, 20, 32] as const;
export const ERASER_WIDTHS = [12, 28, 60] as const;
export const LINE_WIDTHS = [2, 3, 5, 8] as const;
export const LETTER_SIZES = [18, 24, 36, 56] as const;
/** Words on notes are dark on every paper. */
export const NOTE_INK = INKS[0];
/** A formula's `s` is 1 at letters of this height. */
export const FORMULA_SIZE = 24;

export const KNOBS: Readonly<Record<ToolName, readonly Knob[]>> = {
  select: [],
  lasso: [],
  hand: [],
  pen: ["colour", "width"],
  hl: ["colour", "width"],
  eraser: ["eraser", "width"],
  line: ["colour", "width", "dash"],
  arrow: ["colour", "width", "dash"],
  rect: ["colour", "width", "dash", "fill"],
  ell: ["colour", "width", "dash", "fill"],
  poly: ["colour", "width", "dash", "fill"],
  text: ["colour", "size"],
  note: ["colour", "size"],
  tex: ["colour", "size"],
  img: [],
  laser: ["colour"],
};

const PLAIN: ToolStyle = {
  colour: INKS[0],
  width: 3,
  opacity: 1,
  dash: 0,
  fill: "",
  size: 24,
  eraser: "part",
};

const FIRST: Partial<Record<ToolName, Partial<ToolStyle>>> = {
  pen: { width: 4 },
  hl: { colour: MARKERS[0], width: 20, opacity: 0.45 },
  eraser: { width: 28 },
  tex: { size: 36 },
  note: { colour: NOTE_PAPERS[0] },
  laser: { colour: INKS[2] },
};

export type Styles = Readonly<Record<ToolName, ToolStyle>>;

/** What one draws on: paper, or a screen, where black is lost on much of what is shown. */
export type Ground = "paper" | "screen";

export function firstStyles(ground: Ground = "paper"): Styles {
  const plain = ground === "paper" ? PLAIN : { ...PLAIN, colour: INKS[2] };
  const styles = {} as Record<ToolName, ToolStyle>;
  for (const tool of TOOLS) styles[tool] = { ...plain, ...FIRST[tool] };
  return styles;
}

const COLOUR = /^#[0-9a-f]{6}$/;

/** A style whose every value the page's document takes; what is wrong stays as it was. */
export function soundStyle(old: ToolStyle, wish: Partial<ToolStyle>): ToolStyle {
  const within = (value: number | undefined, least: number, most: number, otherwise: number) =>
    Number.isFinite(value) ? Math.min(most, Math.max(least, value as number)) : otherwise;
  const colour = wish.colour?.toLowerCase() ?? "";
  const fill = wish.fill?.toLowerCase();
  return {
    colour: COLOUR.test(colour) ? colour : old.colour,
    width: within(wish.width, 0.5, 200, old.width),
    opacity: within(wish.opacity, 0.05, 1, old.opacity),
    dash: wish.dash === 0 || wish.dash === 1 || wish.dash === 2 ? wish.dash : old.dash,
    fill: fill === "" || (fill !== undefined && COLOUR.test(fill)) ? fill : old.fill,
    size: within(wish.size, 6, 400, old.size),
    eraser: wish.eraser === "whole" || wish.eraser === "part" ? wish.eraser : old.eraser,
  };
}

const STORED: Record<Ground, string> = {
  paper: "classroom.board_styles",
  screen: "classroom.ink_styles",
};

/** The pens as they were left on this device. */
export function storedStyles(
  storage: Storage | undefined = globalThis.localStorage,
  ground: Ground = "paper",
): Styles {
  const styles = firstStyles(ground) as Record<ToolName, ToolStyle>;
  try {
    const found = JSON.parse(storage?.getItem(STORED[ground]) ?? "{}") as Record<string, unknown>;
    for (const tool of TOOLS) {
      const wish = found[tool];
      if (typeof wish === "object" && wish !== null)
        styles[tool] = soundStyle(styles[tool], wish as Partial<ToolStyle>);
    }
  } catch {
    // Somebody else's text under our name: begin anew.
  }
  return styles;
}

export function storeStyles(
  styles: Styles,
  storage: Storage | undefined = globalThis.localStorage,
  ground: Ground = "paper",
): void {
  try {
    storage?.setItem(STORED[ground], JSON.stringify(styles));
  } catch {
    // A full or forbidden storage only means that the pens are forgotten.
  }
}

/** An author's colour: everybody sees the same one for the same person. */
export function inkOf(author: string): string {
  let sum = 7;
  for (const letter of author) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  // Black is what most people write in, so it tells nobody apart.
  return INKS[1 + (sum % (INKS.length - 1))] ?? INKS[1];
}
