/** The server's time: every answer about times says it, and from there this page counts itself. */

let beginning: number | null = null;

/** `now` as an answer told it. */
export function heardNow(now: string): void {
  const at = Date.parse(now);
  if (Number.isFinite(at)) beginning = at - performance.now();
}

/** Milliseconds since 1970; what the browser's own clock says counts only before the first answer. */
export function serverNow(): number {
  return (beginning ?? performance.timeOrigin) + performance.now();
}
