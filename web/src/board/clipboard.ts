/**
 * What is copied, as text of our own beside plain words, and how it is put down again. Pure but for
 * `ClipboardText`, which hides the browsers' differences.
 */
import { fromBase64, toBase64 } from "./file_base64";
import { isIdentity, multiply, translation } from "./kernel/matrix";
import type { Draft, Edit, Item, Matrix } from "./model";
import { isPacked } from "./points";
import { isExactDraft, readMatrix } from "./schema";

/** Our own format, beside text/plain. */
export const BOARD_MIME = "application/x-classroom-board";
const FORMAT = "classroom-board-1";
/** More than anybody copies by hand; it keeps one paste within the page's limits. */
const MOST_ITEMS = 5_000;

export interface Copied {
  draft: Draft;
  m: Matrix;
  text: string;
}

export function copiedOf(items: readonly Item[]): Copied[] {
  return items.map(({ id: _id, by: _by, at: _at, z: _z, m, text, ...draft }) => ({
    draft: draft as Draft,
    m,
    text,
  }));
}

export function writeCopied(items: readonly Copied[]): string {
  const plain = items.map(({ draft, m, text }) => ({
    m,
    text,
    draft: "d" in draft ? { ...draft, d: toBase64(draft.d) } : draft,
  }));
  return JSON.stringify({ format: FORMAT, items: plain });
}

/** Null when the text is not ours or holds what no page takes. */
export function readCopied(text: string): Copied[] | null {
  try {
    const found = JSON.parse(text) as { format?: unknown; items?: unknown };
    if (found.format !== FORMAT || !Array.isArray(found.items)) return null;
    const items = found.items.slice(0, MOST_ITEMS).map(readOne);
    return items.every((item) => item !== null) ? items : null;
  } catch {
    return null;
  }
}

function readOne(value: unknown): Copied | null {
  if (typeof value !== "object" || value === null) return null;
  const { draft, m, text } = value as Record<string, unknown>;
  if (typeof draft !== "object" || draft === null) return null;
  const whole: Record<string, unknown> = { ...draft };
  if ("d" in whole) {
    const d = typeof whole.d === "string" ? fromBase64(whole.d) : null;
    if (!d || !isPacked(d)) return null;
    whole.d = d;
  }
  const matrix = readMatrix(m);
  if (!isExactDraft(whole) || !matrix) return null;
  const words = typeof text === "string" ? text : "";
  return { draft: whole as unknown as Draft, m: matrix, text: words };
}

/** Puts copies onto a page, moved by so much; their ids, in the same order. */
export function putDown(edit: Edit, items: readonly Copied[], dx: number, dy: number): string[] {
  return items.map(({ draft, m, text }) => {
    const id = edit.insert(draft, { text });
    const moved = multiply(translation(dx, dy), m);
    if (!isIdentity(moved)) edit.patch(id, { m: moved });
    return id;
  });
}

/** The words of what was copied, for other programs. */
export function wordsOf(items: readonly Copied[]): string {
  return items
    .map(({ draft, text }) => (draft.t === "tex" ? draft.src : text))
    .filter((words) => words !== "")
    .join("\n");
}
