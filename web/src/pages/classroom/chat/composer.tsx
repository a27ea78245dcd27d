/** The field: to whom, what is answered, and the words; it keeps what is written. */
import { useRef } from "preact/hooks";
import { selfOf } from "../../../room/state";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Menu, type MenuBreak, type MenuItem } from "../../../ui/menu";
import { CHAT_MAX } from "../../../wire/messages";
import type { Desk } from "../desk";
import { attach, filesOfPaste } from "../files/attach";
import { Clip } from "../files/clip";
import { OnWay } from "../files/on_way";
import { circlesOf, peopleFor, promptFor, quoted, recipientName, recipientOf } from "./recipients";

export function Composer({ desk }: { desk: Desk }) {
  const room = desk.room.value;
  const closed = closedWords(desk);
  if (closed) return <p class="panel-foot small quiet">{closed}</p>;
  return (
    <div class="chat-foot">
      {!room.rights.may_chat && <p class="small quiet">{refusalText("lock.chat")}</p>}
      <To desk={desk} />
      <Answered desk={desk} />
      <Attached desk={desk} />
      <Field desk={desk} />
    </div>
  );
}

/** Why nobody can be written to; null when somebody can. */
function closedWords(desk: Desk): string | null {
  const self = selfOf(desk.room.value);
  if (self?.chat_muted && self.role === "student") return refusalText("chat.muted");
  return circlesOf(desk.room.value).length === 0 ? t("room-chat-closed") : null;
}

function To({ desk }: { desk: Desk }) {
  const room = desk.room.value;
  const { chat } = desk.session;
  const to = recipientOf(room, chat.to.value);
  const choice = (id: string, label: string): MenuItem => ({
    label,
    checked: to === id,
    run() {
      chat.to.value = id;
    },
  });
  const people = peopleFor(room);
  const items: (MenuItem | MenuBreak)[] = circlesOf(room).map((id) =>
    choice(id, t(`talk-to-${id}`)),
  );
  if (people.length > 0) items.push({ heading: t("talk-to-people") });
  items.push(...people.map((one) => choice(one.id, one.name)));
  const name = to === null ? t("talk-write-gone") : recipientName(room, to);
  return (
    <Menu label={t("talk-to")} class="btn btn-quiet btn-sm chat-to" side="above" items={items}>
      <span class="faint">{t("talk-to")}</span>
      <span class="ell">{name}</span>
      <Icon name="down" />
    </Menu>
  );
}

function Answered({ desk }: { desk: Desk }) {
  const { replyTo } = desk.session.chat;
  const message = replyTo.value;
  if (!message) return null;
  return (
    <div class="chat-answered">
      <Icon name="reply" />
      <span class="ell">
        <b>{t("talk-reply-to", { name: message.name })}</b> {quoted(message)}
      </span>
      <IconButton
        label={t("talk-reply-stop")}
        icon="close"
        onClick={() => {
          replyTo.value = null;
        }}
      />
    </div>
  );
}

/** What goes with the words; it is on its way already. */
function Attached({ desk }: { desk: Desk }) {
  const { attached } = desk.session.chat;
  const { uploads } = desk.session.files;
  return (
    <OnWay
      uploads={uploads}
      ids={attached.value}
      onRemove={(id) => {
        attached.value = attached.value.filter((one) => one !== id);
        uploads.cancel(id);
        document.querySelector<HTMLElement>(".composer textarea")?.focus();
      }}
    />
  );
}

function Field({ desk }: { desk: Desk }) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const { chat } = desk.session;
  const to = recipientOf(desk.room.value, chat.to.value);
  const prompt = promptFor(desk.room.value, to);
  const isEmpty = desk.draft.value.trim() === "" && chat.attached.value.length === 0;
  const send = () => {
    if (isEmpty || to === null) return;
    const text = desk.draft.value.trim();
    desk.draft.value = "";
    chat.write(text, to, chat.replyTo.value?.id ?? "", chat.attached.value);
    chat.attached.value = [];
    chat.replyTo.value = null;
    ref.current?.focus();
  };
  return (
    <form
      class={to === "room" ? "composer" : "composer is-aside"}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Clip desk={desk} take={(files) => attach(desk, files)} />
      <textarea
        ref={ref}
        rows={1}
        value={desk.draft.value}
        maxLength={CHAT_MAX}
        placeholder={prompt}
        aria-label={prompt}
        onInput={({ currentTarget }) => {
          desk.draft.value = currentTarget.value;
        }}
        onPaste={(event) => {
          const files = event.clipboardData ? filesOfPaste(event.clipboardData) : [];
          if (files.length === 0) return;
          event.preventDefault();
          attach(desk, files);
        }}
        onKeyDown={(event) => {
          // While an input method composes, Enter chooses a word and must not send.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <IconButton
        type="submit"
        label={t("room-chat-send")}
        icon="send"
        disabled={isEmpty || to === null}
      />
    </form>
  );
}
