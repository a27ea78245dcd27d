/** What the chat offers in a person's menu: write to them alone, mute them or let them write. */
import { t } from "../../../text/text";
import type { MenuItem } from "../../../ui/menu";
import type { Participant } from "../../../wire/messages";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { peopleFor } from "./recipients";

export function chatItems(desk: Desk, person: Participant): MenuItem[] {
  const room = desk.room.value;
  const items: MenuItem[] = [];
  if (peopleFor(room).some((one) => one.id === person.id)) {
    items.push({ label: t("talk-privately"), icon: "chat", run: () => writeTo(desk, person.id) });
  }
  if (room.rights.may_order && person.role === "student") {
    items.push({
      label: t(person.chat_muted ? "talk-unmute" : "talk-mute"),
      icon: person.chat_muted ? "chat" : "lock",
      run: () => void mute(desk, person),
    });
  }
  return items;
}

function writeTo(desk: Desk, id: string): void {
  desk.session.chat.to.value = id;
  desk.panel.value = "chat";
}

async function mute(desk: Desk, person: Participant): Promise<void> {
  explain(await desk.session.chat.mute(person.id, !person.chat_muted));
}
