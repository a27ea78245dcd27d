/** Who draws on the shared screen, and who says how. The server decides; this is what is offered. */
import type { Desk } from "../desk";
import { seesStage } from "./sight";

/** Staff, whoever shares, and while it is open everybody with a pen. */
export function mayDrawOnScreen(desk: Desk): boolean {
  if (!seesStage(desk)) return false;
  return mayOrderInk(desk) || (desk.self.value?.pen !== "none" && desk.room.value.ink.is_open);
}

/** How it looks, who else draws, and clearing it. */
export function mayOrderInk(desk: Desk): boolean {
  const { rights, selfId } = desk.room.value;
  return rights.may_lead_board || desk.presenter.value?.id === selfId;
}
