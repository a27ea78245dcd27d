/** Searching in the slides of a deck: titles, what stands on them, and notes. Pure. */
import type { SlideRow } from "./rows";

export type Field = "title" | "text" | "notes";

export interface Hit {
  /** The slide, from 1. */
  at: number;
  page: string;
  field: Field;
  /** The line, cut to what is near; `found` is what was searched for. */
  before: string;
  found: string;
  after: string;
}

/** Nobody reads more of them. */
export const HITS_MAX = 200;
const NEAR = 40;

/** One for each slide and place; words are found whatever their case and accents. */
export function hitsOf(rows: readonly SlideRow[], words: string): readonly Hit[] {
  const wanted = folded(oneLine(words));
  if (wanted === "") return [];
  const hits: Hit[] = [];
  for (const row of rows) {
    const first = row.leaves[0]?.page.id;
    if (first === undefined) continue;
    const leaf = row.leaves.find(({ text }) => folded(oneLine(text)).includes(wanted));
    const places: [Field, string, string][] = [
      ["title", row.title, first],
      // The title stands on the slide as well; once is enough.
      ["text", leaf ? withoutTitle(leaf.text, row.title) : "", leaf?.page.id ?? first],
      ["notes", row.notes, first],
    ];
    for (const [field, text, page] of places) {
      const line = lineOf(text, wanted);
      if (line) hits.push({ at: row.at, page, field, ...line });
      if (hits.length === HITS_MAX) return hits;
    }
  }
  return hits;
}

function lineOf(text: string, wanted: string): Pick<Hit, "before" | "found" | "after"> | null {
  const line = oneLine(text);
  const at = folded(line).indexOf(wanted);
  if (at < 0) return null;
  const end = at + wanted.length;
  const from = Math.max(0, at - NEAR);
  const to = Math.min(line.length, end + NEAR);
  return {
    before: (from > 0 ? "…" : "") + line.slice(from, at),
    found: line.slice(at, end),
    after: line.slice(end, to) + (to < line.length ? "…" : ""),
  };
}

function withoutTitle(text: string, title: string): string {
  const line = oneLine(text);
  const head = oneLine(title);
  return head !== "" && line.startsWith(head) ? line.slice(head.length) : line;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** One letter, also a wide one, and what stands over it. */
const ACCENTED = /^(.)\p{M}*$/u;

/** Each letter stays one letter, so that a place found here is the place in the text. */
function folded(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    const plain = (ACCENTED.exec(unit.normalize("NFKD"))?.[1] ?? unit).toLowerCase();
    out += plain.length === 1 ? plain : unit;
  }
  return out;
}
