/** What buttons and keys of the player do alike. */

import { t } from "../../text/text";
import { announce } from "../../ui/live";
import { toggleFullScreen } from "../classroom/full_screen";
import type { PlayerDesk } from "./desk";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** 1.25× */
export function speedOf(speed: number): string {
  return `${speed}×`;
}

export function acts(desk: PlayerDesk) {
  const { playback, sound, captions } = desk;
  return {
    step(ms: number) {
      desk.seekPlay(playback.playMs + ms);
    },
    share(part: number) {
      desk.seekPlay(playback.lengthMs * part);
    },
    /** To the next speed up (1) or down (-1). */
    faster(by: 1 | -1) {
      const at = SPEEDS.findIndex((one) => one >= playback.speed.peek());
      const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))] ?? 1;
      playback.setSpeed(next);
      announce(t("player-speed-now", { speed: speedOf(next) }));
    },
    mute() {
      sound.setMuted(!sound.isMuted.peek());
      announce(t(sound.isMuted.peek() ? "player-muted" : "player-unmuted"));
    },
    full() {
      toggleFullScreen(document.querySelector(".rplayer"));
    },
    captions() {
      if ((desk.manifest.peek()?.captions.length ?? 0) === 0) return;
      captions.isOn.value = !captions.isOn.peek();
      announce(t(captions.isOn.peek() ? "player-captions-on" : "player-captions-off"));
    },
    search() {
      document.querySelector<HTMLInputElement>(".ppanel input[type=search]")?.focus();
    },
  };
}
