/**
 * The link with which one takes one's answers back after the class, for as long as this tab is
 * open: it is told with each answer, and a reload must not lose it.
 */
const KEY = "classroom.consent.";

export function keepLink(recording: string, link: string): void {
  if (link === "") return;
  try {
    globalThis.sessionStorage?.setItem(KEY + recording, link);
  } catch {
    // A private window may refuse; the next answer tells it again.
  }
}

/** A whole address; empty while none was told. */
export function keptLink(recording: string): string {
  try {
    const path = globalThis.sessionStorage?.getItem(KEY + recording) ?? "";
    return path && new URL(path, location.origin).href;
  } catch {
    return "";
  }
}
