/**
 * Formulas of the page as bitmaps, made when they are first looked at. KaTeX comes in a chunk of
 * its own with the first formula; bitmaps are kept per colour and size within a bound.
 */

import type { FormulaSvg, Formulas } from "./types";
import type { Typeset, Typesetter } from "./typeset";

/** A drawn formula, and what it takes in memory. */
export interface Bitmap {
  image: CanvasImageSource;
  bytes: number;
}

export interface FormulaPorts {
  load(): Promise<Typesetter>;
  /** Draws an SVG document (a data: address) of this many pixels. */
  draw(url: string, w: number, h: number): Promise<Bitmap>;
  now(): number;
}

const LIMIT_BYTES = 32 * 1024 * 1024;
const LONGEST_SIDE = 4_096;
/** Sizes are powers of two from a half to this. */
const LARGEST = 16;
const RETRY_MS = 5_000;

export class KatexFormulas implements Formulas {
  private readonly sets = new Map<string, Typeset>();
  private readonly asked = new Map<string, number>();
  /** Least recently used first; null is on its way. */
  private readonly bitmaps = new Map<string, Bitmap | null>();
  private readonly listeners = new Set<(src: string) => void>();

  constructor(private readonly ports: FormulaPorts = BROWSER) {}

  sizeOf(src: string): { w: number; h: number } | null {
    const set = this.setOf(src);
    return set && "w" in set ? { w: set.w, h: set.h } : null;
  }

  fault(src: string): string | null {
    const set = this.setOf(src);
    return set && "fault" in set ? set.fault : null;
  }

  picture(src: string, colour: string, scale: number): CanvasImageSource | null {
    const set = this.setOf(src);
    if (!set || !("w" in set)) return null;
    const good = sizeStep(scale, Math.max(set.w, set.h));
    const key = keyOf(src, colour, good);
    const known = this.bitmaps.get(key);
    if (known) {
      this.bitmaps.delete(key);
      this.bitmaps.set(key, known);
      return known.image;
    }
    if (known === undefined) void this.draw(src, set, colour, good);
    return this.other(src, colour);
  }

  onReady(listener: (src: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async svg(src: string, colour: string): Promise<FormulaSvg | { fault: string }> {
    const set = this.sets.get(src) ?? (await (await this.ports.load()).typeset(src));
    this.sets.set(src, set);
    if ("fault" in set) return set;
    return { url: set.svg(colour, 1), w: set.w, h: set.h };
  }

  private setOf(src: string): Typeset | null {
    const set = this.sets.get(src);
    if (set) return set;
    const askedAt = this.asked.get(src);
    if (askedAt !== undefined && this.ports.now() - askedAt < RETRY_MS) return null;
    this.asked.set(src, this.ports.now());
    void this.typeset(src);
    return null;
  }

  private async typeset(src: string): Promise<void> {
    try {
      const set = await (await this.ports.load()).typeset(src);
      this.sets.set(src, set);
      this.tell(src);
    } catch {
      // The chunk or a font did not come: asked again when the formula is next looked at.
    }
  }

  private async draw(
    src: string,
    set: Extract<Typeset, { w: number }>,
    colour: string,
    scale: number,
  ): Promise<void> {
    const key = keyOf(src, colour, scale);
    this.bitmaps.set(key, null);
    try {
      const [w, h] = [Math.ceil(set.w * scale), Math.ceil(set.h * scale)];
      const bitmap = await this.ports.draw(set.svg(colour, scale), w, h);
      this.bitmaps.delete(key);
      this.bitmaps.set(key, bitmap);
      this.trim(key);
      this.tell(src);
    } catch {
      // Left without a picture until it is looked at again.
      this.bitmaps.delete(key);
    }
  }

  /** The same formula in another size: better than nothing meanwhile. */
  private other(src: string, colour: string): CanvasImageSource | null {
    for (let scale = LARGEST; scale >= 0.5; scale /= 2) {
      const known = this.bitmaps.get(keyOf(src, colour, scale));
      if (known) return known.image;
    }
    return null;
  }

  private trim(keep: string): void {
    let bytes = 0;
    for (const bitmap of this.bitmaps.values()) bytes += bitmap?.bytes ?? 0;
    for (const [key, bitmap] of this.bitmaps) {
      if (bytes <= LIMIT_BYTES) return;
      if (!bitmap || key === keep) continue;
      bytes -= bitmap.bytes;
      this.bitmaps.delete(key);
    }
  }

  private tell(src: string): void {
    for (const listener of [...this.listeners]) listener(src);
  }
}

/** The power of two to draw at, at least the scale wanted as far as the longest side allows. */
export function sizeStep(scale: number, longest: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(scale, 0.5)) - 0.1);
  const most = 2 ** Math.floor(Math.log2(LONGEST_SIDE / Math.max(longest, 1)));
  return Math.max(Math.min(wanted, most, LARGEST), 0.5);
}

function keyOf(src: string, colour: string, scale: number): string {
  return `${scale} ${colour} ${src}`;
}

let chunk: Promise<Typesetter> | null = null;

const BROWSER: FormulaPorts = {
  load: () => {
    chunk ??= import("./formula_svg").then((module) => new module.KatexTypesetter());
    chunk.catch(() => {
      chunk = null;
    });
    return chunk;
  },
  draw: async (url, w, h) => {
    const image = new Image(w, h);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = w;
    canvas.height = h;
    canvas.getContext("2d")?.drawImage(image, 0, 0, w, h);
    return { image: canvas, bytes: w * h * 4 };
  },
  now: () => performance.now(),
};
