/** The panel of notes: who has it, and how large its letters are. */
import { signal } from "@preact/signals";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";

export function hasNotesPanel(desk: Desk): boolean {
  const { placements } = desk.room.value.board;
  return mayLead(desk) && placements.some((one) => one.kind === "slides");
}

const STORED = "classroom.notes_size";
/** From the smallest to the largest; the style sheet says what each is. */
export const SIZES = 5;
const USUAL = 1;

function stored(): number {
  const size = Number(globalThis.localStorage?.getItem(STORED) ?? USUAL);
  return Number.isInteger(size) && size >= 0 && size < SIZES ? size : USUAL;
}

export const notesSize = signal(stored());

export function resizeNotes(step: 1 | -1): void {
  notesSize.value = Math.min(SIZES - 1, Math.max(0, notesSize.peek() + step));
  globalThis.localStorage?.setItem(STORED, String(notesSize.value));
}
