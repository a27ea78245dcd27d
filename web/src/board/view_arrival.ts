/** Waiting for the document of a page that was asked for. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { PageDoc } from "./model";

/** A page that does not come in this time is told, not waited for. */
export const OPEN_MS = 20_000;

export type After = (ms: number, call: () => void) => () => void;

/** The document as soon as it is there; null when it did not come in time. */
export function arrived(
  doc: ReadonlySignal<PageDoc | null>,
  after: After,
): Promise<PageDoc | null> {
  return new Promise((resolve) => {
    let isOver = false;
    const end = (page: PageDoc | null) => {
      if (isOver) return;
      isOver = true;
      stopWaiting();
      // Not from within the effect that is being stopped.
      queueMicrotask(() => stop());
      resolve(page);
    };
    const stopWaiting = after(OPEN_MS, () => end(null));
    const stop = effect(() => {
      if (doc.value) end(doc.value);
    });
  });
}
