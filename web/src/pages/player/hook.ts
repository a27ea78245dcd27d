/**
 * `window.__player`: facts for the browser tests and the bench of seeking. It shows nothing that
 * the page itself does not have.
 */
import type { PlayerDesk } from "./desk";

export interface PlayerHook {
  state(): unknown;
  /** To a moment (ms of recording time); milliseconds until the board's picture stood there. */
  seekBoard(ms: number): number | null;
  seek(ms: number): void;
}

declare global {
  interface Window {
    __player?: PlayerHook;
  }
}

export function hangHook(desk: PlayerDesk): () => void {
  const { playback } = desk;
  const hook: PlayerHook = {
    state: () => ({
      ...{ ms: playback.ms.peek(), isPlaying: playback.isPlaying.peek() },
      ...{
        isWaiting: playback.isWaiting.peek(),
        problem: desk.sources.problem.peek()?.code ?? null,
      },
      ...{ lengthMs: playback.lengthMs, main: desk.main.peek().kind, speed: playback.speed.peek() },
      ...{
        page: desk.scene.peek().page?.id ?? null,
        isPrepared: desk.board.peek()?.isPrepared ?? null,
      },
      stalled: [...playback.stalled.peek()],
    }),
    seekBoard(ms) {
      const board = desk.board.peek();
      if (!board) return null;
      const started = performance.now();
      board.seekNow(ms);
      const took = performance.now() - started;
      // What is told of that moment is no part of the picture.
      desk.seek(ms);
      return took;
    },
    seek: (ms) => desk.seek(ms),
  };
  window.__player = hook;
  return () => {
    if (window.__player === hook) delete window.__player;
  };
}
