/** One item on a canvas whose transform already leads from page space to device pixels. */

import { localBounds } from "../kernel/bounds";
import { isIdentity, meanScale } from "../kernel/matrix";
import { dashesOf, type ShapeElement, traceHead, traceShape } from "../kernel/shape";
import type { Item } from "../model";
import { inkCost, paintInk } from "./ink_painter";
import type { PaintPorts } from "./types";
import { paintWords, sizesOf } from "./words_painter";

export interface Detail {
  /** Device pixels per board unit. */
  scale: number;
  /** A first sight only: ink as thin lines. */
  isRough?: boolean;
}

const WAITING = "#e9e7e2";
const BROKEN = "#a8a49b";
const FAULTY = "#b3362b";
/** Shapes with text and pictures cost about this much raster time each (ms). */
const OTHER_COST = 0.1;

export function paintItem(
  ctx: CanvasRenderingContext2D,
  item: Item,
  ports: PaintPorts,
  detail: Detail,
): void {
  ctx.save();
  const isPlain = isIdentity(item.m);
  if (!isPlain) ctx.transform(...(item.m as [number, number, number, number, number, number]));
  const scale = isPlain ? detail.scale : detail.scale * meanScale(item.m);
  switch (item.t) {
    case "pen":
    case "hl":
      paintInk(ctx, item, scale, detail.isRough);
      break;
    case "text":
    case "note":
      paintWords(ctx, item, ports.names);
      break;
    case "tex":
      paintFormula(ctx, item, ports, scale);
      break;
    case "img":
      paintPicture(ctx, item, ports);
      break;
    default:
      paintShape(ctx, item);
  }
  ctx.restore();
}

/** Raster time in ms that comes on top of the calls, roughly. */
export function costOf(item: Item, detail: Detail): number {
  if (item.t !== "pen" && item.t !== "hl") return OTHER_COST;
  return inkCost(item, detail.scale, detail.isRough ?? false);
}

function paintShape(ctx: CanvasRenderingContext2D, shape: ShapeElement): void {
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.lineWidth = shape.sw;
  ctx.strokeStyle = shape.c;
  ctx.beginPath();
  traceShape(shape, ctx);
  if ("fill" in shape && shape.fill !== "") {
    ctx.fillStyle = shape.fill;
    ctx.fill();
  }
  if (shape.ds === 1) ctx.lineCap = "butt";
  ctx.setLineDash(dashesOf(shape.ds, shape.sw));
  ctx.stroke();
  if (shape.t !== "arrow") return;
  ctx.setLineDash([]);
  ctx.lineCap = "round";
  ctx.beginPath();
  traceHead(shape, ctx);
  ctx.stroke();
}

function paintFormula(
  ctx: CanvasRenderingContext2D,
  item: Extract<Item, { t: "tex" }>,
  ports: PaintPorts,
  scale: number,
): void {
  const { formulas } = ports;
  const size = formulas.sizeOf(item.src);
  const picture = formulas.picture(item.src, item.c, scale * item.s);
  if (size && picture) {
    ctx.drawImage(picture, item.x, item.y, size.w * item.s, size.h * item.s);
    return;
  }
  if (formulas.fault(item.src) === null) return;
  const box = localBounds(item, sizesOf(ports));
  ctx.font = `${20 * item.s}px ui-monospace, Menlo, Consolas, monospace`;
  ctx.fillStyle = FAULTY;
  ctx.textBaseline = "middle";
  ctx.fillText(item.src.slice(0, 200), box.x, box.y + box.h / 2);
}

function paintPicture(
  ctx: CanvasRenderingContext2D,
  item: Extract<Item, { t: "img" }>,
  ports: PaintPorts,
): void {
  const picture = ports.pictures.get(item.asset);
  const { x, y, w, h } = item;
  if (picture) {
    ctx.imageSmoothingQuality = "high";
    ctx.drawImage(picture, x, y, w, h);
    return;
  }
  const hasFailed = ports.pictures.state(item.asset) === "failed";
  ctx.fillStyle = WAITING;
  ctx.fillRect(x, y, w, h);
  if (!hasFailed) return;
  ctx.strokeStyle = BROKEN;
  ctx.lineWidth = 2;
  ctx.strokeRect(x + 1, y + 1, w - 2, h - 2);
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + w, y + h);
  ctx.moveTo(x + w, y);
  ctx.lineTo(x, y + h);
  ctx.stroke();
}
