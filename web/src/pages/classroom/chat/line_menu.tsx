/** What can be done with a message: react, answer, copy, delete after it was asked once. */
import { useState } from "preact/hooks";
import { t } from "../../../text/text";
import type { IconName } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import type { ChatMessage, Reaction } from "../../../wire/messages";
import { Sure } from "../../sure";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { answerTo } from "./recipients";

export const REACTION_ICONS: Record<Reaction, IconName> = {
  like: "like",
  love: "love",
  laugh: "laugh",
  wow: "wow",
  party: "party",
  check: "check",
};
const REACTIONS = Object.keys(REACTION_ICONS) as Reaction[];
/** As long as the server lets somebody take back what they wrote. */
const OWN_MS = 10 * 60_000;

export function LineMenu({ desk, message }: { desk: Desk; message: ChatMessage }) {
  const [asking, setAsking] = useState(false);
  const name = message.name;
  return (
    <>
      <Menu
        label={t("talk-actions", { name })}
        class="icon-btn msg-menu"
        items={itemsOf(desk, message, () => setAsking(true))}
      />
      {asking && <DeleteDialog desk={desk} message={message} onClose={() => setAsking(false)} />}
    </>
  );
}

function itemsOf(desk: Desk, message: ChatMessage, ask: () => void): (MenuItem | MenuBreak)[] {
  const room = desk.room.value;
  const { chat } = desk.session;
  const given = (reaction: Reaction) =>
    message.reactions.some(
      (one) => one.reaction === reaction && one.participant_ids.includes(room.selfId),
    );
  const items: (MenuItem | MenuBreak)[] = [
    { label: t("talk-reply"), icon: "reply", run: () => answer(desk, message) },
  ];
  if (message.text) {
    items.push({ label: t("talk-copy"), icon: "duplicate", run: () => void copy(message.text) });
  }
  if (mayDelete(desk, message)) {
    items.push({ label: t("talk-delete"), icon: "trash", danger: true, run: ask });
  }
  if (!room.rights.may_react) return items;
  const reactions = REACTIONS.map((reaction) => ({
    label: t(`talk-${reaction}`),
    icon: REACTION_ICONS[reaction],
    run: () => void chat.react(message.id, reaction, !given(reaction)).then(explain),
  }));
  return [...items, { heading: t("talk-react") }, ...reactions];
}

function answer(desk: Desk, message: ChatMessage): void {
  const { chat } = desk.session;
  chat.replyTo.value = message;
  chat.to.value = answerTo(desk.room.value, message);
  document.querySelector<HTMLElement>(".composer textarea")?.focus();
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toast(t("talk-copied"));
}

function mayDelete(desk: Desk, message: ChatMessage): boolean {
  const room = desk.room.value;
  if (message.participant_id === room.selfId) {
    return room.rights.may_order || Date.now() - Date.parse(message.at) < OWN_MS;
  }
  return room.rights.may_order && !message.to.startsWith("to:");
}

function DeleteDialog(props: { desk: Desk; message: ChatMessage; onClose(): void }) {
  const { desk, message, onClose } = props;
  return (
    <Sure
      thing={message}
      onClose={onClose}
      title={() => t("talk-delete-title")}
      note={t("talk-delete-note")}
      action={t("talk-delete")}
      waiting={t("talk-deleting")}
      send={({ id }) => desk.session.chat.delete(id)}
    />
  );
}
