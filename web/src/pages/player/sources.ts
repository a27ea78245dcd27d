/**
 * Where everything of a recording comes from: its session, its manifest and its files, asked for
 * again when they did not come. What a new try could mend is tried by itself.
 */
import { type Signal, signal } from "@preact/signals";
import type { Manifest } from "../../recording/manifest";
import type { Problem } from "../../wire/http";
import { recordedAddress } from "../../wire/recordings";
import { fetchManifest, fetchTold, type Told } from "./files";

const RETRY_MS = 3_000;
/** What may mend itself. */
const PASSING = /^(network\.|server\.|rate\.|recording\.(not_ready|changing)$)/;

export interface SourcePorts {
  /** What was loaded; `isFirst`: nothing was there before. */
  onLoaded(manifest: Manifest, told: Told, isFirst: boolean): void;
  /** Sound and pictures have to be opened anew. */
  onAgain(): void;
  /** Nothing comes any more, and no try would help. */
  onStopped(): void;
  /** The session has ended: another one is wanted. */
  onOver(): void;
}

export class Sources {
  readonly session: Signal<string>;
  readonly problem: Signal<Problem | null> = signal(null);
  /** Grows when sound and pictures have to be asked for anew. */
  readonly attempt: Signal<number> = signal(0);
  readonly #ports: SourcePorts;
  #manifest: Manifest | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: Promise<boolean> | null = null;
  #isOver = false;
  #hasEnded = false;

  constructor(session: string, ports: SourcePorts) {
    this.session = signal(session);
    this.#ports = ports;
  }

  /** Everything; again after a fault. */
  async load(): Promise<void> {
    clearTimeout(this.#timer);
    const session = this.session.peek();
    const manifest = await fetchManifest(session);
    const told = manifest.ok ? await fetchTold(session, manifest.value) : manifest;
    if (this.#hasEnded || session !== this.session.peek()) return;
    if (!manifest.ok) return this.#fail(manifest.error);
    if (!told.ok) return this.#fail(told.error);
    const isFirst = this.#manifest === null;
    const hadProblem = this.problem.peek() !== null;
    this.#manifest = manifest.value;
    this.problem.value = null;
    this.#ports.onLoaded(manifest.value, told.value, isFirst);
    if (hadProblem && !isFirst) this.again();
  }

  /** What was recorded since: true when there was something. */
  async renew(): Promise<boolean> {
    if (this.problem.peek() !== null || this.#isOver) return false;
    const answer = await fetchManifest(this.session.peek());
    if (!answer.ok) this.#fail(answer.error);
    if (!answer.ok || answer.value.rev === this.#manifest?.rev) return false;
    await this.load();
    return true;
  }

  /** A new session for the same recording. */
  async moveTo(session: string): Promise<void> {
    if (session === this.session.peek()) return;
    this.session.value = session;
    this.#isOver = false;
    await this.load();
    if (this.problem.peek() === null) this.again();
  }

  address(name: string, tries = 0): string {
    const address = recordedAddress(this.session.value, name);
    const again = this.attempt.value + tries;
    return again === 0 ? address : `${address}?again=${this.attempt.value}.${tries}`;
  }

  again(): void {
    this.attempt.value += 1;
    this.#ports.onAgain();
  }

  /** Whether the session still plays; asked when a picture or the sound broke off. */
  isFine(): Promise<boolean> {
    if (this.problem.peek() !== null || this.#isOver) return Promise.resolve(false);
    this.#checking ??= this.#check();
    return this.#checking;
  }

  isPassing({ code }: Problem): boolean {
    return PASSING.test(code);
  }

  destroy(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  async #check(): Promise<boolean> {
    const answer = await fetchManifest(this.session.peek());
    this.#checking = null;
    if (!answer.ok) this.#fail(answer.error);
    return answer.ok && !this.#hasEnded;
  }

  #fail(problem: Problem): void {
    if (this.#hasEnded) return;
    if (problem.code === "recording.unknown" && this.#manifest !== null) {
      if (!this.#isOver) this.#ports.onOver();
      this.#isOver = true;
      return;
    }
    this.problem.value = problem;
    if (!this.isPassing(problem)) this.#ports.onStopped();
    else this.#timer = setTimeout(() => void this.load(), RETRY_MS);
  }
}
