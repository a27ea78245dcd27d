/**
 * What a move, a turn or a pull at a handle makes of items: boxes get a new width and height, so
 * that outlines and letters keep theirs; everything else is stretched by its matrix. Pure.
 */
import { boundsOf, localBounds, type Sizes } from "../kernel/bounds";
import { multiply, translation } from "../kernel/matrix";
import { union } from "../kernel/rect";
import {
  type Frame,
  type HandleName,
  type ResizeOptions,
  resize,
  resizedRect,
} from "../kernel/transform";
import { IDENTITY, type Item, type Matrix, type Patch, type Point } from "../model";

export type Side = Exclude<HandleName, "rotate">;

/** Round one item its own box, round many the smallest box along the axes. */
export function frameOf(items: readonly Item[], sizes: Sizes): Frame | null {
  const [only] = items;
  if (!only) return null;
  if (items.length === 1) return { rect: localBounds(only, sizes), m: only.m };
  return { rect: union(items.map((item) => boundsOf(item, sizes))), m: IDENTITY };
}

/** Kept to hundred-thousandths, and within what the document takes. */
export function soundMatrix(m: Matrix): Matrix | null {
  const fine = m.map((value) => Math.round(value * 1e5) / 1e5) as unknown as Matrix;
  return fine.every((value) => Number.isFinite(value) && Math.abs(value) <= 1e6) ? fine : null;
}

/** The item's patch after `matrix` (page space) was applied to it; null where it cannot be. */
export function movedPatch(item: Item, matrix: Matrix): Patch | null {
  const m = soundMatrix(multiply(matrix, item.m));
  return m && { m };
}

/** What keeps its proportions whatever is held: stretched letters and faces look wrong. */
export function keepsRatio(items: readonly Item[], handle: Side): boolean {
  const [only] = items;
  const isCorner = handle.length === 2;
  if (items.length === 1 && only)
    return only.t === "tex" || (isCorner && (only.t === "img" || only.t === "text"));
  return items.some(({ t }) => t === "tex" || t === "img" || t === "text" || t === "note");
}

export interface Reshaped {
  /** Page space; of everything without a new box. */
  matrix: Matrix;
  patches: Map<string, Patch>;
}

/** All items after a handle was pulled to `to`. */
export function resized(
  items: readonly Item[],
  frame: Frame,
  pull: { handle: Side; to: Point } & ResizeOptions,
): Reshaped {
  const options = {
    fromCentre: pull.fromCentre ?? false,
    keepRatio: (pull.keepRatio ?? false) || keepsRatio(items, pull.handle),
  };
  const matrix = resize(frame, pull.handle, pull.to, options);
  const patches = new Map<string, Patch>();
  const [only] = items;
  const boxed = items.length === 1 && only ? boxPatch(only, frame, pull, options) : null;
  if (only && boxed) patches.set(only.id, boxed);
  else
    for (const item of items) {
      const patch = movedPatch(item, matrix);
      if (patch) patches.set(item.id, patch);
    }
  return { matrix, patches };
}

function boxPatch(
  item: Item,
  frame: Frame,
  pull: { handle: Side; to: Point },
  options: ResizeOptions,
): Patch | null {
  const isBox = item.t === "rect" || item.t === "ell" || item.t === "img" || item.t === "note";
  const isSideOfText = item.t === "text" && pull.handle.length === 1;
  if (!isBox && !isSideOfText) return null;
  const rect = resizedRect(frame, pull.handle, pull.to, options);
  const m = soundMatrix(multiply(item.m, translation(rect.x - item.x, rect.y - item.y)));
  const fine = (value: number) => Math.min(1e6, Math.round(value * 100) / 100);
  return m && { m, bw: fine(rect.w), bh: fine(rect.h) };
}

/** The item as it is with a patch of place and size, for the live layer. */
export function patched(item: Item, patch: Patch): Item {
  const next = { ...item, m: patch.m ?? item.m };
  if (patch.bw !== undefined && "w" in next) next.w = patch.bw;
  if (patch.bh !== undefined && "h" in next) next.h = patch.bh;
  return next;
}
