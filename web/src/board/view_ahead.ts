/** The pictures under the pages beside the one looked at are fetched before somebody turns. */
import type { PageFacts } from "./model";
import type { Backdrops } from "./paint/backdrops";

export function fetchAhead(
  pages: readonly PageFacts[],
  pageId: string,
  backdrops: Pick<Backdrops, "ahead">,
): void {
  const at = pages.findIndex((page) => page.id === pageId);
  if (at < 0) return;
  for (const beside of [pages[at], pages[at + 1], pages[at - 1]]) {
    if (beside) backdrops.ahead(beside.backdrop);
  }
}
