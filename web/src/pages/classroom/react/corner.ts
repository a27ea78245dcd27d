/** Many reactions in few words: who gave each, or how many. Pure. */
import type { FaceReaction, GivenReaction } from "../../../wire/messages";

/** So many names are told; of more people only how many there are. */
const NAMES = 2;

export interface CornerRow {
  reaction: FaceReaction;
  /** How many people gave it. */
  count: number;
  /** Theirs, when they are few. */
  names: readonly string[];
}

/** A row for each reaction, in the order in which they came; people who left are left out. */
export function cornerOf(
  given: readonly GivenReaction[],
  nameOf: (id: string) => string | null,
): CornerRow[] {
  const people = new Map<FaceReaction, Map<string, string>>();
  for (const { reaction, participant_id } of given) {
    const name = nameOf(participant_id);
    if (name === null) continue;
    const known = people.get(reaction) ?? new Map<string, string>();
    people.set(reaction, known.set(participant_id, name));
  }
  return [...people].map(([reaction, named]) => ({
    reaction,
    count: named.size,
    names: named.size > NAMES ? [] : [...named.values()],
  }));
}
