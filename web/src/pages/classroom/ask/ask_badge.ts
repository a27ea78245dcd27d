/** What the panel's button says: a student's question that waits. */
import { waitingFor } from "../../../room/ask";
import { t } from "../../../text/text";
import type { Desk } from "../desk";

export function askBadge(desk: Desk): { count: number; look: "accent"; tip?: string } {
  const { ask, rights } = desk.room.value;
  if (!waitingFor(ask, rights.may_answer)) return { count: 0, look: "accent" };
  return { count: 1, look: "accent", tip: t("ask-badge") };
}
