/** Measures the room clock: some questions in a row after joining, and again from time to time. */
import type { Wire } from "../wire/socket";
import { type Probe, type Reading, readingOf } from "./clock";

const IN_A_ROW = 5;
const EVERY_MS = 30_000;
/** An answer that took longer says too little. */
const ANSWER_MS = 3_000;

export class ClockWatch {
  readonly #wire: Pick<Wire, "request">;
  readonly #told: (reading: Reading) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each beginning; what an earlier one still waits for is nobody's any more. */
  #round = 0;

  constructor(wire: Pick<Wire, "request">, told: (reading: Reading) => void) {
    this.#wire = wire;
    this.#told = told;
  }

  /** Begins, or begins anew over a connection that came back. */
  start(): void {
    this.stop();
    void this.#measure(this.#round);
  }

  stop(): void {
    this.#round++;
    clearTimeout(this.#timer);
  }

  async #measure(round: number): Promise<void> {
    const probes: Probe[] = [];
    for (let count = 0; count < IN_A_ROW; count++) {
      const asked = performance.now();
      const answer = await this.#wire.request("room.clock", {}, ANSWER_MS);
      if (round !== this.#round) return;
      const heard = performance.now();
      if (answer.ok) probes.push({ asked, heard, clock: answer.value.clock_ms });
    }
    const reading = readingOf(probes);
    if (reading) this.#told(reading);
    this.#timer = setTimeout(() => void this.#measure(round), EVERY_MS);
  }
}
