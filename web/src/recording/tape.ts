/**
 * The board of a recording: what each item was, and from when to when. Read once from the lines of
 * `board.tape` (docs/recording.md tells them); a moment is then a search and not a replay. Times are
 * milliseconds of recording time. A line that cannot be read is passed over, as is an item of a kind
 * that this player does not know.
 */
import { STAY_MS } from "../board/fading";
import { fromBase64 } from "../board/file_base64";
import { IDENTITY, type Item } from "../board/model";
import { compareOrder } from "../board/order";
import { readElement, readMatrix } from "../board/schema";

/** An item as it was from `from` on, until `to` (not any more at that moment). */
export interface Version {
  item: Item;
  from: number;
  to: number;
}

/** Items with their bytes as base64. */
type Written = Record<string, unknown>;

export interface TapeLine {
  ms: number;
  /** `<page>/<epoch>`. */
  doc: string;
  /** Whose items the line is about: a base says all of theirs. */
  by?: string;
  base?: boolean;
  items?: Readonly<Record<string, Written>>;
  put?: Readonly<Record<string, Written>>;
  gone?: readonly string[];
}

interface Open {
  written: Written;
  version: Version;
}

interface Doc {
  open: Map<string, Open>;
  /** What a base took away, which its further lines bring back. */
  based: Map<string, Open>;
  versions: Version[];
}

/** A base in several lines is whole within this. */
const BASE_MS = 10_000;

export class Tape {
  readonly #docs = new Map<string, Doc>();
  readonly #sorted = new Map<string, Version[]>();

  /** In the order of their times. */
  add(line: TapeLine): void {
    this.#sorted.delete(line.doc);
    let doc = this.#docs.get(line.doc);
    if (!doc) {
      doc = { open: new Map(), based: new Map(), versions: [] };
      this.#docs.set(line.doc, doc);
    }
    if (line.base) {
      for (const [id, { version }] of doc.open) {
        const isTheirs = line.by === undefined || version.item.by === line.by;
        if (!isTheirs || (line.items && id in line.items)) continue;
        doc.based.set(id, doc.open.get(id) as Open);
        close(doc.open, id, line.ms);
      }
    }
    for (const [id, written] of Object.entries({ ...line.items, ...line.put })) {
      if (isBack(doc, id, written, line.ms)) continue;
      const before = doc.open.get(id);
      if (before && isSame(before.written, written)) continue;
      const item = itemOf(id, written, before);
      close(doc.open, id, line.ms);
      if (!item) continue;
      const version = { item, from: line.ms, to: Number.POSITIVE_INFINITY };
      doc.open.set(id, { written, version });
      doc.versions.push(version);
    }
    for (const id of line.gone ?? []) close(doc.open, id, line.ms);
  }

  get docs(): readonly string[] {
    return [...this.#docs.keys()];
  }

  /** Everything that ever lay on it, in the order in which items lie on each other. */
  versions(docId: string): readonly Version[] {
    const known = this.#sorted.get(docId);
    if (known) return known;
    const seen = (this.#docs.get(docId)?.versions ?? []).filter(({ from, to }) => from < to);
    const sorted = seen.sort((a, b) => compareOrder(a.item, b.item) || a.from - b.from);
    this.#sorted.set(docId, sorted);
    return sorted;
  }

  /** What lies on it at that moment, lowest first. */
  itemsAt(docId: string, ms: number): Item[] {
    const there = this.versions(docId).filter(({ from, to }) => from <= ms && ms < to);
    return there.map(({ item }) => item);
  }
}

/** The tape of a whole file of lines. */
export function readTape(text: string): Tape {
  const tape = new Tape();
  for (const line of text.split("\n")) {
    const read = readLine(line);
    if (read) tape.add(read);
  }
  return tape;
}

function readLine(text: string): TapeLine | null {
  if (text === "") return null;
  try {
    const line = JSON.parse(text) as Partial<TapeLine>;
    return typeof line.ms === "number" && typeof line.doc === "string" ? (line as TapeLine) : null;
  } catch {
    return null;
  }
}

function close(open: Map<string, Open>, id: string, ms: number): void {
  const known = open.get(id);
  if (!known) return;
  known.version.to = ms;
  open.delete(id);
}

/** Whether it is what a base took away a moment ago: then it was there all the time. */
function isBack(doc: Doc, id: string, written: Written, ms: number): boolean {
  const old = doc.based.get(id);
  if (!old) return false;
  doc.based.delete(id);
  if (ms - old.version.to > BASE_MS || !isSame(old.written, written)) return false;
  old.version.to = Number.POSITIVE_INFINITY;
  doc.open.set(id, old);
  return true;
}

/**
 * The item, or null for what the board would not have taken. Bytes that stay the same stay one
 * array, so that what is known of them is not lost.
 */
function itemOf(id: string, written: Written, before: Open | undefined): Item | null {
  const { d, m, text, asset, ...rest } = written;
  if (asset !== undefined && typeof asset !== "string") return null;
  const isKept = before !== undefined && before.written.d === d && "d" in before.version.item;
  const kept = isKept ? (before.version.item as { d: Uint8Array }).d : null;
  const bytes = typeof d === "string" ? { d: kept ?? fromBase64(d) } : {};
  // Pictures have names of the recording's own.
  const element = readElement({
    ...rest,
    ...bytes,
    ...(asset === undefined ? {} : { asset: "a" }),
  });
  if (!element) return null;
  const more = { id, m: readMatrix(m) ?? IDENTITY, text: typeof text === "string" ? text : "" };
  return { ...element, ...(asset === undefined ? {} : { asset }), ...more } as Item;
}

function isSame(a: Written, b: Written): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Of a page whose ink goes by itself: each item is there for as long as it was seen in class. */
export function fading(versions: readonly Version[]): Version[] {
  const came = new Map<string, number>();
  for (const { item, from } of versions) {
    came.set(item.id, Math.min(from, came.get(item.id) ?? Number.POSITIVE_INFINITY));
  }
  return versions.flatMap((one) => {
    const to = Math.min(one.to, (came.get(one.item.id) ?? one.from) + STAY_MS);
    return one.from < to ? [{ ...one, to }] : [];
  });
}
