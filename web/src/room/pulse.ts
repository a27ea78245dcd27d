/**
 * Notices a connection that is dead although nobody hung up: asks for a sign of life when it was
 * quiet for a while, and at once when the network is said to be back.
 */
import { effect, signal } from "@preact/signals";
import type { Notices } from "../wire/messages";
import type { Wire } from "../wire/socket";

const EVERY_MS = 3_000;
/**
 * Requests are answered in order: the question may stand behind one that waits for the media side,
 * which takes 2.5 s at most.
 */
const ANSWER_MS = 3_000;
/** Everything the server says by itself: a connection on which any of it arrives is not dead. */
const SIGNS: (keyof Notices)[] = [
  "room.events",
  "room.aside",
  "board.reserved",
  "media.speakers",
  "media.consumers_added",
  "media.consumers_closed",
  "media.consumer_layers",
  "media.reset",
];

export class Pulse {
  /** False from the moment the browser says there is no network. */
  readonly online = signal(globalThis.navigator?.onLine ?? true);
  readonly #wire: Wire;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking = false;
  #heard = 0;
  #stopEffect: (() => void) | undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
    for (const sign of SIGNS) wire.on(sign, () => this.#heard++);
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
    const before = this.#heard;
    // The cheapest request there is: it names no consumer, so it changes nothing.
    const answer = await this.#wire.request(
      "media.resume_consumers",
      { consumer_ids: [] },
      ANSWER_MS,
    );
    this.#asking = false;
    const silent = !answer.ok && answer.error.code === "wire.timeout" && this.#heard === before;
    if (silent) this.#wire.renew();
  }
}
