/** A star for one student, or one less. */
import { starsOf } from "../../../room/aids";
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { giveStar } from "./acts";

export function starItems(desk: Desk, person: Participant): MenuItem[] {
  const { rights, aids } = desk.room.value;
  if (!rights.may_ask || person.role !== "student") return [];
  const give = () => void giveStar(desk, person.id, 1);
  const items: MenuItem[] = [{ label: t("ask-star"), icon: "star", run: give }];
  if (starsOf(aids, person.id) > 0) {
    const take = () => void giveStar(desk, person.id, -1);
    items.push({ label: t("ask-star-back"), icon: "undo", run: take });
  }
  return items;
}
