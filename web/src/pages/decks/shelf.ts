/** What lies where in a library, what a search finds, and what is news of a deck that is made. */
import type { IconName } from "../../ui/icon";
import type { Deck, DeckState, Folder, Making } from "../../wire/decks";
import type { Placement } from "../../wire/messages";

/** Endings of the kinds that go to the stage, as the server knows them. */
const PICTURES = ["png", "jpg", "jpeg", "jfif", "webp", "gif", "tif", "tiff", "bmp"];
const OFFICE = ["pptx", "ppsx", "pptm", "odp", "docx", "docm", "odt"];
const PLAYED = ["mp4", "m4v", "webm", "mp3", "m4a", "ogg", "oga", "opus", "wav", "zip"];

function endings(isOfficeRead: boolean): string[] {
  return ["pdf", ...PICTURES, ...(isOfficeRead ? OFFICE : []), ...PLAYED];
}

/** What a chooser of files offers. */
export function acceptedBy(isOfficeRead: boolean): string {
  return endings(isOfficeRead)
    .map((ending) => `.${ending}`)
    .join(",");
}

/** Whether a file called so becomes something for the stage. */
export function goesToStage(name: string, isOfficeRead: boolean): boolean {
  return name.includes(".") && endings(isOfficeRead).includes(endingOf(name));
}

/** Whether a deck was made of this file and nothing else: it is called so and as large. */
export function sameAs(deck: Deck, file: { name: string; bytes: number }): boolean {
  const stem = file.name.slice(0, file.name.lastIndexOf("."));
  return deck.name === stem && deck.bytes === file.bytes && deck.versions.length === 1;
}

function endingOf(name: string): string {
  return name.split(".").at(-1)?.toLowerCase() ?? "";
}

function isPicture({ name }: File): boolean {
  return PICTURES.includes(endingOf(name));
}

const SIGNS: Partial<Record<Deck["kind"] | Placement["kind"], IconName>> = {
  film: "motion",
  sound: "sound",
  activity: "puzzle",
};

/** What stands for a deck without a picture. */
export function signOf(kind: Deck["kind"] | Placement["kind"]): IconName {
  return SIGNS[kind] ?? "slides";
}

/** Pictures that come together are one deck, in the order of their names; other files one each. */
export function decksOf(files: readonly File[]): File[][] {
  const pictures = files.filter(isPicture);
  if (pictures.length < 2 || pictures.length < files.length) return files.map((file) => [file]);
  const order = new Intl.Collator(undefined, { numeric: true });
  return [pictures.sort((a, b) => order.compare(a.name, b.name))];
}

/** From the top down to the folder; empty at the top, and for a folder that is not there. */
export function pathTo(folders: readonly Folder[], id: string): Folder[] {
  const path: Folder[] = [];
  let at = folders.find((one) => one.id === id);
  while (at && !path.includes(at)) {
    path.unshift(at);
    const { parent_id } = at;
    at = folders.find((one) => one.id === parent_id);
  }
  return path;
}

/** Where a folder may go: not into itself, and not into what lies in it. */
export function placesFor(folders: readonly Folder[], moved: string | null): Folder[] {
  return folders.filter((one) => !pathTo(folders, one.id).some((above) => above.id === moved));
}

/** What is moved into another folder. */
export type Thing = { deck: Deck } | { folder: Folder };

/** The folder it lies in; empty at the top. */
export function placeOf(thing: Thing): string {
  return "deck" in thing ? thing.deck.folder_id : thing.folder.parent_id;
}

/** Whether it would be somewhere else there, and not within itself. */
export function mayGo(folders: readonly Folder[], thing: Thing, to: string): boolean {
  if (placeOf(thing) === to) return false;
  const moved = "folder" in thing ? thing.folder.id : null;
  return to === "" || placesFor(folders, moved).some((one) => one.id === to);
}

/** The decks that were used or changed last, the last first. */
export function recentOf(decks: readonly Deck[], count: number): Deck[] {
  const at = ({ used_at, updated_at }: Deck) =>
    Math.max(Date.parse(used_at ?? updated_at), Date.parse(updated_at));
  return [...decks].sort((a, b) => at(b) - at(a)).slice(0, count);
}

/** Those whose names have all the words. */
export function found<T extends { name: string }>(all: readonly T[], words: string): T[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)));
}

const COMING = new Set<DeckState>(["waiting", "opening", "showing"]);

/** What is being made of a deck: itself, or a newer version; null while nothing is. */
export function comingOf(deck: Deck): Making | null {
  if (COMING.has(deck.state)) return deck;
  return deck.newer && COMING.has(deck.newer.state) ? deck.newer : null;
}

export type News = { what: "ready" } | { what: "failed" } | { what: "part"; percent: number };

/** Worth saying to who does not see it: each quarter of the way, and the end. */
export function newsOf(before: Deck, after: Deck): News | null {
  const was = comingOf(before);
  if (was === null) return null;
  const is = comingOf(after);
  if (is === null) {
    const isFailed = after.state === "failed" || after.newer?.state === "failed";
    return { what: isFailed ? "failed" : "ready" };
  }
  const quarter = quarterOf(is);
  return quarter > quarterOf(was) && quarter < 4 ? { what: "part", percent: quarter * 25 } : null;
}

function quarterOf({ done, leaves }: Making): number {
  return leaves > 0 ? Math.floor((4 * done) / leaves) : 0;
}
