/** The room's chat: lines as they come, ours at once, what was before them on demand. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { numberOf } from "../../room/chat_mirror";
import { t } from "../../text/text";
import { Button } from "../../ui/button";
import { Composer } from "./chat/composer";
import { Line } from "./chat/line";
import { type ChatLine, chatLines } from "./chat_lines";
import type { Desk } from "./desk";

/** So near to an end of the list somebody is at it. */
const NEAR_PX = 40;

export function ChatPanel({ desk }: { desk: Desk }) {
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lines = chatLines(desk.room.value);
  const first = desk.room.value.chat[0];
  // What comes while it is open is read as it comes.
  const firstNew = useRef(firstNewKey(desk, lines));
  useKeptPlace(ref, atEnd, first?.id ?? "", lines.length);
  const hasEarlier = first !== undefined && numberOf(first) > 1;
  const loadEarlier = () => {
    if (hasEarlier) void desk.session.chat.loadEarlier(first.id);
  };
  // A list that does not scroll yet has room for more.
  useEffect(() => {
    const list = ref.current;
    if (list && list.scrollHeight <= list.clientHeight) loadEarlier();
  }, [first?.id]);
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
          atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
          if (list.scrollTop < NEAR_PX && !atEnd.current) loadEarlier();
        }}
      >
        {hasEarlier && <Earlier desk={desk} load={loadEarlier} />}
        {lines.length === 0 && <p class="chat-none">{t("room-chat-none")}</p>}
        {lines.map((line) => [
          line.key === firstNew.current && (
            <p class="chat-new" key="new">
              {t("talk-new")}
            </p>
          ),
          <Line key={line.key} desk={desk} line={line} />,
        ])}
      </div>
      <Composer desk={desk} />
    </>
  );
}

/** The first line of somebody else that was not seen when the chat was opened. */
function firstNewKey(desk: Desk, lines: readonly ChatLine[]): string | null {
  const since = desk.readSince();
  const isNew = ({ message }: ChatLine) =>
    message !== null &&
    numberOf(message) > since &&
    message.participant_id !== desk.room.value.selfId;
  return lines.find(isNew)?.key ?? null;
}

/** Follows the newest line unless somebody scrolled up; what comes above moves nothing. */
function useKeptPlace(
  ref: { current: HTMLDivElement | null },
  atEnd: { current: boolean },
  firstId: string,
  count: number,
): void {
  const before = useRef({ firstId, height: 0 });
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const grew = list.scrollHeight - before.current.height;
    if (atEnd.current) list.scrollTop = list.scrollHeight;
    else if (before.current.firstId !== firstId) list.scrollTop += grew;
    before.current = { firstId, height: list.scrollHeight };
  }, [count, firstId]);
}

function Earlier({ desk, load }: { desk: Desk; load(): void }) {
  const { earlier } = desk.session.chat;
  if (earlier.value === "none") return null;
  const waiting = earlier.value === "loading" && t("talk-earlier-loading");
  return (
    <div class="chat-earlier">
      <Button look="quiet" waiting={waiting} onClick={load}>
        {t("talk-earlier")}
      </Button>
    </div>
  );
}
