/** The keys of headphones, keyboards and locked phones: play, pause, back, forward, to a moment. */
import { effect } from "@preact/signals";
import { acts } from "./acts";
import type { PlayerDesk } from "./desk";

const STEP_MS = 10_000;

export function followMediaKeys(desk: PlayerDesk, title: string): () => void {
  const session = globalThis.navigator?.mediaSession;
  if (!session) return () => undefined;
  const { playback } = desk;
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => playback.play(),
    pause: () => playback.pause(),
    seekbackward: ({ seekOffset }) => acts(desk).step(-(seekOffset ?? STEP_MS / 1000) * 1000),
    seekforward: ({ seekOffset }) => acts(desk).step((seekOffset ?? STEP_MS / 1000) * 1000),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) desk.seekPlay(seekTime * 1000);
    },
  };
  const each = Object.entries(handlers) as [MediaSessionAction, MediaSessionActionHandler][];
  for (const [action, handler] of each) session.setActionHandler(action, handler);
  const stop = effect(() => {
    const manifest = desk.manifest.value;
    session.playbackState = playback.isPlaying.value ? "playing" : "paused";
    const artist = manifest?.roomTitle ?? "";
    session.metadata = new MediaMetadata({ title: manifest?.title || title, artist });
  });
  return () => {
    stop();
    for (const [action] of each) session.setActionHandler(action, null);
    session.metadata = null;
    session.playbackState = "none";
  };
}
