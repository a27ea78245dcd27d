/**
 * Plays a recording: the mixed sound is the clock, pictures follow it. What is left out (pauses,
 * cuts) is jumped over. Sound waits for a picture that does not come for at most two seconds, and
 * then goes on without it. Times are milliseconds of recording time.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Span, toPlay, toRecorded } from "./playtime";
import { corrected } from "./sync";

/** Of a media element what is used. */
export interface Medium {
  currentTime: number;
  playbackRate: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly readyState: number;
  readonly seeking: boolean;
  play(): Promise<void>;
  pause(): void;
}

/** A picture: when it begins, and whether there is one at this moment. */
export interface Slot {
  id: string;
  medium: Medium;
  startMs: number;
  isThere(ms: number): boolean;
}

export interface Opened {
  mix: Medium | null;
  mixStartMs?: number;
  durationMs: number;
  holes: readonly Span[];
  /** More is being recorded: at its end it waits. */
  isGrowing?: boolean;
}

export interface PlaybackPorts {
  now(): number;
  /** Playing was refused (a page without a press, say). */
  onRefused?(): void;
}

/** The element has enough to go on. */
const ENOUGH = 3;
const PATIENCE_MS = 2_000;
/** A jump of a video takes a while: another one is not asked for before. */
const BETWEEN_JUMPS_MS = 400;
/** Before a hole begins: sound is not cut as exactly as it is said. */
const RIM_MS = 20;

interface Kept extends Slot {
  jumpedAt: number;
}

export class Playback {
  readonly ms: Signal<number> = signal(0);
  readonly isPlaying: Signal<boolean> = signal(false);
  readonly speed: Signal<number> = signal(1);
  /** Sound or a picture is being waited for. */
  readonly isWaiting: Signal<boolean> = signal(false);
  /** Pictures that do not come; the rest goes on without them. */
  readonly stalled: ReadonlySignal<ReadonlySet<string>>;
  readonly #stalled = signal<ReadonlySet<string>>(new Set());
  readonly #slots = new Map<string, Kept>();
  readonly #ports: PlaybackPorts;
  #mix: Medium | null = null;
  #mixStartMs = 0;
  #holes: readonly Span[] = [];
  #durationMs = 0;
  #isGrowing = false;
  #last = 0;
  #soughtAt = Number.NEGATIVE_INFINITY;
  #waitingSince: number | null = null;

  constructor(ports: PlaybackPorts) {
    this.#ports = ports;
    this.stalled = this.#stalled;
    this.#last = ports.now();
  }

  /** Without a mix (nobody was heard) time goes by itself. Again when there is more. */
  open({ mix, mixStartMs = 0, durationMs, holes, isGrowing = false }: Opened): void {
    this.#mix = mix;
    this.#mixStartMs = mixStartMs;
    this.#durationMs = durationMs;
    this.#holes = holes;
    this.#isGrowing = isGrowing;
  }

  put(slot: Slot): void {
    this.#slots.set(slot.id, { ...slot, jumpedAt: Number.NEGATIVE_INFINITY });
    this.#place(this.#slots.get(slot.id) as Kept, true);
  }

  take(id: string): void {
    this.#slots.get(id)?.medium.pause();
    this.#slots.delete(id);
    this.#goOnWith(id);
  }

