/**
 * An activity in its page's place: a frame of no origin, laid out 1280 wide for everybody and then
 * scaled, so that what is drawn over it lies at the same place on each screen.
 */
import { effect, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { LayerProps } from "../board/layer_props";
import { guardFocus } from "./focus_guard";
import { ActivityTalk } from "./talk";

/** Begun anew when it grows. */
export const beginnings = signal(0);
/** Presses go to the activity, else to the board's tools over it. */
export const isUsed = signal(true);

export function ActivityFrame(props: LayerProps) {
  return <Frame key={beginnings.value} {...props} />;
}

function Frame({ desk, view, page, box }: LayerProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const { placements } = desk.room.value.board;
  const name = placements.find((one) => one.id === page.placement)?.name ?? "";
  // Before anything else can run: a copy that loads at once says that it is ready only once.
  useLayoutEffect(() => {
    const talk = new ActivityTalk(page.id, {
      room: desk.room,
      request: desk.session.wire.request,
      post: (word) => frame.current?.contentWindow?.postMessage(word, "*"),
      now: () => performance.now(),
    });
    const hear = (message: MessageEvent) => {
      const { source } = message;
      if (source !== null && source === frame.current?.contentWindow) talk.hear(message);
    };
    addEventListener("message", hear);
    return () => {
      removeEventListener("message", hear);
      talk.close();
    };
  }, [desk, page.id]);
  const [isStopped, setStopped] = useState(false);
  useEffect(
    () => (frame.current ? guardFocus(frame.current, () => setStopped(true)) : undefined),
    [],
  );
  // A tool that is picked means the board.
  useEffect(() => {
    isUsed.value = true;
    let first = true;
    return effect(() => {
      view.tool.value;
      if (!first && view.tool.value !== "hand") isUsed.value = false;
      first = false;
    });
  }, [view]);
  const { x, y, w } = box.value;
  const width = page.width ?? 1280;
  if (isStopped) {
    return (
      <div class="film-over" role="alert">
        <p class="pill">
          <Icon name="warn" />
          <span>{t("activity-stopped")}</span>
        </p>
      </div>
    );
  }
  return (
    <iframe
      ref={frame}
      class="activity"
      data-used={isUsed.value ? "yes" : "no"}
      sandbox="allow-scripts"
      allow=""
      referrerpolicy="no-referrer"
      src={page.backdrop}
      title={t("activity-frame", { name })}
      style={{
        left: `${x}px`,
        top: `${y}px`,
        width: `${width}px`,
        height: `${page.height ?? 720}px`,
        transform: `scale(${w / width})`,
      }}
    />
  );
}
