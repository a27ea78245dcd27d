/** What a press on a reaction does. */
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { FaceReaction } from "../../../wire/messages";
import type { Desk } from "../desk";
import { explain } from "../explain";

export const REACTIONS: readonly FaceReaction[] = ["like", "love", "clap", "laugh", "wow", "party"];
/** The popover's id: a key, a button and a menu open it. */
export const REACT_ID = "react";

export function mayReact(desk: Desk): boolean {
  return desk.room.value.rights.may_react;
}

export async function react(desk: Desk, reaction: FaceReaction): Promise<void> {
  explain(await desk.session.reactions.give(reaction));
}

/** Opens or closes what there is to choose from, or says why there is nothing. */
export function pressReact(desk: Desk): void {
  if (mayReact(desk)) document.getElementById(REACT_ID)?.togglePopover();
  else toast(t("error-lock-reactions"));
}