  /** In play time. */
  get playMs(): number {
    return toPlay(this.ms.peek(), this.#holes);
  }

  get lengthMs(): number {
    return toPlay(this.#durationMs, this.#holes);
  }

  play(): void {
    if (this.ms.peek() >= this.#durationMs - 50 && !this.#isGrowing) this.seek(0);
    this.#last = this.#ports.now();
    this.isPlaying.value = true;
    this.#startMix();
    this.tick();
  }

  pause(): void {
    this.isPlaying.value = false;
    this.isWaiting.value = false;
    this.#waitingSince = null;
    this.#mix?.pause();
    for (const { medium } of this.#slots.values()) medium.pause();
  }

  toggle(): void {
    if (this.isPlaying.peek()) this.pause();
    else this.play();
  }

  seek(ms: number): void {
    const inside = Math.max(0, Math.min(ms, this.#durationMs));
    const at = Math.min(toRecorded(toPlay(inside, this.#holes), this.#holes), this.#durationMs);
    this.ms.value = at;
    this.#soughtAt = this.#ports.now();
    this.#last = this.#soughtAt;
    this.#waitingSince = null;
    if (this.#mix) this.#mix.currentTime = Math.max(0, at - this.#mixStartMs) / 1000;
    for (const slot of this.#slots.values()) this.#place(slot, true);
  }

  seekPlay(ms: number): void {
    const inside = Math.max(0, Math.min(ms, this.lengthMs));
    this.seek(toRecorded(inside, this.#holes));
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
    if (this.#mix) this.#mix.playbackRate = speed;
  }

  /** Once a frame, and a few times a second where there are no frames. */
  tick(): void {
    const now = this.#ports.now();
    const passed = now - this.#last;
    this.#last = now;
    if (!this.isPlaying.peek()) {
      for (const slot of this.#slots.values()) this.#place(slot, false);
      return;
    }
    if (this.#isGrowing && this.ms.peek() >= this.#durationMs) return;
    const isHeld = this.#isHeld(now);
    this.isWaiting.value = isHeld || this.#isMixWaiting();
    this.#advance(passed, isHeld);
    if (this.ms.peek() >= this.#durationMs) {
      this.#waitAtEnd();
      return;
    }
    for (const slot of this.#slots.values()) this.#follow(slot, now);
  }

  destroy(): void {
    this.pause();
    this.#slots.clear();
    this.#mix = null;
  }

  #waitAtEnd(): void {
    const isGoingOn = this.#isGrowing;
    this.pause();
    this.isPlaying.value = isGoingOn;
    this.isWaiting.value = isGoingOn;
  }

  #startMix(): void {
    const mix = this.#mix;
    if (!mix) return;
    mix.playbackRate = this.speed.peek();
    mix.play().catch((error: unknown) => {
      // A pause that came before it began is no refusal.
      if (!(error instanceof DOMException) || error.name !== "NotAllowedError") return;
      this.pause();
      this.#ports.onRefused?.();
    });
  }

  #advance(passed: number, isHeld: boolean): void {
    const mix = this.#mix;
    let at = this.ms.peek();
    if (mix && !mix.ended) {
      if (isHeld) mix.pause();
      else if (mix.paused) this.#startMix();
      if (!mix.seeking) at = mix.currentTime * 1000 + this.#mixStartMs;
    } else if (!isHeld) at += passed * this.speed.peek();
    const hole = this.#holes.find(([from, to]) => from - RIM_MS <= at && at < to);
    if (hole) this.seek(hole[1]);
    else this.ms.value = Math.min(at, this.#durationMs);
  }

  #isMixWaiting(): boolean {
    return this.#mix !== null && !this.#mix.ended && this.#mix.readyState < ENOUGH;
  }

  /** Whether the sound waits for a picture. Who is waited for too long is given up for now. */
  #isHeld(now: number): boolean {
    const late: string[] = [];
    for (const { id, medium, isThere } of this.#slots.values()) {
      const isLate = isThere(this.ms.peek()) && medium.readyState < ENOUGH && !medium.ended;
      if (!isLate) this.#goOnWith(id);
      else if (!this.#stalled.peek().has(id)) late.push(id);
    }
    if (late.length === 0) {
      this.#waitingSince = null;
      return false;
    }
    this.#waitingSince ??= now;
    if (now - this.#waitingSince < PATIENCE_MS) return true;
    this.#stalled.value = new Set([...this.#stalled.peek(), ...late]);
    this.#waitingSince = null;
    return false;
  }

  #goOnWith(id: string): void {
    const stalled = this.#stalled.peek();
    if (stalled.has(id)) this.#stalled.value = new Set([...stalled].filter((one) => one !== id));
  }

  #follow(slot: Kept, now: number): void {
    const { medium } = slot;
    const isHeld = this.isWaiting.peek();
    const isThere = slot.isThere(this.ms.peek());
    if (!isThere || isHeld) {
      // Some browsers fetch nothing for a picture that is not being played.
      if (isThere && medium.readyState < ENOUGH) void medium.play().catch(() => undefined);
      else if (!medium.paused) medium.pause();
      if (isHeld) this.#place(slot, false);
      return;
    }
    if (medium.paused && !medium.ended) void medium.play().catch(() => undefined);
    if (medium.seeking) return;
    const drift = medium.currentTime - this.#wanted(slot);
    const sinceSeek = now - this.#soughtAt;
    const correction = corrected({ drift, sinceSeek, speed: this.speed.peek() });
    if (!correction.jump) medium.playbackRate = correction.rate;
    else if (now - slot.jumpedAt > BETWEEN_JUMPS_MS) {
      slot.jumpedAt = now;
      medium.currentTime = this.#wanted(slot);
    }
  }

  /** To where it should be, when it is not playing. */
  #place(slot: Kept, isSeek: boolean): void {
    if (!slot.isThere(this.ms.peek())) return;
    const wanted = this.#wanted(slot);
    const now = this.#ports.now();
    if (!isSeek && (slot.medium.seeking || now - slot.jumpedAt < BETWEEN_JUMPS_MS)) return;
    if (Math.abs(slot.medium.currentTime - wanted) < (isSeek ? 0.001 : 0.1)) return;
    slot.jumpedAt = now;
    slot.medium.currentTime = wanted;
  }

  #wanted({ startMs }: Slot): number {
    return Math.max(0, this.ms.peek() - startMs) / 1000;
  }
}
