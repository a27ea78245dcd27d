/** On which pages this client saw something drawn: the strip says so without opening a document. */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BoardView } from "../../../board/view_types";

const seen = new WeakMap<BoardView, Signal<ReadonlySet<string>>>();

function ofView(view: BoardView): Signal<ReadonlySet<string>> {
  let found = seen.get(view);
  if (!found) {
    found = signal<ReadonlySet<string>>(new Set());
    seen.set(view, found);
  }
  return found;
}

/** Ids of pages. */
export function inkSeen(view: BoardView): ReadonlySignal<ReadonlySet<string>> {
  return ofView(view);
}

/** While the board is open; returns how to stop. */
export function watchInk(view: BoardView): () => void {
  const pages = ofView(view);
  return effect(() => {
    const id = view.pageId.value;
    const has = view.items.value.length > 0;
    if (view.pageState.value !== "ready" || pages.peek().has(id) === has) return;
    const next = new Set(pages.peek());
    if (has) next.add(id);
    else next.delete(id);
    pages.value = next;
  });
}
