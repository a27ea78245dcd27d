/** One message: who, when, for whom, its text, what it answers, and what others say of it. */
import { type PendingChat, participantOf } from "../../../room/state";
import { timeOf } from "../../../text/dates";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Avatar } from "../../../ui/avatar";
import { Icon } from "../../../ui/icon";
import type { Reacted } from "../../../wire/messages";
import type { ChatLine } from "../chat_lines";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { OnWay } from "../files/on_way";
import { Sent } from "../files/sent";
import { LineMenu, REACTION_ICONS } from "./line_menu";
import { audienceNote, quoted } from "./recipients";
import { Worded } from "./worded";

export function Line({ desk, line }: { desk: Desk; line: ChatLine }) {
  const room = desk.room.value;
  const own = line.participantId === room.selfId;
  const note = audienceNote(room, line.to);
  const names = [
    "msg",
    line.more ? "is-more" : "",
    note ? "is-aside" : "",
    line.state === "sending" ? "is-sending" : "",
    line.text === "" && !line.isDeleted ? "is-bare" : "",
  ];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a long press is the button's own short way.
    <div class={names.join(" ")} id={`chat-${line.key}`} tabIndex={-1} onContextMenu={openMenu}>
      {!line.more && <Avatar name={line.name} id={line.participantId} size={32} />}
      {!line.more && (
        <header>
          <b>{own ? t("room-name-you", { name: line.name }) : line.name}</b>
          {line.role === "host" && <span class="tiny">{t("room-role-host")}</span>}
          <time dateTime={line.at}>{timeOf(line.at)}</time>
        </header>
      )}
      {note && !line.more && (
        <span class="msg-for">
          <Icon name="lock" />
          {note}
        </span>
      )}
      {line.replyTo && <Quote desk={desk} id={line.replyTo} />}
      {line.isDeleted && <p class="msg-gone">{t("talk-deleted")}</p>}
      {line.text && (
        <p>
          <Worded text={line.text} />
        </p>
      )}
      <Sent desk={desk} ids={line.files} />
      <Going desk={desk} line={line} />
      <Reactions desk={desk} line={line} />
      {line.refusal && <Refused desk={desk} line={line} />}
      {line.message && !line.isDeleted && <LineMenu desk={desk} message={line.message} />}
    </div>
  );
}

/** A long press opens what the button opens; on a mouse the browser's own menu is of more use. */
function openMenu(event: MouseEvent & { currentTarget: HTMLElement }): void {
  const touched = "pointerType" in event && event.pointerType === "touch";
  if (!touched || (event.target as HTMLElement).closest("a")) return;
  const button = event.currentTarget.querySelector<HTMLElement>(".msg-menu");
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** What is answered; who may not read that one sees nothing of it. */
function Quote({ desk, id }: { desk: Desk; id: string }) {
  const message = desk.room.value.chat.find((one) => one.id === id);
  if (!message) return null;
  return (
    <button
      type="button"
      class="msg-quote"
      onClick={() => {
        const line = document.getElementById(`chat-${id}`);
        line?.scrollIntoView({ block: "center" });
        line?.focus({ preventScroll: true });
      }}
    >
      <b>{message.name}</b> <span>{quoted(message)}</span>
    </button>
  );
}

function Reactions({ desk, line }: { desk: Desk; line: ChatLine }) {
  if (line.reactions.length === 0) return null;
  return (
    <div class="msg-reactions">
      {line.reactions.map((one) => (
        <Given key={one.reaction} desk={desk} line={line} given={one} />
      ))}
    </div>
  );
}

function Given({ desk, line, given }: { desk: Desk; line: ChatLine; given: Reacted }) {
  const room = desk.room.value;
  const own = given.participant_ids.includes(room.selfId);
  const names = given.participant_ids.map((id) => participantOf(room, id)?.name ?? "");
  const label = t("talk-reaction", {
    name: t(`talk-${given.reaction}`),
    count: given.participant_ids.length,
  });
  return (
    <button
      type="button"
      class="msg-reaction"
      aria-pressed={own}
      aria-label={label}
      data-tip={names.filter(Boolean).slice(0, 12).join(t("room-list-comma"))}
      disabled={!room.rights.may_react}
      onClick={async () => {
        explain(await desk.session.chat.react(line.key, given.reaction, !own));
      }}
    >
      <Icon name={REACTION_ICONS[given.reaction]} />
      {given.participant_ids.length}
    </button>
  );
}

/** A line that is not sent: how far its files are, and the way out. */
function Going({ desk, line }: { desk: Desk; line: ChatLine }) {
  const pending = pendingOf(desk, line);
  if (!pending || line.state !== "sending") return null;
  const { chat, files } = desk.session;
  const isHeld = pending.uploads.some((id) => files.uploads.get(id)?.state === "failed");
  return (
    <>
      <OnWay
        uploads={files.uploads}
        ids={pending.uploads}
        onRemove={(id) => chat.detach(pending, id)}
      />
      <span class="tiny">{t(isHeld ? "files-held" : "room-chat-sending")}</span>
    </>
  );
}

function pendingOf(desk: Desk, line: ChatLine): PendingChat | undefined {
  return desk.room.value.pending.find((one) => one.clientId === line.clientId);
}

function Refused({ desk, line }: { desk: Desk; line: ChatLine }) {
  const { chat } = desk.session;
  const pending = pendingOf(desk, line);
  return (
    <div class="msg-refused" role="alert">
      <span>
        {t("room-chat-refused")} {refusalText(line.refusal ?? "")}
      </span>
      <button type="button" onClick={() => pending && chat.retry(pending)}>
        {t("again")}
      </button>
      <button type="button" onClick={() => pending && chat.drop(pending)}>
        {t("room-chat-discard")}
      </button>
    </div>
  );
}
