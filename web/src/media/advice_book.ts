/**
 * What we are advised now: words that came with sound, and notices by the socket, which take turns
 * in being lost. The newer counts. Pure; times are milliseconds of one clock.
 */
import { type Advice, CALM } from "./advice";

/** A word older than this is not said any more. */
const FRESH_MS = 2_000;
/** Every packet has the word, or none has: sound so much newer than the last word is without. */
const CEASED_MS = 600;
/** While nobody is heard there are no words; the last one still counts for so long. */
const HELD_MS = 30_000;

interface Said {
  advice: Advice;
  at: number;
}

interface Stream {
  word: Said | null;
  /** When its last sound came. */
  flowedAt: number;
}

export interface Buffers {
  soundMs: number;
  pictureMs: number;
}

export class AdviceBook {
  readonly #streams = new Map<string, Stream>();
  #word: Said | null = null;
  #notice: Said | null = null;
  #flowedAt = Number.NEGATIVE_INFINITY;

  /** Sound of somebody came at `flowedAt`; `word` is the last advice in it, with its own time. */
  hear(who: string, flowedAt: number, word: Said | null): void {
    const known = this.#streams.get(who);
    const newest = later(known?.word ?? null, word);
    const flowed = Math.max(flowedAt, known?.flowedAt ?? flowedAt);
    this.#streams.set(who, { word: newest, flowedAt: flowed });
    this.#word = later(this.#word, word);
    this.#flowedAt = Math.max(this.#flowedAt, flowedAt);
  }

  /** A notice of the server, which counts until a newer word comes. */
  tell(advice: Advice, at: number): void {
    this.#notice = { advice, at };
  }

  /** The media side begins anew. */
  forget(): void {
    this.#streams.clear();
    this.#word = null;
    this.#notice = null;
    this.#flowedAt = Number.NEGATIVE_INFINITY;
  }

  /** What to do about what we send, and how our lines are. */
  current(now: number): Advice {
    const said = later(this.#word, this.#notice);
    if (!said) return CALM;
    if (said === this.#notice) return said.advice;
    // Sound that goes on without a word says that all is well; silence says nothing.
    const ceased = this.#flowedAt > said.at + CEASED_MS;
    return ceased || now - said.at > HELD_MS ? CALM : said.advice;
  }

  /** How long to wait for what `who` sends. */
  buffers(who: string, now: number): Buffers {
    const stream = this.#streams.get(who);
    const word = this.#fresh(stream, now);
    if (word) return buffersOf(word.advice);
    const isNoticed = later(this.#word, this.#notice) === this.#notice;
    const flows = stream !== undefined && now - stream.flowedAt <= FRESH_MS;
    if (flows && !isNoticed) return buffersOf(CALM);
    // Who is silent: as the least of the others, since theirs may be for their own lines.
    const words = [...this.#streams.values()].flatMap((one) => this.#fresh(one, now) ?? []);
    const all = words.map((one) => buffersOf(one.advice));
    if (all.length === 0) return buffersOf(this.current(now));
    return {
      soundMs: Math.min(...all.map((one) => one.soundMs)),
      pictureMs: Math.min(...all.map((one) => one.pictureMs)),
    };
  }

  #fresh(stream: Stream | undefined, now: number): Said | null {
    const word = stream?.word ?? null;
    if (!stream || !word || stream.flowedAt > word.at + CEASED_MS) return null;
    return now - word.at <= FRESH_MS ? word : null;
  }
}

function later(one: Said | null, other: Said | null): Said | null {
  if (!one || !other) return one ?? other;
  return other.at > one.at ? other : one;
}

function buffersOf(advice: Advice): Buffers {
  return { soundMs: advice.soundBufferMs, pictureMs: advice.pictureBufferMs };
}

/** What a buffer may shrink by in a second: the browser hurries a voice by less than that anyway. */
const SHRINK_MS_PER_S = 250;

/** The next target of a buffer: longer at once, shorter little by little. */
export function nextTarget(current: number, wanted: number, elapsedMs: number): number {
  if (wanted >= current) return wanted;
  return Math.max(wanted, current - (SHRINK_MS_PER_S * elapsedMs) / 1_000);
}
