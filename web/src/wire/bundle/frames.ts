/**
 * What two ends of a bundle say to each other on each of its WebSockets: short lines of text. The
 * forms are explained in `classroom/live/bundle_frames.py`; `tests/corpus/bundle.json` holds for both.
 */

/** Characters of one piece. The two ends may have cut differently, never larger. */
export const PIECE_MAX = 8_192;
export const HELD_MAX = 64;
/** From the server: it knows no such bundle (any more). */
export const GONE = "G";

export type Kind = "F" | "P" | "E";

/** One numbered part of what is said. Numbers begin at 1. */
export interface Piece {
  kind: Kind;
  number: number;
  text: string;
}

/** A line of the other end: how far it has seen, whether answers are late for it, the piece. */
export interface Said {
  seen: number;
  isLate: boolean;
  piece: Piece | null;
}

/** The server's first line. */
export interface Welcome {
  name: string;
  seen: number;
  held: number[];
}

/** Not a line that an honest other end sends; the message is a code. */
export class MalformedBundle extends Error {}

const NUMBER = "(0|[1-9][0-9]{0,8})";
const PIECE = new RegExp(`^([FPEfpe])${NUMBER},${NUMBER}:`);
const SEEN = new RegExp(`^[Aa]${NUMBER}$`);
const WELCOME = new RegExp(`^B([0-9a-f]{1,16}),${NUMBER}(?:,([0-9.]+))?$`);

export function readLine(line: string): Said {
  const found = PIECE.exec(line);
  if (!found) {
    const seen = SEEN.exec(line);
    if (!seen) throw new MalformedBundle("bundle.line");
    return { seen: Number(seen[1]), isLate: line[0] === "a", piece: null };
  }
  const [head, letter = "", number, seen] = found;
  const kind = letter.toUpperCase() as Kind;
  const text = line.slice(head.length);
  // The server counts characters, this counts halves of them: twice as many at most.
  if (text.length > 2 * PIECE_MAX || (kind === "E" && text) || number === "0")
    throw new MalformedBundle("bundle.piece");
  const piece = { kind, number: Number(number), text };
  return { seen: Number(seen), isLate: letter !== kind, piece };
}

export function writeLine({ seen, isLate, piece }: Said): string {
  if (!piece) return `${isLate ? "a" : "A"}${seen}`;
  const kind = isLate ? piece.kind.toLowerCase() : piece.kind;
  return `${kind}${piece.number},${seen}:${piece.text}`;
}

/** The client's first line; the name of a new bundle is empty. */
export function writeHello(key: string, name: string, seen: number, held: number[]): string {
  const later = held.length > 0 ? `,${held.slice(0, HELD_MAX).join(".")}` : "";
  return `B${key},${name},${seen}${later}`;
}

/** The server's first line, or null when it is another one. */
export function readWelcome(line: string): Welcome | null {
  const found = WELCOME.exec(line);
  if (!found) return null;
  const held = (found[3] ?? "").split(".").filter(Boolean).map(Number);
  return { name: found[1] ?? "", seen: Number(found[2]), held };
}
