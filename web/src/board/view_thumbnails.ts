/** Small pictures of pages, painted again a moment after the page has changed. */
import { effect, type ReadonlySignal } from "@preact/signals";
import type { PageFacts } from "./model";
import type { Shelf } from "./view_pages";
import type { BoardParts } from "./view_surface";
import type { ThumbnailWay } from "./view_types";

/** Strokes come many a second; a thumbnail need not. */
const PAUSE_MS = 700;

export interface ThumbnailPorts extends Pick<BoardParts, "thumbnail" | "after"> {
  shelf: Pick<Shelf, "hold">;
  pages: ReadonlySignal<readonly PageFacts[]>;
  arrivals: ReadonlySignal<number>;
}

/** Returns how to stop. */
export function keepThumbnail(
  pageId: string,
  canvas: HTMLCanvasElement,
  ports: ThumbnailPorts,
  { pauseMs = PAUSE_MS, told }: ThumbnailWay = {},
): () => void {
  const { doc, release } = ports.shelf.hold(pageId);
  let stopWaiting: (() => void) | null = null;
  const paint = () => {
    stopWaiting = null;
    const facts = ports.pages.peek().find((page) => page.id === pageId);
    const page = doc.peek();
    if (facts && page) ports.thumbnail(page, facts, canvas);
  };
  const soon = (ms: number) => {
    stopWaiting ??= ports.after(ms, paint);
  };
  const stop = effect(() => {
    ports.pages.value;
    ports.arrivals.value;
    soon(0);
    return doc.value?.onChange(() => {
      soon(pauseMs);
      told?.();
    });
  });
  return () => {
    stop();
    stopWaiting?.();
    release();
  };
}
