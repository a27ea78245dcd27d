/** The text of a message in pieces: words, addresses that become links, and formulas. */
export type Piece =
  | { is: "words"; text: string }
  | { is: "link"; text: string }
  | { is: "formula"; text: string; tex: string; display: boolean };

/** Longer ones are shown as they were written. */
export const TEX_MAX = 500;

/** Only http and https, and without the punctuation of the sentence around the address. */
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？）】」』]+/giu;
const TRAILING = /[.,;:!?)\]}…]+$/u;

/**
 * `$$...$$` or `$...$`. After the opening sign and before the closing one stands no blank, and no
 * figure after it: so "$5 and $6" stays an amount of money.
 */
const FORMULA = /\$\$([^$]+)\$\$|\$(?![\s$])((?:[^$\n\\]|\\.)*[^$\n\\\s]|\\.)\$(?!\d)/gu;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(FORMULA)) {
    const display = match[1] !== undefined;
    const tex = (match[1] ?? match[2] ?? "").trim();
    if (tex === "" || tex.length > TEX_MAX) continue;
    pieces.push(...linksIn(text.slice(from, match.index)));
    pieces.push({ is: "formula", text: match[0], tex, display });
    from = match.index + match[0].length;
  }
  pieces.push(...linksIn(text.slice(from)));
  return pieces;
}

function linksIn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const href = match[0].replace(TRAILING, "");
    if (match.index > from) pieces.push({ is: "words", text: text.slice(from, match.index) });
    pieces.push({ is: "link", text: href });
    from = match.index + href.length;
  }
  if (from < text.length) pieces.push({ is: "words", text: text.slice(from) });
  return pieces;
}
