/**
 * The pictures under pages: fetched when first looked at, in the size that is needed; until that has
 * come, the best there is. One that is still being made is asked for again, a little later each time.
 */

export const WIDTHS = [320, 1280, 2560] as const;
export type BackdropWidth = (typeof WIDTHS)[number];
/** `coming`: it is being made, or could not be had now. `gone`: there will never be one. */
export type BackdropAnswer = Blob | "coming" | "gone";
export type BackdropState = "none" | "coming" | "ready" | "gone";

/** Pixels of the page on the screen from which the fine picture is worth its bytes. */
const FINE_FROM = 1_400;
const LIMIT_BYTES = 160 * 1024 * 1024;
const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 10_000;
const TRIES = 30;

type Known =
  | { state: "loading"; tries: number; stop: (() => void) | null }
  | { state: "ready"; bitmap: ImageBitmap }
  | { state: "gone" };

export interface BackdropSource {
  fetch(ref: string, px: BackdropWidth): Promise<BackdropAnswer>;
  decode?(blob: Blob): Promise<ImageBitmap>;
  after?(ms: number, call: () => void): () => void;
}

/** How wide the picture should be of a page that is so many device pixels wide. */
export function widthFor(pixels: number): BackdropWidth {
  return pixels > FINE_FROM ? 2560 : 1280;
}

export class Backdrops {
  /** Least recently used first. */
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(ref: string) => void>();
  readonly #source: BackdropSource;

  constructor(source: BackdropSource) {
    this.#source = source;
  }

  /** The picture in this width or, while that is coming, in the nearest other one. */
  get(ref: string, px: BackdropWidth): CanvasImageSource | null {
    this.#want(ref, px);
    // The fine one is drawn later than the others: until then it is never the only one asked for.
    if (px === 2560 && !this.#ready(ref, px)) this.#want(ref, 1280);
    const others = px === 320 ? WIDTHS : [...WIDTHS].reverse();
    for (const width of [px, ...others]) {
      const found = this.#ready(ref, width);
      if (found) return found;
    }
    return null;
  }

  state(ref: string): BackdropState {
    if (ref === "") return "none";
    if (WIDTHS.some((px) => this.#known.get(keyOf(ref, px))?.state === "ready")) return "ready";
    return this.#known.get(keyOf(ref, 1280))?.state === "gone" ? "gone" : "coming";
  }

  /** It will be looked at soon. */
  ahead(ref: string): void {
    if (ref !== "") this.#want(ref, 1280);
  }

  onReady(listener: (ref: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    for (const known of this.#known.values()) {
      if (known.state === "ready") known.bitmap.close();
      if (known.state === "loading") known.stop?.();
    }
    this.#known.clear();
    this.#listeners.clear();
  }

  #ready(ref: string, px: BackdropWidth): ImageBitmap | null {
    const key = keyOf(ref, px);
    const known = this.#known.get(key);
    if (known?.state !== "ready") return null;
    this.#known.delete(key);
    this.#known.set(key, known);
    return known.bitmap;
  }

  #want(ref: string, px: BackdropWidth): void {
    if (!this.#known.has(keyOf(ref, px))) void this.#load(ref, px, 1);
  }

  async #load(ref: string, px: BackdropWidth, tries: number): Promise<void> {
    const key = keyOf(ref, px);
    const loading: Known = { state: "loading", tries, stop: null };
    this.#known.set(key, loading);
    const answer = await this.#fetched(ref, px);
    if (this.#known.get(key) !== loading) {
      if (typeof answer !== "string") answer.close();
      return;
    }
    if (answer === "coming") {
      if (tries < TRIES) loading.stop = this.#after(waitOf(tries), () => this.#again(key, ref, px));
      else this.#known.delete(key);
      return;
    }
    this.#known.set(
      key,
      answer === "gone" ? { state: "gone" } : { state: "ready", bitmap: answer },
    );
    this.#trim(key);
    for (const listener of [...this.#listeners]) listener(ref);
  }

  #again(key: string, ref: string, px: BackdropWidth): void {
    const known = this.#known.get(key);
    if (known?.state === "loading") void this.#load(ref, px, known.tries + 1);
  }

  async #fetched(ref: string, px: BackdropWidth): Promise<ImageBitmap | "coming" | "gone"> {
    try {
      const answer = await this.#source.fetch(ref, px);
      if (typeof answer === "string") return answer;
      return await (this.#source.decode?.(answer) ?? createImageBitmap(answer));
    } catch {
      // Cut off on its way: asked for again.
      return "coming";
    }
  }

  #after(ms: number, call: () => void): () => void {
    if (this.#source.after) return this.#source.after(ms, call);
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  }

  #trim(keep: string): void {
    let bytes = 0;
    for (const known of this.#known.values()) bytes += sizeOf(known);
    for (const [key, known] of this.#known) {
      if (bytes <= LIMIT_BYTES) return;
      if (known.state !== "ready" || key === keep) continue;
      bytes -= sizeOf(known);
      known.bitmap.close();
      this.#known.delete(key);
    }
  }
}

function keyOf(ref: string, px: BackdropWidth): string {
  return `${px} ${ref}`;
}

function waitOf(tries: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LAST_RETRY_MS);
}

function sizeOf(known: Known): number {
  return known.state === "ready" ? known.bitmap.width * known.bitmap.height * 4 : 0;
}
