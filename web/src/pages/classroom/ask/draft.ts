/** What somebody is writing and has not sent; it is kept when the panel closes. */
import { signal } from "@preact/signals";
import type { Question } from "../../../wire/messages";

interface Given {
  choices: readonly number[];
  text: string;
  /** A picture on its way, as the uploads name it; empty without one. */
  upload: string;
}

const NOTHING: Given = { choices: [], text: "", upload: "" };
const given = signal<Readonly<Record<string, Given>>>({});

/** The question being written, or null while nobody writes one. */
export const writing = signal<Question | null>(null);

export function draftOf(pollId: string): Given {
  return given.value[pollId] ?? NOTHING;
}

/** Questions with the picture that is kept for each. */
export function keptPictures(): [string, string][] {
  const all = Object.entries(given.peek()).map(([id, { upload }]): [string, string] => [
    id,
    upload,
  ]);
  return all.filter(([, upload]) => upload !== "");
}

export function keepDraft(pollId: string, draft: Partial<Given>): void {
  given.value = { ...given.value, [pollId]: { ...NOTHING, ...draft } };
}
