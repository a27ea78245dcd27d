/** Pictures of a page at a moment: what they need, and how one becomes another. */
import type { Camera, Item, Rect } from "../board/model";

export interface StillPorts {
  paint(ctx: CanvasRenderingContext2D, item: Item, scale: number): void;
  /** Everything the item paints lies inside. */
  boxOf(item: Item): Rect;
  canvas(w: number, h: number): CanvasRenderingContext2D;
  /** Calls when nothing else is to do, with the milliseconds that are left. */
  idle(call: (left: () => number) => void): () => void;
  now(): number;
}

/** How the page is looked at: device pixels of the picture, device pixels per CSS pixel. */
export interface Sight {
  camera: Camera;
  ratio: number;
  w: number;
  h: number;
}

/** A picture of the page as it was at `ms`; `null` is an empty one. */
export interface Picture {
  ctx: CanvasRenderingContext2D;
  ms: number | null;
}

export function copy(from: Picture, to: Picture): void {
  const { ctx } = to;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalCompositeOperation = "copy";
  ctx.drawImage(from.ctx.canvas, 0, 0);
  ctx.globalCompositeOperation = "source-over";
  to.ms = from.ms;
}

/** Back to an empty page. */
export function wipe(picture: Picture): void {
  const { ctx } = picture;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  picture.ms = null;
}
