/** Groups: the teacher plans, opens, visits and closes them; a student sees the own one. */
import { areOpen } from "../../../room/groups";
import type { Desk } from "../desk";
import { mayGroup } from "./acts";
import { GroupsOpen } from "./open";
import { GroupsPlan, NewPlan } from "./plan";
import { StudentGroups } from "./student";

export function GroupsPanel({ desk }: { desk: Desk }) {
  const { groups } = desk.room.value;
  if (!mayGroup(desk)) return <StudentGroups desk={desk} />;
  if (areOpen(groups)) return <GroupsOpen desk={desk} />;
  return groups.phase === "planned" ? <GroupsPlan desk={desk} /> : <NewPlan desk={desk} />;
}

/** A student has the panel while there is something in it. */
export function hasGroups(desk: Desk): boolean {
  const { groups } = desk.room.value;
  if (mayGroup(desk) || areOpen(groups)) return true;
  return groups.phase === "planned" && groups.how === "own" && desk.self.value?.role === "student";
}
