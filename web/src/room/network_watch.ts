/**
 * Everybody's connection, for who teaches: watched only while somebody looks at it, and again after
 * every reconnection, since the server knows the watch by the socket.
 */
import { signal } from "@preact/signals";
import type { PersonNetwork } from "../wire/messages";
import { mayAskAgain, type Wire } from "../wire/socket";

type NetworkWire = Pick<Wire, "request" | "on">;

const AGAIN_MS = 1_000;

export class NetworkWatch {
  /** By participant; null until the first report. */
  readonly people = signal<ReadonlyMap<string, PersonNetwork> | null>(null);
  readonly #wire: NetworkWire;
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(wire: NetworkWire) {
    this.#wire = wire;
    wire.on("network.report", ({ people }) => {
      if (this.#watchers === 0) return;
      this.people.value = new Map(people.map((one) => [one.participant_id, one]));
    });
  }

  /** Begins to watch; what it gives back ends it. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) void this.#ask(true);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#watchers -= 1;
      if (this.#watchers === 0) void this.#ask(false);
    };
  }

  /** After every joining. Figures from before the absence are no longer true. */
  resume(): void {
    this.people.value = null;
    if (this.#watchers > 0) void this.#ask(true);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#watchers = 0;
  }

  async #ask(on: boolean): Promise<void> {
    clearTimeout(this.#timer);
    if (!on) this.people.value = null;
    const answer = await this.#wire.request("network.watch", { on });
    if (answer.ok || !mayAskAgain(answer.error) || on !== this.#watchers > 0) return;
    const wait = Number(answer.error.params.retry_ms ?? AGAIN_MS);
    this.#timer = setTimeout(() => void this.#ask(on), wait);
  }
}
