/** The room's chat: lines as they come, ours at once, and a field that keeps what is written. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { timeOf } from "../../text/dates";
import { refusalText } from "../../text/refusal";
import { t } from "../../text/text";
import { Avatar } from "../../ui/avatar";
import { IconButton } from "../../ui/button";
import { CHAT_MAX } from "../../wire/messages";
import { type ChatLine, chatLines, textParts } from "./chat_lines";
import type { Desk } from "./desk";

export function ChatPanel({ desk }: { desk: Desk }) {
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lines = chatLines(desk.room.value);
  // Follows the newest line unless somebody scrolled up to read.
  useLayoutEffect(() => {
    const list = ref.current;
    if (list && atEnd.current) list.scrollTop = list.scrollHeight;
  }, [lines.length]);
  return (
    <>
      <div
        ref={ref}
        class="scroll chat"
        role="log"
        aria-label={t("room-chat")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable.
        tabIndex={0}
        onScroll={({ currentTarget: list }) => {
          atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
        }}
      >
        {lines.length === 0 && <p class="chat-none">{t("room-chat-none")}</p>}
        {lines.map((line) => (
          <Line key={line.key} desk={desk} line={line} />
        ))}
      </div>
      {desk.room.value.rights.may_chat ? (
        <Composer desk={desk} />
      ) : (
        <p class="panel-foot small quiet">{t("room-chat-closed")}</p>
      )}
    </>
  );
}

function Line({ desk, line }: { desk: Desk; line: ChatLine }) {
  const own = line.participantId === desk.room.value.selfId;
  const names = ["msg", line.more ? "is-more" : "", line.state === "sending" ? "is-sending" : ""];
  return (
    <div class={names.join(" ")}>
      {!line.more && <Avatar name={line.name} id={line.participantId} size={32} />}
      {!line.more && (
        <header>
          <b>{own ? t("room-name-you", { name: line.name }) : line.name}</b>
          {line.role === "host" && <span class="tiny">{t("room-role-host")}</span>}
          <time dateTime={line.at}>{timeOf(line.at)}</time>
        </header>
      )}
      <p>
        {textParts(line.text).map((part) =>
          part.href ? (
            <a key={part.text} href={part.href} target="_blank" rel="noreferrer noopener">
              {part.text}
            </a>
          ) : (
            part.text
          ),
        )}
      </p>
      {line.state === "sending" && <span class="tiny">{t("room-chat-sending")}</span>}
      {line.refusal && <Refused desk={desk} line={line} />}
    </div>
  );
}

function Refused({ desk, line }: { desk: Desk; line: ChatLine }) {
  const { chat } = desk.session;
  const pending = desk.room.value.pending.find((one) => one.clientId === line.clientId);
  return (
    <div class="msg-refused" role="alert">
      <span>
        {t("room-chat-refused")} {refusalText(line.refusal ?? "")}
      </span>
      <button type="button" onClick={() => pending && chat.retry(pending)}>
        {t("again")}
      </button>
      <button type="button" onClick={() => chat.drop(line.clientId)}>
        {t("room-chat-discard")}
      </button>
    </div>
  );
}

function Composer({ desk }: { desk: Desk }) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const send = () => {
    const text = desk.draft.value.trim();
    if (!text) return;
    desk.draft.value = "";
    desk.session.chat.write(text);
    ref.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={ref}
        rows={1}
        value={desk.draft.value}
        maxLength={CHAT_MAX}
        placeholder={t("room-chat-write")}
        aria-label={t("room-chat-write")}
        onInput={({ currentTarget }) => {
          desk.draft.value = currentTarget.value;
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
        disabled={desk.draft.value.trim() === ""}
      />
    </form>
  );
}
