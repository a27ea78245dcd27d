/**
 * Pictures of a page at some moments, so that a seek has never far to go. Made one after the other
 * when nothing else is to do, as many as memory allows, with equally much written between them.
 */
import type { Moments } from "./moments";
import { copy, type Picture, type Sight, type StillPorts } from "./pictures";

interface Painter {
  moments(): Moments;
  /** Leaves what is only painted on top to `later`. */
  bring(picture: Picture, ms: number, later: number[]): void;
  paint(picture: Picture, at: number): void;
}

/** Below this a page is painted from nothing quickly enough. */
const FEW = 600;
const LEAST_LEFT_MS = 2;

export class Keeper {
  #kept: Picture[] = [];
  #left: number[] = [];
  #picture: Picture | null = null;
  #list: number[] = [];
  #stop: (() => void) | null = null;
  #sight: Sight | null = null;

  constructor(
    private readonly ports: Pick<StillPorts, "canvas" | "idle">,
    private readonly limits: { most: number; bytes: number },
    private readonly painter: Painter,
  ) {}

  get isDone(): boolean {
    return this.#left.length === 0 && this.#picture === null;
  }

  begin(sight: Sight): void {
    this.stop();
    const moments = this.painter.moments();
    if (moments.versions.length < FEW) return;
    const room = Math.floor(this.limits.bytes / (sight.w * sight.h * 4));
    this.#sight = sight;
    this.#left = moments.shares(Math.min(this.limits.most, room));
    this.#wait();
  }

  /** Gives up what it has. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#kept = [];
    this.#left = [];
    this.#picture = null;
    this.#list = [];
  }

  /** Where the way to that moment is shortest: what is shown, a kept picture, or an empty one. */
  nearest(ms: number, shown: Picture | null): { picture: Picture | null; work: number } {
    const moments = this.painter.moments();
    let best: { picture: Picture | null; work: number } = {
      picture: null,
      work: moments.work(null, ms),
    };
    for (const picture of shown ? [shown, ...this.#kept] : this.#kept) {
      const work = moments.work(picture.ms, ms);
      if (work <= best.work) best = { picture, work };
    }
    return best;
  }

  #wait(): void {
    this.#stop = this.ports.idle((left) => {
      this.#stop = null;
      while (!this.isDone && left() > LEAST_LEFT_MS) this.#work();
      if (!this.isDone) this.#wait();
    });
  }

  /** A little of the next picture. */
  #work(): void {
    if (!this.#picture) {
      const { w, h } = this.#sight as Sight;
      this.#picture = { ctx: this.ports.canvas(w, h), ms: null };
      const before = this.#kept.at(-1);
      if (before) copy(before, this.#picture);
      this.#list = [];
      this.painter.bring(this.#picture, this.#left.shift() as number, this.#list);
      this.#list.reverse();
      return;
    }
    for (let n = 0; n < 40; n += 1) {
      const at = this.#list.pop();
      if (at === undefined) {
        this.#kept.push(this.#picture);
        this.#picture = null;
        return;
      }
      this.painter.paint(this.#picture, at);
    }
  }
}
