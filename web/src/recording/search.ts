/**
 * Finding words in a recording: in the chat, on pages and slides, on the board, in questions and in
 * captions. Letters are compared without case and accents; CJK text by its characters. Pure.
 */
export type Found = "chat" | "page" | "slide" | "board" | "poll" | "caption";

export interface Entry {
  ms: number;
  kind: Found;
  text: string;
  /** Of the item of the board or the line of chat; "" for others. */
  id: string;
  /** Who said or wrote it; "" for nobody in particular. */
  pid: string;
}

export interface Hit extends Entry {
  /** Where in `text` it was found. */
  from: number;
  to: number;
}

const MOST = 200;

/** Every word of the query has to be in the text; in order of time. */
export function search(entries: readonly Entry[], query: string): Hit[] {
  const words = fold(query).folded.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const entry of entries) {
    const { folded, places } = fold(entry.text);
    const found = words.map((word) => folded.indexOf(word));
    if (found.some((at) => at < 0)) continue;
    const at = found[0] as number;
    const end = at + (words[0] as string).length;
    hits.push({
      ...entry,
      from: places[at] ?? 0,
      to: places[end] ?? entry.text.length,
    });
  }
  return hits.sort((a, b) => a.ms - b.ms).slice(0, MOST);
}

/** Without case and accents, and from which place of the text each letter of it comes. */
function fold(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    for (let n = 0; n < plain.length; n += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  return { folded, places };
}
