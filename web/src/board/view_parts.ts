/** The board's parts that are made of canvases, fonts and the browser's clock. */
import type { ReadonlySignal } from "@preact/signals";
import { type BackdropAnswer, Backdrops, type BackdropWidth } from "./paint/backdrops";
import { KatexFormulas } from "./paint/formulas";
import { AssetPictures } from "./paint/pictures";
import { Renderer } from "./paint/renderer";
import { paintThumbnail } from "./paint/thumbnail";
import type { PaintPorts } from "./paint/types";
import { sizesOf } from "./paint/words_painter";
import type { BoardParts } from "./view_surface";

export interface PartsPorts {
  fetchAsset(asset: string): Promise<Blob | null>;
  fetchBackdrop(ref: string, px: BackdropWidth): Promise<BackdropAnswer>;
  authors: ReadonlySignal<ReadonlyMap<string, string>>;
}

export function browserParts({ fetchAsset, fetchBackdrop, authors }: PartsPorts): BoardParts {
  const formulas = new KatexFormulas();
  const backdrops = new Backdrops({ fetch: fetchBackdrop });
  const ports = {
    backdrops,
    pictures: new AssetPictures({ fetch: fetchAsset }),
    formulas,
    names: (author: string) => authors.peek().get(author) ?? "",
  } satisfies PaintPorts;
  const reducesMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  let meter: CanvasRenderingContext2D | null = null;
  return {
    renderer: (host) =>
      new Renderer(host, {
        ...ports,
        reducesMotion,
      }),
    thumbnail: (doc, facts, canvas) => paintThumbnail(doc, facts, canvas, ports),
    onPictures: (told) => {
      const stops = [ports.pictures, formulas, backdrops].map((source) => source.onReady(told));
      return () => {
        for (const stop of stops) stop();
      };
    },
    reducesMotion,
    backdrops,
    formulas,
    sizes: sizesOf(ports),
    measure(font, words) {
      meter ??= document.createElement("canvas").getContext("2d");
      if (!meter) return null;
      meter.font = font;
      return meter.measureText(words).width;
    },
    now: () => performance.now(),
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    frame(call) {
      const request = requestAnimationFrame(call);
      return () => cancelAnimationFrame(request);
    },
  };
}
