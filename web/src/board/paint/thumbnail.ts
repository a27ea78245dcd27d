/** A whole page in a small canvas. */

import { boundsOf } from "../kernel/bounds";
import { grow, union } from "../kernel/rect";
import type { PageDoc, PageFacts } from "../model";
import { pageRect } from "./camera_fit";
import { paintItem } from "./item_painter";
import { paintPaper } from "./paper";
import type { PaintPorts } from "./types";
import { sizesOf } from "./words_painter";

/** On a crowded page ink is drawn as thin lines, whatever its width. */
const CROWD = 2_000;
const MARGIN = 24;

/** Fills the canvas (its own width and height in pixels), the page in its middle. */
export function paintThumbnail(
  doc: Pick<PageDoc, "ordered">,
  facts: PageFacts,
  canvas: HTMLCanvasElement,
  ports: PaintPorts,
): void {
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  const items = doc.ordered();
  const sizes = sizesOf(ports);
  const standard = { x: 0, y: 0, w: 1280, h: 720 };
  const all = items.map((item) => boundsOf(item, sizes));
  const area = pageRect(facts) ?? (all.length > 0 ? grow(union(all), MARGIN) : standard);
  const scale = Math.min(canvas.width / area.w, canvas.height / area.h);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.save();
  const left = (canvas.width - area.w * scale) / 2 - area.x * scale;
  const top = (canvas.height - area.h * scale) / 2 - area.y * scale;
  ctx.setTransform(scale, 0, 0, scale, left, top);
  ctx.beginPath();
  ctx.rect(area.x, area.y, area.w, area.h);
  ctx.clip();
  paintPaper(ctx, scale < 0.5 ? "plain" : facts.paper, area, scale);
  const picture = facts.backdrop && ports.backdrops?.get(facts.backdrop, 320);
  if (picture) ctx.drawImage(picture, area.x, area.y, area.w, area.h);
  for (const item of items) paintItem(ctx, item, ports, { scale, isRough: items.length > CROWD });
  ctx.restore();
}
