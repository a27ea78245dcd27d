/**
 * What may lie in a page's document: elements and patches as the server's gate takes them. Used for
 * what comes from outside (documents, previews, files); our own drafts are typed.
 */
import type { Draft, Element, Item, Matrix, Patch } from "./model";
import { PACKED_BYTES } from "./points";

export const TEXT_LENGTH = 5_000;
const REACH = 1e6;
const LATEST = 4e12;

type Rule = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Rule>>;

const number =
  (low: number, high: number): Rule =>
  (value) =>
    typeof value === "number" && value >= low && value <= high;
const matching =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const oneOf =
  (...values: readonly unknown[]): Rule =>
  (value) =>
    values.includes(value);

const place = number(-REACH, REACH);
const extent = number(0, REACH);
const colour = matching(/^#[0-9a-fA-F]{6}$/);
const fill = matching(/^(#[0-9a-fA-F]{6})?$/);
const width = number(0.5, 200);
const opacity = number(0.05, 1);
const dash = oneOf(0, 1, 2);
const size = number(6, 400);
const name = matching(/^[A-Za-z0-9_-]{1,64}$/);
const order = matching(/^[0-9A-Za-z]{1,128}$/);
const source: Rule = (value) => typeof value === "string" && value.length <= 2_000;
const points: Rule = (value) =>
  value instanceof Uint8Array && value.length > 1 && value.length <= PACKED_BYTES && value[0] === 1;
const matrix: Rule = (value) => Array.isArray(value) && value.length === 6 && value.every(place);

const common: Shape = { by: name, at: number(0, LATEST), z: order };
const ink: Shape = { c: colour, w: width, o: opacity, d: points, s: oneOf(0, 1) };
const line: Shape = { x: place, y: place, w: place, h: place, c: colour, sw: width, ds: dash };
const box: Shape = { ...line, w: extent, h: extent, fill };
const words: Shape = { x: place, y: place, w: extent, h: extent, c: colour, fs: size };
const SHAPES: Readonly<Record<Element["t"], Shape>> = {
  pen: ink,
  hl: ink,
  line,
  arrow: line,
  rect: box,
  ell: box,
  poly: { d: points, c: colour, sw: width, ds: dash, fill },
  text: words,
  note: words,
  tex: { x: place, y: place, s: number(0.1, 20), c: colour, src: source },
  img: { x: place, y: place, w: extent, h: extent, asset: name },
};
const PATCH: Shape = {
  m: matrix,
  z: order,
  c: colour,
  w: width,
  o: opacity,
  fill,
  fs: size,
  ds: dash,
  bw: extent,
  bh: extent,
  src: source,
};
const ID = /^[0-9a-z]{1,12}-[0-9a-z]{1,12}$/;

export function isItemId(text: string): boolean {
  return ID.test(text);
}

/** The value as an element, or null where it is none (or one of a version to come). */
export function readElement(value: unknown): Element | null {
  if (!isRecord(value) || !fits(value, common)) return null;
  return fitsDraft(value) ? (value as unknown as Element) : null;
}

/** Whether a value has what its type needs, without author, time and order. */
export function fitsDraft(value: Record<string, unknown>): boolean {
  const t = value.t;
  if (typeof t !== "string" || !Object.hasOwn(SHAPES, t)) return false;
  return fits(value, SHAPES[t as Element["t"]]);
}

/** A draft with the keys of its type only. Throws on one that the server would refuse. */
export function tidyDraft(draft: Draft): Draft {
  const value = draft as unknown as Record<string, unknown>;
  if (!fitsDraft(value)) throw new RangeError(`not an item: ${JSON.stringify(draft)}`);
  const tidy: Record<string, unknown> = { t: draft.t };
  for (const key in SHAPES[draft.t]) tidy[key] = value[key];
  return tidy as unknown as Draft;
}

/** Whether a value is a draft of its type with nothing else in it, every number in its range. */
export function isExactDraft(value: Record<string, unknown>): boolean {
  if (!fitsDraft(value)) return false;
  return Object.keys(value).length === Object.keys(SHAPES[value.t as Element["t"]]).length + 1;
}

/** The known and well-formed part of a patch. */
export function readPatch(value: unknown): Patch {
  if (!isRecord(value)) return {};
  const patch: Record<string, unknown> = {};
  for (const key in value) {
    if (Object.hasOwn(PATCH, key) && PATCH[key]?.(value[key])) patch[key] = value[key];
  }
  return patch;
}

/** Throws on a patch that the server would refuse. */
export function assertPatch(patch: Patch): void {
  for (const [key, value] of Object.entries(patch)) {
    if (!PATCH[key]?.(value)) throw new RangeError(`not a patch: ${key} = ${String(value)}`);
  }
}

/** An affine matrix, or null. */
export function readMatrix(value: unknown): Matrix | null {
  return matrix(value) ? (value as unknown as Matrix) : null;
}

/** Text without halves of characters, as long as a text may be. */
export function tidyText(text: string): string {
  const isCutApart = /[\ud800-\udbff]/.test(text[TEXT_LENGTH - 1] ?? "");
  const kept = text.slice(0, isCutApart ? TEXT_LENGTH - 1 : TEXT_LENGTH);
  return (text.length > TEXT_LENGTH ? kept : text).replace(/\p{Surrogate}/gu, "\ufffd");
}

/** What a patch may change of an item of this type, by the patch's own names. */
export function patchable(type: Item["t"]): ReadonlySet<keyof Patch> {
  return PATCHABLE[type];
}

const everywhere: readonly (keyof Patch)[] = ["m", "z"];
const keys = (...more: (keyof Patch)[]): ReadonlySet<keyof Patch> =>
  new Set([...everywhere, ...more]);
const PATCHABLE: Readonly<Record<Item["t"], ReadonlySet<keyof Patch>>> = {
  pen: keys("c", "w", "o"),
  hl: keys("c", "w", "o"),
  line: keys("c", "w", "ds"),
  arrow: keys("c", "w", "ds"),
  rect: keys("c", "w", "ds", "fill", "bw", "bh"),
  ell: keys("c", "w", "ds", "fill", "bw", "bh"),
  poly: keys("c", "w", "ds", "fill"),
  text: keys("c", "fs", "bw", "bh"),
  note: keys("c", "fs", "bw", "bh"),
  tex: keys("c", "src"),
  img: keys("bw", "bh"),
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fits(value: Record<string, unknown>, shape: Shape): boolean {
  for (const key in shape) {
    if (!shape[key]?.(value[key])) return false;
  }
  return true;
}
