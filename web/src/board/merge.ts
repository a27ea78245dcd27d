/**
 * How the three parts of an item become one: the element, the patch that overrides it, the words.
 * Also the smallest change that turns one text into another. Pure.
 */
import { type Element, IDENTITY, type Item, type Matrix, type Patch } from "./model";
import { patchable } from "./schema";

const EMPTY_PATCH: Patch = {};

/** The item as it is painted. Of the patch only what goes with this type of element. */
export function mergeItem(id: string, element: Element, patch: Patch, text: string): Item {
  if (patch === EMPTY_PATCH) return { ...element, id, m: IDENTITY, text };
  const item: Record<string, unknown> = { ...element, id, m: IDENTITY, text };
  const allowed = patchable(element.t);
  for (const key in patch) {
    const known = key as keyof Patch;
    if (allowed.has(known)) item[elementKey(element, known)] = patch[known];
  }
  return item as unknown as Item;
}

/** Both patches in one, the newer above; `undefined` takes a key away. */
export function mergePatches(old: Patch, newer: Patch): Patch {
  const merged: Record<string, unknown> = { ...old, ...newer };
  for (const key in merged) {
    if (merged[key] === undefined) delete merged[key];
  }
  return merged;
}

export function samePatch(a: Patch, b: Patch): boolean {
  const keys = Object.keys(a) as (keyof Patch)[];
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => (key === "m" ? sameMatrix(a.m, b.m) : a[key] === b[key]));
}

export function noPatch(): Patch {
  return EMPTY_PATCH;
}

/** At `at`, `removed` UTF-16 units go and `inserted` comes; characters are never cut in two. */
export interface TextChange {
  at: number;
  removed: number;
  inserted: string;
}

/** Null when the texts are the same. */
export function textChange(from: string, to: string): TextChange | null {
  if (from === to) return null;
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from.charCodeAt(head) === to.charCodeAt(head)) head += 1;
  if (head > 0 && isHigh(from.charCodeAt(head - 1))) head -= 1;
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  if (tail > 0 && isLow(from.charCodeAt(from.length - tail))) tail -= 1;
  return {
    at: head,
    removed: from.length - head - tail,
    inserted: to.slice(head, to.length - tail),
  };
}

function elementKey(element: Element, key: keyof Patch): string {
  if (key === "w") return element.t === "pen" || element.t === "hl" ? "w" : "sw";
  if (key === "bw") return "w";
  return key === "bh" ? "h" : key;
}

function sameMatrix(a: Matrix | undefined, b: Matrix | undefined): boolean {
  if (!a || !b) return a === b;
  return a.every((value, n) => value === b[n]);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
