/** Judges the connection every two seconds from what the browser counts. */
import { signal } from "@preact/signals";
import { type LinkQuality, type LinkSample, linkQuality, linkSample } from "./quality";
import { type Way, wayOf } from "./way";

const EVERY_MS = 2_000;

type Report = Record<string, unknown>;

interface Source {
  reports(): Promise<Report[]>;
}

export class LinkWatch {
  /** Null until two samples could be compared. */
  readonly current = signal<LinkQuality | null>(null);
  /** Null until both ends have found each other. */
  readonly way = signal<Way | null>(null);
  #before: LinkSample | null = null;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(source: Source, also: (reports: readonly Report[]) => void = () => {}) {
    this.#timer = setInterval(() => void this.#look(source, also), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(source: Source, also: (reports: readonly Report[]) => void): Promise<void> {
    const reports = await source.reports();
    const after = linkSample(reports);
    if (this.#before) this.current.value = linkQuality(this.#before, after);
    this.#before = after;
    this.way.value = wayOf(reports);
    also(reports);
  }
}
