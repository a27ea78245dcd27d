/**
 * How fast pages are opened that nobody looks at. The server ends a connection that opens and closes
 * more than 240 in a row or 20 a second, together; a part of that is left to whoever turns pages.
 */
import type { After } from "./view_arrival";

export const IN_A_ROW = 60;
/** Each is opened and closed. */
export const PAGES_PER_S = 8;

export interface PacePorts {
  now(): number;
  after: After;
}

export class Pace {
  readonly #ports: PacePorts;
  #left = IN_A_ROW;
  #at: number;

  constructor(ports: PacePorts) {
    this.#ports = ports;
    this.#at = ports.now();
  }

  /** Waits until one more may be opened. */
  async take(): Promise<void> {
    for (this.#fill(); this.#left < 1; this.#fill()) {
      const missing = ((1 - this.#left) * 1000) / PAGES_PER_S;
      await new Promise<void>((resolve) => this.#ports.after(missing, resolve));
    }
    this.#left -= 1;
  }

  #fill(): void {
    const now = this.#ports.now();
    this.#left = Math.min(IN_A_ROW, this.#left + ((now - this.#at) * PAGES_PER_S) / 1000);
    this.#at = now;
  }
}
