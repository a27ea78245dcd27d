/** What is being moved, turned or pulled, on the live layer. */
import type { Frame } from "../kernel/transform";
import type { Draft, Item, Matrix, Patch } from "../model";
import { frameOf, patched } from "./reshape";
import type { Desk } from "./tool";

const MOVED = "own.moved";

/** Shows the items as they will be; the frame round them. Without items: nothing any more. */
export function showMoved(
  desk: Desk,
  items: readonly Item[],
  patches: ReadonlyMap<string, Patch>,
  matrix: Matrix,
): Frame | null {
  const [only] = items;
  const patch = only && patches.get(only.id);
  if (items.length === 1 && only && patch) {
    const item = patched(only, patch);
    const draft = item as unknown as Draft;
    const { m, text, by } = item;
    desk.live.set(MOVED, { kind: "draft", draft, m, text, by });
    return frameOf([item], desk.sizes);
  }
  const ids = items.map((item) => item.id);
  desk.live.set(MOVED, items.length > 0 ? { kind: "moved", ids, m: matrix } : null);
  const frame = frameOf(items, desk.sizes);
  return frame && { rect: frame.rect, m: matrix };
}
