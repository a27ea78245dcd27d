/** Over the shared picture: what is drawn on it, and while the pen is in the hand, where one draws. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { INK_WIDTH } from "../../../room/ink_ports";
import { t } from "../../../text/text";
import { Cursors } from "../board/cursors";
import { Editor } from "../board/editor";
import { tellNotices } from "../board/news";
import type { Desk } from "../desk";
import { useSize } from "../use_size";
import { pictureRect } from "./sight";

interface LayerProps {
  desk: Desk;
  view: BoardView;
  /** Of the picture, width to height. */
  ratio: number;
}

export function Layer({ desk, view, ratio }: LayerProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const { x, y, w, h } = pictureRect(useSize(frame), ratio);
  const drawing = desk.drawing.value && view.pen.value !== "none";
  useLayoutEffect(() => {
    if (w > 0) desk.session.board.inkCamera.value = { x: 0, y: 0, scale: w / INK_WIDTH };
  }, [w]);
  useEffect(() => {
    const keys = host.current?.closest<HTMLElement>(".ink-desk");
    return host.current && keys ? view.attach(host.current, keys) : undefined;
  }, [view]);
  useEffect(() => {
    view.dismissNotice(); // what was told before the board lay over the screen
    return tellNotices(view);
  }, [view]);
  useEffect(() => {
    if (drawing) host.current?.focus({ preventScroll: true });
    else view.select([]);
  }, [drawing, view]);
  return (
    <div ref={frame} class="ink-frame">
      <div
        class="ink-layer board-fit"
        inert={!drawing}
        style={{ left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` }}
      >
        <div ref={host} class="board-host" role="application" aria-label={t("ink-host")} />
        <div class="board-over">
          <Cursors view={view} />
          <Editor view={view} />
        </div>
      </div>
    </div>
  );
}
