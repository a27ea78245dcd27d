/** The groups of the class as everybody knows them: who is where, who reaches us, who calls. */
import type { Group, Groups, Participant } from "../wire/messages";

export const NO_GROUPS: Groups = {
  phase: "none",
  how: "hand",
  groups: [],
  members: [],
  ends_ms: null,
  calls: [],
  visits: [],
  loud: [],
};

export function areOpen(groups: Groups): boolean {
  return groups.phase === "open" || groups.phase === "closing";
}

/** Null for the class, and for a group that is gone. */
export function groupOf(groups: Groups, id: string): Group | null {
  return groups.groups.find((group) => group.id === id) ?? null;
}

/** The group a student is put into, also while it is only planned; "" for none. */
export function plannedGroup(groups: Groups, participantId: string): string {
  return groups.members.find((one) => one.participant_id === participantId)?.group_id ?? "";
}

/** Members who are in the room, in the order of `people`. */
export function membersOf(
  groups: Groups,
  groupId: string,
  people: readonly Participant[],
): Participant[] {
  return people.filter((one) => plannedGroup(groups, one.id) === groupId);
}

export function studentsOf(people: readonly Participant[]): Participant[] {
  return people.filter((one) => one.role === "student");
}

/** How many more may choose a group: it takes one more than an even share of all students. */
export function placesFree(
  groups: Groups,
  groupId: string,
  people: readonly Participant[],
): number {
  const share = Math.ceil(studentsOf(people).length / Math.max(1, groups.groups.length));
  const size = groups.members.filter((one) => one.group_id === groupId).length;
  return Math.max(0, share + 1 - size);
}

/** Teachers who are in a group, the quiet ones too. */
export function visitorsOf(
  groups: Groups,
  groupId: string,
  people: readonly Participant[],
): Participant[] {
  const there = new Set(
    groups.visits.filter((one) => one.group_id === groupId).map((one) => one.participant_id),
  );
  return people.filter((one) => there.has(one.id));
}

/** Those whom we can see: ourselves, who is where we are, and who speaks to all. */
export function inReach(
  people: readonly Participant[],
  self: Participant | null,
  groups: Groups,
): Participant[] {
  if (!self || !areOpen(groups)) return [...people];
  const quiet = new Set(
    groups.visits.filter((one) => one.is_quiet).map((one) => one.participant_id),
  );
  return people.filter((one) => {
    if (one.id === self.id || groups.loud.includes(one.id)) return true;
    return one.group === self.group && !quiet.has(one.id);
  });
}

/** A teacher's own visit. */
export function visitOf(groups: Groups, participantId: string) {
  return groups.visits.find((one) => one.participant_id === participantId) ?? null;
}

/** How many groups are offered first: about four students in each. */
export function offeredCount(students: number): number {
  return Math.min(20, Math.max(2, Math.ceil(students / 4)));
}
