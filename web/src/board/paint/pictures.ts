/** Images of the page: fetched when first looked at, decoded once, forgotten when memory is short. */

import type { Pictures } from "../model";

const LIMIT_BYTES = 128 * 1024 * 1024;
/** A failed image is asked for again after this long, a little later each time. */
const RETRY_MS = 4_000;
const TRIES = 5;

type Known =
  | { state: "loading"; tries: number }
  | { state: "ready"; bitmap: ImageBitmap }
  | { state: "failed"; tries: number; retryAt: number };

export interface PictureSource {
  /** Null: there is none, or it cannot be had now. */
  fetch(asset: string): Promise<Blob | null>;
  decode?(blob: Blob): Promise<ImageBitmap>;
  now?(): number;
}

export class AssetPictures implements Pictures {
  /** Least recently used first. */
  private readonly known = new Map<string, Known>();
  private readonly listeners = new Set<(asset: string) => void>();

  constructor(private readonly source: PictureSource) {}

  get(asset: string): CanvasImageSource | null {
    const known = this.known.get(asset);
    if (known?.state === "ready") {
      this.known.delete(asset);
      this.known.set(asset, known);
      return known.bitmap;
    }
    if (!known) void this.load(asset, 1);
    else if (known.state === "failed" && known.tries < TRIES && this.now() >= known.retryAt) {
      void this.load(asset, known.tries + 1);
    }
    return null;
  }

  state(asset: string): "loading" | "ready" | "failed" {
    return this.known.get(asset)?.state ?? "loading";
  }

  onReady(listener: (asset: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Asks again for everything that failed: the network is back. */
  retry(): void {
    for (const [asset, known] of this.known) {
      if (known.state === "failed") void this.load(asset, 1);
    }
  }

  destroy(): void {
    for (const known of this.known.values()) if (known.state === "ready") known.bitmap.close();
    this.known.clear();
    this.listeners.clear();
  }

  private async load(asset: string, tries: number): Promise<void> {
    this.known.set(asset, { state: "loading", tries });
    const bitmap = await this.fetchBitmap(asset);
    this.known.delete(asset);
    if (bitmap) this.known.set(asset, { state: "ready", bitmap });
    else {
      const retryAt = this.now() + RETRY_MS * tries;
      this.known.set(asset, { state: "failed", tries, retryAt });
    }
    this.trim(asset);
    for (const listener of [...this.listeners]) listener(asset);
  }

  private async fetchBitmap(asset: string): Promise<ImageBitmap | null> {
    try {
      const blob = await this.source.fetch(asset);
      if (!blob) return null;
      return await (this.source.decode?.(blob) ?? createImageBitmap(blob));
    } catch {
      // Not an image, or the network went: drawn as a crossed box and asked for again.
      return null;
    }
  }

  private trim(keep: string): void {
    let bytes = 0;
    for (const known of this.known.values()) bytes += sizeOf(known);
    for (const [asset, known] of this.known) {
      if (bytes <= LIMIT_BYTES) return;
      if (known.state !== "ready" || asset === keep) continue;
      bytes -= sizeOf(known);
      known.bitmap.close();
      this.known.delete(asset);
    }
  }

  private now(): number {
    return this.source.now?.() ?? performance.now();
  }
}

function sizeOf(known: Known): number {
  return known.state === "ready" ? known.bitmap.width * known.bitmap.height * 4 : 0;
}
