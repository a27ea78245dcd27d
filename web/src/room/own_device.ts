/**
 * Our own microphone or camera: opened when first wanted, switched while in the call, published
 * through its lane. A muted microphone stays open, so that speaking while muted can be noticed; a
 * camera that is off is closed, so that its light goes out.
 */
import { signal } from "@preact/signals";
import { type CaptureRefusal, openCamera, openMicrophone } from "../media/capture";
import { choose, chosen, devices, presentId } from "../media/devices";
import { isPutOff, type Producers } from "../media/producers";

type Kind = "microphone" | "camera";

const LISTS = { microphone: "microphones", camera: "cameras" } as const;
const OPEN = { microphone: openMicrophone, camera: openCamera };

export class OwnDevice {
  readonly on = signal(false);
  readonly starting = signal(false);
  readonly refusal = signal<CaptureRefusal | null>(null);
  readonly track = signal<MediaStreamTrack | null>(null);
  readonly #kind: Kind;
  readonly #producers: Producers;
  #closed = false;

  constructor(kind: Kind, producers: Producers) {
    this.#kind = kind;
    this.#producers = producers;
  }

  /** Takes over a track the green room opened; one that is not enabled was muted there. */
  adopt(track: MediaStreamTrack | null): void {
    if (track?.readyState !== "live") return;
    this.on.value = track.enabled;
    track.enabled = true;
    this.#take(track);
    void this.#publish();
  }

  /** Turns it on or off; what is asked last counts, however long opening takes. */
  async set(on: boolean): Promise<void> {
    this.on.value = on;
    if (on && !this.track.value) await this.#open();
    if (!this.on.value && this.#kind === "camera") this.#release();
    await this.#publish();
  }

  /** Another device, in the running call; remembered for the next time. */
  async switchTo(deviceId: string): Promise<void> {
    choose({ [this.#kind]: deviceId });
    if (!this.track.value && !this.on.value) return;
    // Some cameras and microphones open only once, so the old one is let go first.
    this.#release();
    if (this.on.value || this.#kind === "microphone") await this.#open();
    await this.#publish();
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  async #open(): Promise<void> {
    if (this.starting.value) return;
    this.starting.value = true;
    const id = presentId(devices.value[LISTS[this.#kind]], chosen.value[this.#kind]);
    const opened = await OPEN[this.#kind](id);
    this.starting.value = false;
    this.refusal.value = opened.ok ? null : opened.error;
    if (!opened.ok) {
      this.on.value = false;
    } else if (this.#closed || (!this.on.value && this.#kind === "camera")) {
      opened.value.stop();
    } else {
      this.#take(opened.value);
    }
  }

  #take(track: MediaStreamTrack): void {
    this.#release();
    this.refusal.value = null;
    this.track.value = track;
    track.onended = () => void this.#lost(track);
  }

  /** Unplugged, or taken by another program: the browser's own choice is tried in its place. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    if (track !== this.track.value) return;
    this.#release();
    if (this.on.value) await this.#open();
    await this.#publish();
  }

  #release(): void {
    const track = this.track.value;
    if (!track) return;
    track.onended = null;
    track.stop();
    this.track.value = null;
  }

  async #publish(): Promise<void> {
    const track = this.track.value;
    const live = this.on.value && track !== null;
    const sent = await this.#producers.want(this.#kind, { track, live, mode: "text" });
    // Refused for good: what is shown must be what is true.
    if (!sent.ok && !isPutOff(sent.error)) this.on.value = false;
  }
}
