/**
 * A small window that stays above all others, for whoever shares and looks elsewhere: their screen
 * with what is drawn on it. Chromium has such windows; elsewhere nothing is offered.
 */
import { effect, signal } from "@preact/signals";
import type { BoardView, NamedCursor } from "../../../board/view_types";
import { INK_WIDTH } from "../../../room/ink_ports";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Desk } from "../desk";
import { ownScreen } from "./acts";
import { pictureRect } from "./sight";

interface PictureWindows {
  readonly window: Window | null;
  requestWindow(how: { width: number; height: number }): Promise<Window & typeof globalThis>;
}

/** A name is about so wide; nearer to the edge it stands on the other side. */
const NAME_PX = 120;
const SIZE = { width: 480, height: 270 } as const;

function windows(): PictureWindows | null {
  return (
    (globalThis as { documentPictureInPicture?: PictureWindows }).documentPictureInPicture ?? null
  );
}

export function mayKeepInSight(): boolean {
  return windows() !== null;
}

export async function keepInSight(desk: Desk): Promise<void> {
  const open = windows();
  if (!open) return;
  if (open.window) return open.window.focus();
  let small: Window & typeof globalThis;
  try {
    small = await open.requestWindow(SIZE);
  } catch {
    return toast(t("ink-keep-failed"));
  }
  await desk.session.board.showInk();
  const track = ownScreen(desk);
  if (track) fill(desk, small, track);
  else small.close(); // the share ended while the window opened
}

/** Everything in it goes with the window, and the window with the share. */
function fill(desk: Desk, small: Window & typeof globalThis, track: MediaStreamTrack): void {
  const page = dressed(small);
  const isWhole = track.getSettings().displaySurface === "monitor";
  const ratio = signal(ratioOf(track));
  const host = page.createElement("div");
  host.className = "ink-small-host";
  host.inert = true;
  // A whole screen holds this window, too: shown here it would repeat itself without end.
  if (!isWhole) page.body.append(preview(page, track, (now) => (ratio.value = now)));
  const words = page.createElement("p");
  words.className = "ink-small-note";
  page.body.append(words);
  const mark = page.createElement("p");
  page.body.append(mark);
  const names = page.createElement("div");
  names.className = "board-cursors";
  host.append(names);
  page.body.append(host);
  const size = signal({ width: small.innerWidth, height: small.innerHeight });
  small.addEventListener("resize", () => {
    size.value = { width: small.innerWidth, height: small.innerHeight };
  });
  const camera = signal({ x: 0, y: 0, scale: 1 });
  const place = effect(() => {
    const { x, y, w, h } = pictureRect(size.value, ratio.value);
    Object.assign(host.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
    camera.value = { x: 0, y: 0, scale: w / INK_WIDTH };
  });
  const view = desk.session.board.inkView({ camera, isOwn: true });
  const stops = [
    place,
    markRecording(desk, mark),
    ...(view ? [view.attach(host), showNames(view, names)] : []),
  ];
  stops.push(
    effect(() => {
      if (desk.session.share.video.value !== track) small.close();
    }),
    effect(() => {
      const isElsewhere = desk.presenter.value?.id !== desk.room.value.selfId;
      words.textContent = isElsewhere
        ? t("ink-keep-elsewhere")
        : isWhole
          ? t("ink-keep-whole")
          : "";
    }),
  );
  small.addEventListener("pagehide", () => {
    for (const stop of stops) stop();
    view?.destroy();
  });
}

/** Whoever looks elsewhere sees here, too, that it is recorded. */
function markRecording(desk: Desk, mark: HTMLElement): () => void {
  mark.className = "rec ink-small-rec";
  return effect(() => {
    const { phase } = desk.room.value.recording.facts;
    const isMarked = phase === "on" || phase === "paused";
    mark.hidden = !isMarked;
    mark.dataset.phase = phase;
    mark.textContent = isMarked ? t(`recording-${phase === "on" ? "rec" : "paused"}`) : "";
  });
}

/** Its page, in our language, theme and styles. */
function dressed({ document: page }: Window): Document {
  page.title = t("ink-keep-title");
  page.documentElement.lang = document.documentElement.lang;
  Object.assign(page.documentElement.dataset, document.documentElement.dataset);
  for (const style of document.querySelectorAll("link[rel=stylesheet], style")) {
    page.head.append(style.cloneNode(true));
  }
  page.body.className = "ink-small";
  return page;
}

function ratioOf(track: MediaStreamTrack): number {
  const { width, height } = track.getSettings();
  return width && height ? width / height : SIZE.width / SIZE.height;
}

function preview(page: Document, track: MediaStreamTrack, onRatio: (ratio: number) => void) {
  const video = page.createElement("video");
  video.className = "ink-small-picture";
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  video.addEventListener("resize", () => {
    if (video.videoHeight > 0) onRatio(video.videoWidth / video.videoHeight);
  });
  return video;
}

/** Who points or draws where. */
function showNames(view: BoardView, into: HTMLElement): () => void {
  return effect(() => {
    const { w } = view.size.value;
    const page = into.ownerDocument;
    into.replaceChildren(...view.cursors.value.map((one) => cursorOf(page, one, w)));
  });
}

function cursorOf(page: Document, { name, colour, x, y }: NamedCursor, width: number): HTMLElement {
  const cursor = page.createElement("span");
  cursor.className = x > width - NAME_PX ? "board-cursor is-left" : "board-cursor";
  cursor.style.setProperty("--c", colour);
  cursor.style.transform = `translate(${x}px, ${y}px)`;
  const label = page.createElement("b");
  label.textContent = name;
  cursor.append(label);
  return cursor;
}
