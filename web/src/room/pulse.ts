/**
 * Notices a connection that is dead although nobody hung up: asks for a sign of life when it was
 * quiet for a while, and at once when the network is said to be back.
 */
import { effect, signal } from "@preact/signals";
import type { Wire } from "../wire/socket";

const EVERY_MS = 3_000;
const ANSWER_MS = 2_500;

export class Pulse {
  /** False from the moment the browser says there is no network. */
  readonly online = signal(globalThis.navigator?.onLine ?? true);
  readonly #wire: Wire;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking = false;
  #stopEffect: (() => void) | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  start(): void {
    this.stop();
    addEventListener("offline", this.#offline);
    addEventListener("online", this.#back);
    document.addEventListener("visibilitychange", this.#seen);
    this.#timer = setInterval(() => void this.#feel(), EVERY_MS);
    // A connection that came up proves the network, whatever the browser believes.
    this.#stopEffect = effect(() => {
      if (this.#wire.link.value === "up") this.online.value = true;
    });
  }

  stop(): void {
    removeEventListener("offline", this.#offline);
    removeEventListener("online", this.#back);
    document.removeEventListener("visibilitychange", this.#seen);
    clearInterval(this.#timer);
    this.#stopEffect?.();
  }

  readonly #offline = () => {
    this.online.value = false;
  };

  readonly #back = () => {
    this.online.value = true;
    // Down: the next attempt would come only when its waiting time is over.
    if (this.#wire.link.value === "down") this.#wire.renew();
    else void this.#feel();
  };

  /** A phone that slept: its socket may be long gone. */
  readonly #seen = () => {
    if (document.visibilityState === "visible") void this.#feel();
  };

  async #feel(): Promise<void> {
    if (this.#asking || this.#wire.link.value !== "up") return;
    this.#asking = true;
    // The cheapest request there is: it names no consumer, so it changes nothing.
    const answer = await this.#wire.request(
      "media.resume_consumers",
      { consumer_ids: [] },
      ANSWER_MS,
    );
    this.#asking = false;
    if (!answer.ok && answer.error.code === "wire.timeout") this.#wire.renew();
  }
}
