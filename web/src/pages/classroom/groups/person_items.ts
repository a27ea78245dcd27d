/** What can be done with one person in groups: to every other group, and out of all. */
import { plannedGroup } from "../../../room/groups";
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { mayGroup, moveTo } from "./acts";

export function groupItems(desk: Desk, person: Participant): MenuItem[] {
  const { groups } = desk.room.value;
  if (!mayGroup(desk) || person.role !== "student") return [];
  const now = plannedGroup(groups, person.id);
  return groups.groups
    .filter((group) => group.id !== now)
    .map((group) => ({
      label: t("groups-move-to", { name: group.name }),
      icon: "groups",
      run: () => moveTo(desk, person.id, group.id),
    }));
}
