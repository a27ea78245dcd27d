/**
 * One end of a bundle: one conversation over several streams, each of which may stall or break. The
 * same as `classroom/live/bundle.py`, which explains it. Times are milliseconds and are told.
 */
import { HELD_MAX, type Kind, MalformedBundle, type Piece, readLine, writeLine } from "./frames";

/** Pieces on their way at once, and the same by size. */
const WINDOW = 256;
const WINDOW_CHARACTERS = 128 * 1024;
/** About a packet: of a stream that stalls in the middle, what came before is good for something. */
const SMALL_PIECE = 1_200;
const LARGE_PIECE = 8_192;
const CUTS = 16;
const ACK_WITHIN_MS = 50;
const LATE_MS = 250;
const USUAL_MS = 100;
const WEAK_FOR_MS = 10_000;
const ECHO_MS = 2_000;

interface Strand {
  sent: Set<number>;
  told: number;
  heardAt: number;
}

interface Waiting {
  piece: Piece;
  at: number;
  isSent: boolean;
  isMeasure: boolean;
}

export class Bundle {
  readonly strands = new Map<number, Strand>();
  seen = 0;
  /** Whether the other end said its last. */
  isOver = false;
  heardAt = 0;
  readonly #quietMs: number;
  #usualMs = USUAL_MS;
  #acked = 0;
  #last = 0;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ahead = new Map<number, Piece>();
  #parts = "";
  #owedSince: number | null = null;
  #progressAt = 0;
  #lateUntil = 0;
  #echoUntil = 0;

  /** For so long the other end is never silent. */
  constructor(quietMs = Number.POSITIVE_INFINITY) {
    this.#quietMs = quietMs;
  }

  /** Says this to the other end. */
  put(text: string, now: number): void {
    const size = Math.min(Math.max(Math.floor(text.length / CUTS), SMALL_PIECE), LARGE_PIECE);
    let start = 0;
    while (text.length - start > size) {
      const end = whole(text, start + size);
      this.#number("P", text.slice(start, end), now);
      start = end;
    }
    this.#number("F", text.slice(start), now);
  }

  /** Says that nothing follows. */
  end(now: number): void {
    this.#number("E", "", now);
  }

