/** Our own screen share: its picture, its sound where the browser has it, and its mode. */
import { signal } from "@preact/signals";
import { type CaptureRefusal, captureDisplay } from "../media/capture";
import { isPutOff, type Producers } from "../media/producers";
import type { Refusal, ShareMode } from "../wire/messages";

/** Why there is no share: our own browser, the person's second thought, or the server. */
export type ShareEnd =
  | { by: "browser"; reason: CaptureRefusal }
  | { by: "person" }
  | { by: "server"; refusal: Refusal };

export class OwnShare {
  readonly mode = signal<ShareMode>("text");
  readonly starting = signal(false);
  readonly video = signal<MediaStreamTrack | null>(null);
  readonly audio = signal<MediaStreamTrack | null>(null);
  readonly #producers: Producers;

  constructor(producers: Producers) {
    this.#producers = producers;
  }

  /** Null when the share is on the stage. */
  async start(mode: ShareMode, withAudio: boolean): Promise<ShareEnd | null> {
    if (this.starting.value || this.video.value) return null;
    this.starting.value = true;
    try {
      const captured = await captureDisplay({ mode, audio: withAudio });
      if (!captured.ok) {
        const reason = captured.error;
        return reason === "cancelled" ? { by: "person" } : { by: "browser", reason };
      }
      return await this.#publish(mode, captured.value.video, captured.value.audio);
    } finally {
      this.starting.value = false;
    }
  }

  setMode(mode: ShareMode): void {
    this.mode.value = mode;
    const track = this.video.value;
    if (track) void this.#producers.want("screen", { track, live: true, mode });
  }

  stop(): void {
    const tracks = [this.video.value, this.audio.value];
    for (const track of tracks) {
      if (!track) continue;
      track.onended = null;
      track.stop();
    }
    this.video.value = null;
    this.audio.value = null;
    void this.#producers.want("screen", null);
    void this.#producers.want("screen_audio", null);
  }

  async #publish(
    mode: ShareMode,
    video: MediaStreamTrack,
    audio: MediaStreamTrack | null,
  ): Promise<ShareEnd | null> {
    this.mode.value = mode;
    this.video.value = video;
    this.audio.value = audio;
    // The browser's own "stop sharing" ends the track.
    video.onended = () => this.stop();
    const shown = await this.#producers.want("screen", { track: video, live: true, mode });
    if (!shown.ok && !isPutOff(shown.error)) {
      this.stop();
      return { by: "server", refusal: shown.error };
    }
    if (audio) void this.#producers.want("screen_audio", { track: audio, live: true, mode });
    return null;
  }
}
