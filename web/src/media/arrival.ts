/**
 * Whether sound and picture still come while the connection for messages does not answer: on a bad
 * line TCP stalls long before they do. Nothing is looked at while it answers.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Link } from "../wire/socket";

const EVERY_MS = 1_000;
/** Who is muted sends nothing, but browsers check a path at least each 2.5 s; some checks are lost. */
const LATELY_MS = 6_000;

type Report = Record<string, unknown>;

export class Arrival {
  /** True while messages wait and something else came lately. */
  readonly goesOn = signal(false);
  readonly #source: { reports(): Promise<Report[]> };
  readonly #stopEffect: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #before: number | null = null;
  #cameAt = Number.NEGATIVE_INFINITY;

  constructor(source: { reports(): Promise<Report[]> }, link: ReadonlySignal<Link>) {
    this.#source = source;
    this.#stopEffect = effect(() => {
      if (link.value === "down") this.#begin();
      else this.#end();
    });
  }

  close(): void {
    this.#stopEffect();
    this.#end();
  }

  #begin(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => void this.#look(), EVERY_MS);
    void this.#look();
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#before = null;
    this.#cameAt = Number.NEGATIVE_INFINITY;
    this.goesOn.value = false;
  }

  async #look(): Promise<void> {
    const came = arrivedOf(await this.#source.reports());
    if (this.#timer === undefined) return;
    const now = performance.now();
    // Less than before: a path that counted is gone.
    if (this.#before !== null && came > this.#before) this.#cameAt = now;
    this.#before = came;
    this.goesOn.value = now - this.#cameAt < LATELY_MS;
  }
}

/** Packets and answers to checks of the path since its start (W3C webrtc-stats). */
export function arrivedOf(reports: readonly Report[]): number {
  let sum = 0;
  for (const entry of reports) {
    if (entry.type === "inbound-rtp") sum += numberOf(entry.packetsReceived);
    else if (entry.type === "candidate-pair") sum += numberOf(entry.responsesReceived);
  }
  return sum;
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
