/** What our own connection carries, as the server tells it, and what it takes from us. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Downlink as DownlinkNotice } from "../wire/messages";
import type { RemoteTrack } from "./consumers";
import { NO_SHORTAGE, noticeOf, type ShortageNotice, shortageOf } from "./shortage";
import { hold, holdsUntil, NOTHING, type Steady } from "./steady";

/** The server begins with a guess and measures; what it holds back until then is no weakness. */
const BEGINNING_MS = 5_000;

export class Downlink {
  /** Bits per second of everything together; null until the server has said it. */
  readonly bitrate = computed(() => this.#told.value?.bitrate_bps ?? null);
  /** As it is now: tiles follow it at once. */
  readonly shortage;
  /** What is said about it: it stays long enough to be read. */
  readonly notice = signal<ShortageNotice | null>(null);
  readonly #told = signal<DownlinkNotice | null>(null);
  readonly #measured = signal(false);
  readonly #stop: () => void;
  #steady: Steady<ShortageNotice> = NOTHING;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beginning: ReturnType<typeof setTimeout> | undefined;

  constructor(tracks: ReadonlySignal<readonly RemoteTrack[]>) {
    this.shortage = computed(() => {
      const told = this.#measured.value ? this.#told.value : null;
      return told ? shortageOf(told.reductions, tracks.value) : NO_SHORTAGE;
    });
    const next = computed(() => noticeOf(this.shortage.value));
    this.#stop = effect(() => this.#hold(next.value));
  }

  /** Null forgets everything: the media side begins anew. */
  hear(told: DownlinkNotice | null): void {
    if (told === null) {
      clearTimeout(this.#beginning);
      this.#measured.value = false;
    } else if (this.#told.value === null) {
      this.#beginning = setTimeout(() => {
        this.#measured.value = true;
      }, BEGINNING_MS);
    }
    this.#told.value = told;
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#beginning);
    this.#stop();
  }

  #hold(next: ShortageNotice | null): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#steady = hold(this.#steady, next, now);
    this.notice.value = this.#steady.shown;
    const again = holdsUntil(this.#steady, next);
    if (again !== null) this.#timer = setTimeout(() => this.#hold(next), again - now + 1);
  }
}