  /** Pieces that came before their turn. */
  get held(): number[] {
    return [...this.#ahead.keys()].sort((one, other) => one - other).slice(0, HELD_MAX);
  }

  /** A strand is open; the other end greeted there, and was told `seen` and `held`. */
  attach(name: number, seen: number, held: number[], now: number): void {
    this.#saw(seen, now);
    this.strands.set(name, { sent: new Set(held), told: this.seen, heardAt: 0 });
    this.heardAt = now;
    this.#owedSince = null;
  }

  detach(name: number): void {
    for (const number of this.strands.get(name)?.sent ?? []) {
      const waiting = this.#waiting.get(number);
      if (waiting) waiting.isMeasure = false;
    }
    this.strands.delete(name);
  }

  /** A line arrived on a strand: the texts that are whole now. */
  came(name: number, line: string, now: number): string[] {
    const strand = this.strands.get(name);
    if (!strand) return [];
    const said = readLine(line);
    strand.heardAt = this.heardAt = now;
    if (said.isLate) this.#echoUntil = now + ECHO_MS;
    this.#saw(said.seen, now);
    return said.piece ? this.#take(said.piece, now) : [];
  }

  /** Everything that may be on its way and was not seen, as lines for a strand that is written once. */
  unseen(): string[] {
    const lines: string[] = [];
    let characters = 0;
    for (const { piece } of this.#waiting.values()) {
      characters += piece.text.length;
      if (lines.length === WINDOW || (characters > WINDOW_CHARACTERS && lines.length > 0)) break;
      lines.push(writeLine({ seen: this.seen, isLate: true, piece }));
    }
    return lines;
  }

  /** Whether the other end was silent for longer than it ever is. */
  isSilent(now: number): boolean {
    return now - this.heardAt > this.#quietMs;
  }

  /** Whether a strand is not to be silent now. */
  mayCarry(name: number, now: number): boolean {
    return name === this.#carrier() || this.isWeak(now);
  }

  /** The next line for a strand; null when it has nothing to carry now. */
  nextOn(name: number, now: number): string | null {
    const strand = this.strands.get(name);
    if (!strand || !this.mayCarry(name, now)) return null;
    const waiting = this.#pick(strand, name);
    if (!waiting && (strand.told >= this.seen || !this.#owes(now))) return null;
    strand.told = this.seen;
    this.#owedSince = null;
    if (waiting && !waiting.isSent) Object.assign(waiting, { isSent: true, at: now });
    if (waiting) strand.sent.add(waiting.piece.number);
    return writeLine({
      seen: this.seen,
      isLate: now < this.#lateUntil,
      piece: waiting?.piece ?? null,
    });
  }

  /** Whether something was late a short while ago, here or at the other end. */
  isWeak(now: number): boolean {
    if (this.isSilent(now) || this.lateMs(now) > this.#patienceMs())
      this.#lateUntil = now + WEAK_FOR_MS;
    return now < Math.max(this.#lateUntil, this.#echoUntil);
  }

  /** For how long nothing was seen by the other end that should be. */
  lateMs(now: number): number {
    const first = this.#waiting.get(this.#acked + 1);
    return first ? now - Math.max(first.at, this.#progressAt) : 0;
  }

  /** When `nextOn` may say something that it does not say now. */
  wakeAt(now: number): number {
    let at = Number.POSITIVE_INFINITY;
    if (this.strands.size === 0) return at;
    if (this.#owedSince !== null) at = this.#owedSince + ACK_WITHIN_MS;
    if (this.isWeak(now)) return at;
    const first = this.#waiting.get(this.#acked + 1);
    if (first) at = Math.min(at, Math.max(first.at, this.#progressAt) + this.#patienceMs() + 1);
    return Math.min(at, this.heardAt + this.#quietMs + 1);
  }

  #number(kind: Kind, text: string, now: number): void {
    this.#last += 1;
    const piece = { kind, number: this.#last, text };
    this.#waiting.set(this.#last, { piece, at: now, isSent: false, isMeasure: true });
  }

  #saw(seen: number, now: number): void {
    if (seen > this.#last) throw new MalformedBundle("bundle.seen");
    while (this.#acked < seen) {
      this.#acked += 1;
      const waited = this.#waiting.get(this.#acked);
      this.#waiting.delete(this.#acked);
      this.#progressAt = now;
      if (waited?.isMeasure && now >= this.#lateUntil)
        this.#usualMs += (now - waited.at - this.#usualMs) / 8;
      for (const strand of this.strands.values()) strand.sent.delete(this.#acked);
    }
  }

  #take(piece: Piece, now: number): string[] {
    if (piece.number <= this.seen || this.#ahead.has(piece.number)) return [];
    if (piece.number > this.seen + WINDOW) throw new MalformedBundle("bundle.window");
    this.#ahead.set(piece.number, piece);
    if (piece.number === this.seen + 1) this.#owedSince ??= now;
    const given: string[] = [];
    for (;;) {
      const following = this.#ahead.get(this.seen + 1);
      if (!following) return given;
      this.seen += 1;
      this.#ahead.delete(this.seen);
      if (this.isOver) continue;
      if (following.kind === "E") this.isOver = true;
      else this.#parts += following.text;
      if (following.kind === "F") {
        given.push(this.#parts);
        this.#parts = "";
      }
    }
  }

  /** The strand on which something was heard last; of equals the first. */
  #carrier(): number | null {
    let best: number | null = null;
    let at = -1;
    for (const [name, { heardAt }] of this.strands) if (heardAt > at) [best, at] = [name, heardAt];
    return best;
  }

  /** The first strand has the pieces from the front, the second from the back, the third from the middle. */
  #pick(strand: Strand, name: number): Waiting | null {
    const rank = [...this.strands.keys()].indexOf(name) % 3;
    const open: Waiting[] = [];
    let characters = 0;
    const last = Math.min(this.#last, this.#acked + WINDOW);
    for (let number = this.#acked + 1; number <= last; number++) {
      const waiting = this.#waiting.get(number);
      if (!waiting) continue;
      characters += waiting.piece.text.length;
      if (characters > WINDOW_CHARACTERS && number > this.#acked + 1) break;
      if (strand.sent.has(number)) continue;
      if (rank === 0) return waiting;
      open.push(waiting);
    }
    return open[rank === 1 ? open.length - 1 : Math.floor(open.length / 2)] ?? null;
  }

  #owes(now: number): boolean {
    if (this.#owedSince === null || this.isWeak(now)) return true;
    return now >= this.#owedSince + ACK_WITHIN_MS;
  }

  #patienceMs(): number {
    return Math.max(LATE_MS, 2 * this.#usualMs);
  }
}

/** Where to cut at the latest, not within a character that has two halves. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code < 0xdc00 ? at - 1 : at;
}
