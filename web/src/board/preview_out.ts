/**
 * What others see of us while we draw: previews, our cursor, the laser. Throttled, and held back
 * while the network is slow; the newest of each is what counts.
 */
import type { ToServer } from "./frames";
import type { Point, Preview } from "./model";
import { PreviewWriter, writeLaser } from "./preview";

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Ephemeral = Extract<ToServer, { type: "live" | "cursor" | "laser" }>;

export interface PresencePorts {
  send(frame: DistributiveOmit<Ephemeral, "channel">): void;
  /** Too much is waiting to be sent already. */
  mayWait(): boolean;
}

const PREVIEW_MS = 34;
const CURSOR_MS = 50;
const LASER_MS = 34;

export class PresenceOut {
  readonly #ports: PresencePorts;
  readonly #drawn = new Map<string, { writer: PreviewWriter; isBegun: boolean }>();
  readonly #previews: Throttle<Map<string, Preview>>;
  readonly #cursor: Throttle<{ at: Point | null }>;
  readonly #laser: Throttle<Point[]>;

  constructor(ports: PresencePorts) {
    this.#ports = ports;
    this.#previews = new Throttle(PREVIEW_MS, (latest) => this.#sendPreviews(latest));
    this.#cursor = new Throttle(CURSOR_MS, ({ at }) => this.#sendCursor(at));
    this.#laser = new Throttle(LASER_MS, (points) => this.#sendLaser(points));
  }

  preview(key: string, preview: Preview | null): void {
    if (preview) {
      if (!this.#drawn.has(key)) {
        this.#drawn.set(key, { writer: new PreviewWriter(), isBegun: false });
      }
      this.#previews.offer((waiting) => (waiting ?? new Map()).set(key, preview));
      return;
    }
    this.#previews.revise((waiting) => {
      waiting.delete(key);
    });
    if (this.#drawn.get(key)?.isBegun) {
      this.#ports.send({ type: "live", key, isEnd: true, payload: new Uint8Array() });
    }
    this.#drawn.delete(key);
  }

  cursor(at: Point | null): void {
    this.#cursor.offer(() => ({ at }));
  }

  laser(points: readonly Point[]): void {
    if (points.length > 0) this.#laser.offer((waiting) => [...(waiting ?? []), ...points]);
  }

  /** A new connection: whatever goes on is told from its beginning. */
  reset(): void {
    for (const key of this.#drawn.keys()) {
      this.#drawn.set(key, { writer: new PreviewWriter(), isBegun: false });
    }
  }

  stop(): void {
    for (const key of [...this.#drawn.keys()]) this.preview(key, null);
    for (const throttle of [this.#previews, this.#cursor, this.#laser]) throttle.stop();
  }

  #sendPreviews(latest: Map<string, Preview>): void {
    if (this.#ports.mayWait()) return;
    for (const [key, preview] of latest) {
      const drawn = this.#drawn.get(key);
      for (const payload of drawn?.writer.write(preview) ?? []) {
        if (drawn) drawn.isBegun = true;
        this.#ports.send({ type: "live", key, isEnd: false, payload });
      }
    }
  }

  #sendCursor(at: Point | null): void {
    if (at && this.#ports.mayWait()) return;
    this.#ports.send({ type: "cursor", isHidden: at === null, x: at?.x ?? 0, y: at?.y ?? 0 });
  }

  #sendLaser(points: readonly Point[]): void {
    if (this.#ports.mayWait()) return;
    for (const payload of writeLaser(points)) this.#ports.send({ type: "laser", payload });
  }
}

/** Gives on what it was offered, at once and then at most once per interval, always the newest. */
class Throttle<T> {
  readonly #everyMs: number;
  readonly #give: (value: T) => void;
  #waiting: T | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(everyMs: number, give: (value: T) => void) {
    this.#everyMs = everyMs;
    this.#give = give;
  }

  offer(next: (waiting: T | null) => T): void {
    this.#waiting = next(this.#waiting);
    if (this.#timer === null) this.#flush();
  }

  revise(change: (waiting: T) => void): void {
    if (this.#waiting !== null) change(this.#waiting);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  #flush(): void {
    this.#timer = null;
    const value = this.#waiting;
    if (value === null) return;
    this.#waiting = null;
    this.#timer = setTimeout(() => this.#flush(), this.#everyMs);
    this.#give(value);
  }
}
