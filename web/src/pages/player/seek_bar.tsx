/** The line of time: where it is, what is marked on it, and what lies under the pointer. */
import { useComputed, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { toPlay } from "../../recording/playtime";
import { t } from "../../text/text";
import { titleOf } from "./chapter_words";
import type { PlayerDesk } from "./desk";
import { clockOf, spokenOf } from "./times";

const STEP_MS = 5_000;
const PAGE_MS = 60_000;
const PREVIEW_PX = 160;

export function SeekBar({ desk }: { desk: PlayerDesk }) {
  const bar = useRef<HTMLDivElement>(null);
  const hover = useSignal<number | null>(null);
  const isHeld = useRef(false);
  const manifest = desk.manifest.value;
  const { playback } = desk;
  const second = useComputed(() => {
    void playback.ms.value;
    return Math.floor(playback.playMs / 1000);
  }).value;
  if (!manifest) return null;
  const length = Math.max(1, playback.lengthMs);
  const at = (event: PointerEvent): number => {
    const { left, width } = (bar.current as HTMLElement).getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - left) / width)) * length;
  };
  const onKey = (event: KeyboardEvent) => {
    const to = keyed(event.key, playback.playMs, length);
    if (to === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    desk.seekPlay(to);
  };
  return (
    <div
      ref={bar}
      class="seek"
      role="slider"
      tabIndex={0}
      aria-label={t("player-position")}
      aria-valuemin={0}
      aria-valuemax={Math.floor(length / 1000)}
      aria-valuenow={second}
      aria-valuetext={spokenOf(second * 1000)}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isHeld.current = true;
        desk.seekPlay(at(event));
      }}
      onPointerMove={(event) => {
        hover.value = at(event);
        if (isHeld.current) desk.seekPlay(at(event));
      }}
      onPointerUp={() => {
        isHeld.current = false;
      }}
      onPointerCancel={() => {
        isHeld.current = false;
      }}
      onPointerLeave={() => {
        hover.value = null;
      }}
    >
      <Marks desk={desk} length={length} />
      <Head desk={desk} length={length} />
      {hover.value !== null && <Preview desk={desk} playMs={hover.value} length={length} />}
    </div>
  );
}

function keyed(key: string, ms: number, length: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return ms + STEP_MS;
    case "ArrowLeft":
    case "ArrowDown":
      return ms - STEP_MS;
    case "PageUp":
      return ms + PAGE_MS;
    case "PageDown":
      return ms - PAGE_MS;
    case "Home":
      return 0;
    case "End":
      return length;
    default:
      return null;
  }
}

/** Moves at each frame by itself: nothing else is drawn for it. */
function Head({ desk, length }: { desk: PlayerDesk; length: number }) {
  const share = useComputed(() => {
    void desk.playback.ms.value;
    return `${((100 * desk.playback.playMs) / length).toFixed(2)}%`;
  });
  return <div class="seek-head" style={{ "--at": share.value }} />;
}

/** Raised hands and questions. */
function Marks({ desk, length }: { desk: PlayerDesk; length: number }) {
  const { happenings } = desk.story.value;
  const holes = desk.manifest.value?.holes ?? [];
  const marked = happenings.filter(
    ({ event, is_up, phase }) =>
      (event === "hand" && is_up === true) || (event === "poll" && phase === "opened"),
  );
  return (
    <>
      {marked.map(({ ms, event }) => (
        <span
          key={`${event}${ms}`}
          class={`seek-mark is-${event}`}
          style={{ left: `${(100 * toPlay(ms, holes)) / length}%` }}
        />
      ))}
    </>
  );
}

function Preview(props: { desk: PlayerDesk; playMs: number; length: number }) {
  const { desk, playMs, length } = props;
  const manifest = desk.manifest.value;
  const ms = desk.recordedOf(playMs);
  const chapter = desk.chapters.value.findLast((one) => one.ms <= ms);
  const thumbs = manifest?.thumbs;
  const number = thumbs ? Math.min(thumbs.count - 1, Math.floor(ms / thumbs.everyMs)) : -1;
  const style = thumbs ? pictureStyle(desk, number, thumbs) : {};
  return (
    <div
      class="seek-preview"
      style={{
        left: `clamp(${PREVIEW_PX / 2}px, ${(100 * playMs) / length}%, 100% - ${PREVIEW_PX / 2}px)`,
      }}
    >
      {thumbs && <span class="seek-picture" style={style} />}
      {chapter && <b class="ell">{titleOf(desk, chapter)}</b>}
      <span class="num">{clockOf(playMs)}</span>
    </div>
  );
}

type Thumbs = NonNullable<NonNullable<PlayerDesk["manifest"]["value"]>["thumbs"]>;

function pictureStyle(desk: PlayerDesk, number: number, thumbs: Thumbs): Record<string, string> {
  const { columns, rows, width, height } = thumbs;
  const sheet = Math.floor(number / (columns * rows));
  const place = number % (columns * rows);
  const [x, y] = [place % columns, Math.floor(place / columns)];
  return {
    width: `${width}px`,
    height: `${height}px`,
    "background-image": `url("${desk.sources.address(`thumbs-${sheet}.webp`)}")`,
    "background-position": `${-x * width}px ${-y * height}px`,
  };
}
