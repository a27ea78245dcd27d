/**
 * A whole board as one file, `*.board.json`, and back. What is read is bounded, and every item is
 * checked by the same rules as on the server; one that breaks them makes the file malformed.
 */
import { failure, type Result, success } from "../result";
import { fromBase64, toBase64 } from "./file_base64";
import { type Draft, IDENTITY, type Item, type Matrix, type PageFacts, type Paper } from "./model";
import { isPacked } from "./points";
import { isExactDraft, readMatrix, TEXT_LENGTH, tidyText } from "./schema";

export const FILE_ENDING = ".board.json";
export const FILE_TYPE = "application/json";
export type FileFault = "file.malformed" | "file.version" | "file.large";

export interface FilePicture {
  bytes: Uint8Array;
  /** Media type, like `image/png`. */
  type: string;
}

/** One item to insert; `m` is to be patched onto it when there is one. */
export interface FileItem {
  draft: Draft;
  text: string;
  m: Matrix | null;
}

export interface FilePage {
  facts: Pick<PageFacts, "name" | "paper" | "width" | "height">;
  /** Lowest first. */
  items: readonly FileItem[];
}

export interface BoardFile {
  pages: readonly FilePage[];
  /** By the asset ids that the items have; to be uploaded, and the items to be given the new ids. */
  pictures: ReadonlyMap<string, FilePicture>;
}

const KIND = "whiteboard";
const VERSION = 1;
const MOST_LETTERS = 50 * 1024 * 1024;
const MOST_PAGES = 200;
const MOST_ITEMS = 60_000;
const MOST_PICTURES = 2_000;
const NAME_LENGTH = 60;
const PAPERS: readonly unknown[] = ["plain", "dots", "grid", "ruled", "graph"];
const PICTURE_TYPES: readonly unknown[] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const ASSET = /^[A-Za-z0-9_-]{1,64}$/;
const SHORTEST_SIDE = 64;
const LONGEST_SIDE = 20_000;

/** Pictures that are missing are left out; their items stay. */
export function writeFile(
  pages: readonly { facts: FilePage["facts"]; items: readonly Item[] }[],
  pictures: ReadonlyMap<string, FilePicture>,
): Blob {
  const file = {
    kind: KIND,
    version: VERSION,
    pages: pages.map(({ facts: { name, paper, width, height }, items }) => ({
      ...{ name, paper, width, height },
      items: items.map(itemInFile),
    })),
    pictures: Object.fromEntries(
      [...pictures].map(([asset, { bytes, type }]) => [asset, { type, data: toBase64(bytes) }]),
    ),
  };
  return new Blob([JSON.stringify(file)], { type: FILE_TYPE });
}

export function readFile(text: string): Result<BoardFile, FileFault> {
  if (text.length > MOST_LETTERS) return failure("file.large");
  try {
    const file = record(JSON.parse(text));
    if (file.kind !== KIND) return failure("file.malformed");
    if (file.version !== VERSION) return failure("file.version");
    const pages = list(file.pages, MOST_PAGES).map(readPage);
    const pictures = entries(file.pictures, MOST_PICTURES).map(readPicture);
    if (pages.length === 0) return failure("file.malformed");
    return success({ pages, pictures: new Map(pictures) });
  } catch (error) {
    if (error instanceof Unfit) return failure(error.fault);
    if (error instanceof SyntaxError) return failure("file.malformed");
    throw error;
  }
}

class Unfit extends Error {
  constructor(readonly fault: FileFault = "file.malformed") {
    super(fault);
  }
}

function itemInFile(item: Item): object {
  const { id: _id, by: _by, at: _at, z: _z, text, m, ...draft } = item;
  return {
    ...draft,
    ...("d" in draft ? { d: toBase64(draft.d) } : {}),
    ...(text === "" ? {} : { text }),
    ...(m.every((value, n) => value === IDENTITY[n]) ? {} : { m }),
  };
}

function readPage(value: unknown): FilePage {
  const { name, paper, width, height, items } = record(value);
  if (typeof name !== "string" || !PAPERS.includes(paper)) throw new Unfit();
  const isInfinite = width === null && height === null;
  if (!isInfinite && !(isSide(width) && isSide(height))) throw new Unfit();
  const facts = {
    name: tidyText([...name].slice(0, NAME_LENGTH).join("")),
    paper: paper as Paper,
    width: width as number | null,
    height: height as number | null,
  };
  return { facts, items: list(items, MOST_ITEMS).map(readItem) };
}

function readItem(value: unknown): FileItem {
  const { text = "", m, ...draft } = record(value);
  if (typeof text !== "string" || text.length > TEXT_LENGTH) throw new Unfit();
  if ("d" in draft) {
    const d = typeof draft.d === "string" ? fromBase64(draft.d) : null;
    if (!d || !isPacked(d)) throw new Unfit();
    draft.d = d;
  }
  if (!isExactDraft(draft)) throw new Unfit();
  const matrix = m === undefined ? null : readMatrix(m);
  if (m !== undefined && !matrix) throw new Unfit();
  return { draft: draft as unknown as Draft, text: tidyText(text), m: matrix };
}

function readPicture([asset, value]: [string, unknown]): [string, FilePicture] {
  const { type, data } = record(value);
  const bytes = typeof data === "string" ? fromBase64(data) : null;
  if (!bytes || !ASSET.test(asset) || !PICTURE_TYPES.includes(type)) throw new Unfit();
  return [asset, { bytes, type: type as string }];
}

function isSide(value: unknown): boolean {
  return typeof value === "number" && value >= SHORTEST_SIDE && value <= LONGEST_SIDE;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Unfit();
  return value as Record<string, unknown>;
}

function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) throw new Unfit();
  if (value.length > most) throw new Unfit("file.large");
  return value;
}

function entries(value: unknown, most: number): [string, unknown][] {
  const all = Object.entries(record(value));
  if (all.length > most) throw new Unfit("file.large");
  return all;
}
