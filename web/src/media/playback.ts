/**
 * Plays everybody's sound: one audio element per consumer, on the speaker the person chose. A
 * browser that refuses to play before a touch is told of by `blocked`.
 */
import { signal } from "@preact/signals";

export class Playback {
  /** True while the browser waits for a touch before it lets us be heard. */
  readonly blocked = signal(false);
  readonly #elements = new Map<string, HTMLAudioElement>();
  #speaker = "";
  #volume = 1;

  /** Makes the elements match the tracks that are there. */
  show(tracks: readonly { consumerId: string; kind: string; track: MediaStreamTrack }[]): void {
    const sounds = tracks.filter((one) => one.kind === "audio");
    const wanted = new Set(sounds.map((one) => one.consumerId));
    for (const [id, element] of this.#elements) {
      if (!wanted.has(id)) this.#remove(id, element);
    }
    for (const { consumerId, track } of sounds) {
      if (!this.#elements.has(consumerId)) this.#add(consumerId, track);
    }
  }

  /** `deviceId` empty means the system's own choice. */
  setSpeaker(deviceId: string): void {
    this.#speaker = deviceId;
    for (const element of this.#elements.values()) route(element, deviceId);
  }

  /** Of 1; for a while in which something else is listened to. */
  setVolume(volume: number): void {
    this.#volume = volume;
    for (const element of this.#elements.values()) element.volume = volume;
  }

  /** To be called from a click. */
  unblock(): void {
    this.blocked.value = false;
    for (const element of this.#elements.values()) this.#play(element);
  }

  close(): void {
    for (const [id, element] of this.#elements) this.#remove(id, element);
    this.blocked.value = false;
  }

  #add(id: string, track: MediaStreamTrack): void {
    const element = document.createElement("audio");
    element.autoplay = true;
    element.srcObject = new MediaStream([track]);
    element.volume = this.#volume;
    if (this.#speaker) route(element, this.#speaker);
    // Safari plays only what is in the page.
    element.hidden = true;
    document.body.append(element);
    this.#elements.set(id, element);
    this.#play(element);
  }

  #play(element: HTMLAudioElement): void {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") {
        this.blocked.value = true;
      }
    });
  }

  #remove(id: string, element: HTMLAudioElement): void {
    element.srcObject = null;
    element.remove();
    this.#elements.delete(id);
  }
}

function route(element: HTMLAudioElement, deviceId: string): void {
  // A speaker that was unplugged meanwhile: the sound stays where it is, which is better than none.
  if ("setSinkId" in element) void element.setSinkId(deviceId).catch(() => undefined);
}
