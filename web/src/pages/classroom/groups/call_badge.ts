/** Groups that wait for a teacher, as a number on the panel's button. */
import { t } from "../../../text/text";
import type { Desk } from "../desk";
import { mayGroup } from "./acts";

export function callBadge(desk: Desk): { count: number; look: "signal"; tip?: string } {
  const count = mayGroup(desk) ? desk.room.value.groups.calls.length : 0;
  const tip = count > 0 ? t("groups-calls-count", { count }) : undefined;
  return { count, look: "signal", ...(tip && { tip }) };
}
