/** The files of the class as they are told: those one may see, in the order in which they came. */
import type { FileAdded, FileCard, FileRemoved } from "../wire/messages";

export type FilesEvent = FileAdded | FileRemoved;

export function withFiles(known: readonly FileCard[], event: FilesEvent): readonly FileCard[] {
  if (event.type === "file_removed") return known.filter((one) => one.id !== event.file_id);
  // Told again after a snapshot that had it.
  const others = known.filter((one) => one.id !== event.file.id);
  return [...others, event.file];
}

/** Files sent before we came to where they are, in their places. */
export function withEarlierFiles(
  known: readonly FileCard[],
  earlier: readonly FileCard[],
): readonly FileCard[] {
  const have = new Set(known.map((one) => one.id));
  const all = [...earlier.filter((one) => !have.has(one.id)), ...known];
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What came with a message and is still there. */
export function filesOf(known: readonly FileCard[], ids: readonly string[]): FileCard[] {
  return ids.flatMap((id) => known.find((one) => one.id === id) ?? []);
}

/** A picture that can be shown small. */
export function isPicture(card: FileCard): card is FileCard & { width: number; height: number } {
  return card.width !== null && card.height !== null;
}

export function isPlayed(card: FileCard): "audio" | "video" | null {
  if (card.kind.startsWith("audio/")) return "audio";
  return card.kind.startsWith("video/") ? "video" : null;
}
