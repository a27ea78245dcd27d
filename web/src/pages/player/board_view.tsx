/** A page as it was: to be zoomed, moved and read; its words can be selected and copied. */
import { effect, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Gestures, type PointerFact, type PointerKind } from "../../board/gestures";
import { boundsOf } from "../../board/kernel/bounds";
import { EDITOR_STYLE, fontOf, layoutWords } from "../../board/kernel/words";
import type { Item, PageFacts } from "../../board/model";
import { limitsFor, RecordedBoard } from "../../recording/board";
import { docOf } from "../../recording/story";
import { fading, type Version } from "../../recording/tape";
import { t } from "../../text/text";
import { IconButton } from "../../ui/button";
import type { PlayerDesk } from "./desk";

interface BoardViewProps {
  desk: PlayerDesk;
  page: PageFacts;
  /** Ink over a picture: no paper, no view of its own. */
  isOver?: boolean;
  fades?: boolean;
}

const STEP = 1.25;

export function BoardView({ desk, page, isOver = false, fades = false }: BoardViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const board = useSignal<RecordedBoard | null>(null);
  const doc = docOf(page);
  const tape = desk.tape.value;
  useEffect(() => {
    if (!host.current) return;
    const made = new RecordedBoard(host.current, desk.parts, limitsFor(isSmall()), isOver);
    board.value = made;
    const stops = [effect(() => made.seek(desk.playback.ms.value))];
    if (!isOver) {
      desk.board.value = made;
      stops.push(followHands(host.current, made));
    }
    return () => {
      for (const stop of stops) stop();
      board.value = null;
      if (desk.board.peek() === made) desk.board.value = null;
      made.destroy();
    };
  }, [desk, isOver]);
  useEffect(() => {
    const versions = tape.versions(doc);
    const seen = fades ? fading(versions) : versions;
    board.value?.show(page, seen, desk.playback.ms.peek());
  }, [board.value, page, doc, tape, fades]);
  return (
    <section class={isOver ? "pboard is-over" : "pboard"} aria-label={labelOf(page, isOver)}>
      <div
        class="pboard-host"
        ref={host}
        data-moved={board.value?.isMoved.value ? "true" : undefined}
      />
      {!isOver && <SlideWords desk={desk} />}
      {board.value && (
        <Words
          key={`${doc} ${desk.manifest.value?.rev}`}
          desk={desk}
          board={board.value}
          versions={tape.versions(doc)}
        />
      )}
      {board.value && !isOver && <Zoom board={board.value} />}
    </section>
  );
}

function labelOf(page: PageFacts, isOver: boolean): string {
  if (isOver) return t("player-ink-over");
  return page.name ? t("player-page", { name: page.name }) : t("player-page-plain");
}

function Zoom({ board }: { board: RecordedBoard }) {
  return (
    <div class="pboard-zoom">
      <IconButton
        label={t("player-zoom-out")}
        shortcut="-"
        icon="minus"
        onClick={() => board.zoom(1 / STEP)}
      />
      <IconButton
        label={t("player-zoom-fit")}
        shortcut="="
        icon="fit"
        onClick={() => board.fit()}
      />
      <IconButton
        label={t("player-zoom-in")}
        shortcut="+"
        icon="plus"
        onClick={() => board.zoom(STEP)}
      />
    </div>
  );
}

/** What stands on a slide is a picture: its words are there for who cannot see it. */
function SlideWords({ desk }: { desk: PlayerDesk }) {
  const { words } = desk.scene.value;
  if (words.length === 0) return null;
  return <p class="vh">{words.join(" ")}</p>;
}

type Worded = Extract<Item, { t: "text" | "note" }>;

/** The words themselves, invisible above their picture. */
function Words(props: { desk: PlayerDesk; board: RecordedBoard; versions: readonly Version[] }) {
  const { desk, board, versions } = props;
  const worded = versions.filter((one): one is Version & { item: Worded } => isWorded(one.item));
  // Looked at each frame, but drawn only when others lie there.
  const there = useComputed(() => {
    const ms = desk.playback.ms.value;
    return worded.flatMap(({ from, to }, at) => (from <= ms && ms < to ? [at] : [])).join(" ");
  }).value;
  const { x, y, scale } = board.camera.value;
  const shown = there === "" ? [] : there.split(" ").map((at) => worded[Number(at)]);
  const found = desk.found.value;
  return (
    <div class="pboard-words" style={{ transform: `scale(${scale}) translate(${-x}px, ${-y}px)` }}>
      {shown.map(
        (one) =>
          one && (
            <Word
              key={one.item.id}
              item={one.item}
              isFound={one.item.id === found}
              onFound={() => board.reveal(boundsOf(one.item))}
            />
          ),
      )}
    </div>
  );
}

function Word(props: { item: Worded; isFound: boolean; onFound(): void }) {
  const { item, isFound, onFound } = props;
  const layout = layoutWords(item);
  useEffect(() => {
    if (isFound) onFound();
  }, [isFound]);
  return (
    <p
      class={isFound ? "is-found" : undefined}
      style={{
        ...EDITOR_STYLE,
        font: fontOf(item),
        "line-height": `${layout.lineHeight}px`,
        left: `${layout.x}px`,
        top: `${layout.y}px`,
        width: `${layout.width}px`,
        transform: `matrix(${item.m.join(",")})`,
        "transform-origin": `${-layout.x}px ${-layout.y}px`,
      }}
    >
      {item.text}
    </p>
  );
}

function isWorded(item: Item): item is Worded {
  return (item.t === "text" || item.t === "note") && item.text !== "";
}

function isSmall(): boolean {
  return matchMedia("(max-width: 700px), (max-height: 520px)").matches;
}

/** Drags move the page, two fingers and the wheel with Ctrl zoom, the wheel alone moves. */
function followHands(host: HTMLElement, board: RecordedBoard): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const gestures = new Gestures(
    {
      begin: () => undefined,
      end: () => undefined,
      cancel: () => undefined,
      // All of it is in sight: a finger scrolls what lies around it.
      pan: (dx, dy) => {
        if (board.isMoved.peek()) board.pan(dx, dy);
      },
      pinch: (factor, at) => board.zoom(factor, at),
      stylusSeen: () => undefined,
    },
    () => ({ mayPress: false, pans: true, penMode: false }),
  );
  const factOf = (event: PointerEvent): PointerFact => {
    const { left, top } = host.getBoundingClientRect();
    return {
      ...{ id: event.pointerId, kind: event.pointerType as PointerKind, button: event.button },
      ...{ x: event.clientX - left, y: event.clientY - top, at: event.timeStamp },
    };
  };
  const onDown = (event: PointerEvent) => {
    host.setPointerCapture(event.pointerId);
    gestures.down(factOf(event));
  };
  const onWheel = (event: WheelEvent) => {
    const isZoom = event.ctrlKey || event.metaKey;
    if (!isZoom && !board.isMoved.peek()) return;
    event.preventDefault();
    const { left, top } = host.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    if (isZoom) board.zoom(Math.exp(-event.deltaY / 300), at);
    else board.pan(-event.deltaX, -event.deltaY);
  };
  host.addEventListener("pointerdown", onDown, { signal });
  host.addEventListener("pointermove", (event) => void gestures.move(factOf(event)), { signal });
  host.addEventListener("pointerup", ({ pointerId }) => gestures.up(pointerId), { signal });
  host.addEventListener("pointercancel", ({ pointerId }) => gestures.cancel(pointerId), { signal });
  host.addEventListener("dblclick", () => board.fit(), { signal });
  host.addEventListener("wheel", onWheel, { signal, passive: false });
  return () => stop.abort();
}
