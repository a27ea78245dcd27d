/**
 * Where the words of a text or a sticky note stand in its box. The editor on the page uses the
 * same numbers, so that nothing jumps when it opens and closes.
 */

import type { Item, TextElement } from "../model";
import { LINE_HEIGHT, type Measure, roughMeasure, wrap } from "./text_layout";

export type TextItem = Extract<Item, TextElement>;
export type Words = TextElement & { text: string };

/** The face of words on the page: as the rest of the product, whatever the theme. */
export const TEXT_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", ' +
  '"Hiragino Sans GB", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", ' +
  '"Source Han Sans SC", sans-serif';
/** A note's words are a little stronger than a text's. */
export const TEXT_WEIGHT = { text: 400, note: 500 } as const;
/** Of words on a note's paper, and of its author's name. */
export const NOTE_INK = "#1d1c1a";
export const NOTE_NAME_INK = "rgba(29, 28, 26, 0.62)";
export const NOTE_RADIUS = 4;

/** What an editor over the page needs besides `fontOf`, so that it breaks lines as they are painted. */
export const EDITOR_STYLE = {
  "line-height": `${LINE_HEIGHT}`,
  "white-space": "pre-wrap",
  "overflow-wrap": "anywhere",
  "text-spacing-trim": "space-all",
} as const;

/** Between a note's edge and its words, in board units. */
export function notePadding(fs: number): number {
  return fs * 0.9;
}

/** Size of the author's name at the bottom of a note. */
export function noteNameSize(fs: number): number {
  return fs * 0.8;
}

/** Room under a note's words for the name, besides the padding. */
export function noteFooter(fs: number): number {
  return noteNameSize(fs) * LINE_HEIGHT + fs * 0.6;
}

/** As the canvas and `style.font` write it, without the height of lines. */
export function fontOf(words: Pick<TextElement, "t" | "fs">): string {
  return `${TEXT_WEIGHT[words.t]} ${words.fs}px ${TEXT_FONT}`;
}

export interface Layout {
  lines: readonly string[];
  /** Left edge of the lines and top of the first one. */
  x: number;
  y: number;
  /** Width the lines were broken to. */
  width: number;
  lineHeight: number;
  /** Height of the whole item: its box, or more when the words need it. */
  height: number;
}

export function layoutWords(words: Words, measure?: Measure): Layout {
  const { fs } = words;
  const padding = words.t === "note" ? notePadding(fs) : 0;
  const footer = words.t === "note" ? noteFooter(fs) : 0;
  const width = Math.max(words.w - 2 * padding, 1);
  const lines = wrap(words.text, width, measure ?? roughMeasure(fs));
  const lineHeight = fs * LINE_HEIGHT;
  const needed = lines.length * lineHeight + 2 * padding + footer;
  return {
    lines,
    x: words.x + padding,
    y: words.y + padding,
    width,
    lineHeight,
    height: Math.max(words.h, needed),
  };
}
