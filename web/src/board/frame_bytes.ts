/** Numbers, texts and lengths as the board's frames and previews spell them. Pure. */
import type { Rect } from "./model";

/** Not bytes of this protocol. */
export class FrameFault extends Error {}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const VARUINT_LIMIT = 2 ** 32;

/** Writes one frame or payload; grows as needed. */
export class Scribe {
  #bytes = new Uint8Array(256);
  #at = 0;

  byte(value: number): this {
    this.#room(1);
    this.#bytes[this.#at++] = value;
    return this;
  }

  /** A whole number below 2^32. */
  varuint(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    return this.byte(rest);
  }

  /** Rounded to a whole number; within 2^31 either way. */
  varint(value: number): this {
    const whole = Math.round(Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), value)));
    return this.varuint(whole >= 0 ? whole * 2 : -whole * 2 - 1);
  }

  bytes(value: Uint8Array): this {
    return this.varuint(value.length).raw(value);
  }

  str(value: string): this {
    return this.bytes(encoder.encode(value));
  }

  json(value: unknown): this {
    return this.str(JSON.stringify(value));
  }

  rect({ x, y, w, h }: Rect): this {
    return this.varint(x).varint(y).varint(w).varint(h);
  }

  raw(value: Uint8Array): this {
    this.#room(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** What was written. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  /** What was written, with its length before it. */
  frame(): Uint8Array {
    return new Scribe().bytes(this.#bytes.subarray(0, this.#at)).done();
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Reads what a Scribe wrote; throws FrameFault where there is something else. */
export class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new FrameFault("too short");
    return value;
  }

  flag(): boolean {
    return (this.byte() & 1) !== 0;
  }

  varuint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte > 0x7f) continue;
      if (value >= VARUINT_LIMIT) break;
      return value;
    }
    throw new FrameFault("number too large");
  }

  varint(): number {
    const value = this.varuint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A view, not a copy. */
  bytes(): Uint8Array {
    const length = this.varuint();
    if (this.#at + length > this.#bytes.length) throw new FrameFault("too short");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  str(): string {
    const bytes = this.bytes();
    try {
      return decoder.decode(bytes);
    } catch {
      throw new FrameFault("not UTF-8");
    }
  }

  json(): unknown {
    const text = this.str();
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new FrameFault("not JSON");
    }
  }

  rect(): Rect {
    return { x: this.varint(), y: this.varint(), w: this.varint(), h: this.varint() };
  }
}
