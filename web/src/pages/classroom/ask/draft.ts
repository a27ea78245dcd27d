/** What somebody is writing and has not sent; it is kept when the panel closes. */
import { signal } from "@preact/signals";
import type { Question } from "../../../wire/messages";

interface Given {
  choices: readonly number[];
  text: string;
}

const NOTHING: Given = { choices: [], text: "" };
const given = signal<Readonly<Record<string, Given>>>({});

/** The question being written, or null while nobody writes one. */
export const writing = signal<Question | null>(null);

export function draftOf(pollId: string): Given {
  return given.value[pollId] ?? NOTHING;
}

export function keepDraft(pollId: string, draft: Given): void {
  given.value = { ...given.value, [pollId]: draft };
}
