/** Everybody's sound: one audio element, the clock of all that is played. */
import { type Signal, signal } from "@preact/signals";
import type { Medium } from "../../recording/playback";

const STORED = "classroom.player_volume";

export class Sound {
  readonly volume: Signal<number> = signal(storedVolume());
  readonly isMuted: Signal<boolean> = signal(false);
  readonly #element: HTMLAudioElement;

  #tries = 0;

  /** `onFault`: it broke off; called a little later each time. */
  constructor(onFault: () => Promise<void>) {
    this.#element = document.createElement("audio");
    this.#element.preload = "auto";
    this.#element.addEventListener("error", () => {
      if (!this.#element.getAttribute("src")) return;
      setTimeout(() => void onFault(), waitOf(this.#tries));
      this.#tries += 1;
    });
    this.#element.addEventListener("playing", () => {
      this.#tries = 0;
    });
    this.#element.volume = this.volume.peek();
  }

  get medium(): Medium {
    return this.#element;
  }

  open(address: string): void {
    this.#element.src = address;
  }

  /** Whether that moment (ms of the file) is in what was opened. */
  reaches(ms: number): boolean {
    return Number.isFinite(this.#element.duration) && this.#element.duration * 1000 >= ms;
  }

  setVolume(volume: number): void {
    this.volume.value = Math.max(0, Math.min(1, volume));
    this.#element.volume = this.volume.value;
    this.setMuted(this.volume.value === 0);
    globalThis.localStorage?.setItem(STORED, String(this.volume.value));
  }

  setMuted(isMuted: boolean): void {
    this.isMuted.value = isMuted;
    this.#element.muted = isMuted;
  }

  destroy(): void {
    this.#element.pause();
    this.#element.removeAttribute("src");
    this.#element.load();
  }
}

/** Before the next try, in milliseconds. */
export function waitOf(tries: number): number {
  return Math.min(1_000 * 2 ** tries, 30_000);
}

function storedVolume(): number {
  const stored = globalThis.localStorage?.getItem(STORED) ?? "";
  const volume = Number.parseFloat(stored);
  return volume >= 0 && volume <= 1 ? volume : 1;
}
