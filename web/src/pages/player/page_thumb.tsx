/** A chapter as a small picture: its page as it was at the end of it, or what it is by its sign. */
import { useEffect, useRef } from "preact/hooks";
import { paintThumbnail } from "../../board/paint/thumbnail";
import type { Chapter } from "../../recording/chapters";
import { whenIdle } from "../../recording/idle";
import { docOf } from "../../recording/story";
import { Icon, type IconName } from "../../ui/icon";
import type { PlayerDesk } from "./desk";

const WIDTH = 88;
const HEIGHT = 50;
const SIGNS: Readonly<Record<Chapter["heading"]["kind"], IconName>> = {
  ...{ mark: "chapter", page: "board", screen: "screen" },
  ...{ poll: "ask", groups: "groups", start: "play" },
};

export function PageThumb(props: { desk: PlayerDesk; chapter: Chapter; until: number | null }) {
  const { desk, chapter, until } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const end = (until ?? desk.manifest.value?.durationMs ?? chapter.ms) - 1;
  const tape = desk.tape.value;
  const isPage = chapter.doc !== null && chapter.heading.kind !== "screen";
  useEffect(() => {
    if (!isPage) return;
    const paint = () => paintChapter(desk, canvas.current, chapter, end);
    // One after the other, and after what somebody waits for.
    const giveUp = whenIdle(paint);
    const stop = desk.parts.backdrops.onReady(paint);
    return () => {
      giveUp();
      stop();
    };
  }, [chapter.ms, end, tape, isPage]);
  return (
    <span class="pthumb" aria-hidden="true">
      {isPage ? (
        <canvas ref={canvas} width={WIDTH * 2} height={HEIGHT * 2} />
      ) : (
        <Icon name={SIGNS[chapter.heading.kind]} />
      )}
    </span>
  );
}

function paintChapter(
  desk: PlayerDesk,
  canvas: HTMLCanvasElement | null,
  chapter: Chapter,
  end: number,
): void {
  const { page } = desk.story.peek().clone().at(chapter.ms);
  if (!canvas || !page) return;
  const items = desk.tape.peek().itemsAt(docOf(page), Math.max(chapter.ms, end));
  paintThumbnail({ ordered: () => items }, page, canvas, desk.parts);
}
