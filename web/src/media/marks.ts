/** Two moments of joining, for whoever measures it: the click, and the first picture of another. */

export interface Marks {
  /** performance.now() of the click on Join; null after a refresh. */
  joinClickedAt: number | null;
  firstRemoteFrameAt: number | null;
}

export const marks: Marks = { joinClickedAt: null, firstRemoteFrameAt: null };

export function markJoin(clickedAt: number | null): void {
  marks.joinClickedAt = clickedAt;
  marks.firstRemoteFrameAt = null;
}

export function markRemoteFrame(): void {
  marks.firstRemoteFrameAt ??= performance.now();
}
