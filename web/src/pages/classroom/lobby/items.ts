/** The door's entries in menus: of the class at the foot of the people panel, and of one person. */
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { lockClass, removing, setLobby, setRole } from "./acts";

const ROLES = ["assistant", "student", "observer"] as const;

export function doorItems(desk: Desk): MenuItem[] {
  const { lobby, locked } = desk.room.value.door;
  return [
    {
      label: t("lobby-switch"),
      icon: "lobby",
      checked: lobby,
      toggles: true,
      run: () => void setLobby(desk, !lobby),
    },
    {
      label: t("lobby-lock"),
      icon: "door-locked",
      checked: locked,
      toggles: true,
      run: () => void lockClass(desk, !locked),
    },
  ];
}

/** A role, and out of the class; neither for a host nor for oneself. */
export function personItems(desk: Desk, person: Participant): MenuItem[] {
  const { rights, selfId } = desk.room.value;
  if (person.role === "host" || person.id === selfId) return [];
  const items: MenuItem[] = [];
  for (const role of rights.may_set_roles ? ROLES : []) {
    if (role === person.role) continue;
    items.push({
      label: t(`lobby-make-${role}`),
      icon: role === "assistant" ? "crown" : "people",
      run: () => void setRole(desk, person, role),
    });
  }
  const may = rights.may_order && (person.role !== "assistant" || rights.may_set_roles);
  if (may) {
    items.push({
      label: t("lobby-remove"),
      icon: "remove",
      run: () => {
        removing.value = person;
      },
    });
  }
  return items;
}
