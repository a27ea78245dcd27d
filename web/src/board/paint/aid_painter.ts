/** Ruler and protractor: see-through, with marks, in board units about their middle. */

import { TEXT_FONT } from "../kernel/words";
import type { LiveShape } from "./types";

type Ruler = Extract<LiveShape, { kind: "ruler" }>;
type Protractor = Extract<LiveShape, { kind: "protractor" }>;

const BODY = "rgba(217, 236, 234, 0.62)";
const RIM = "rgba(18, 101, 109, 0.75)";
const INK = "#0d4a50";
/** Every ten units a mark, every fifty a long one with a number. */
const MARK = 10;
const LONG = 50;
/** Where the grips for turning sit, from the ends and from the straight edge. */
const GRIP_INSET = 30;
const GRIP = 11;

/** The transform leads from page space to device pixels; it is left as it was. */
export function paintRuler(ctx: CanvasRenderingContext2D, ruler: Ruler): void {
  const { length, thick } = ruler;
  ctx.save();
  ctx.translate(ruler.x, ruler.y);
  ctx.rotate(ruler.angle);
  ctx.beginPath();
  ctx.roundRect(-length / 2, -thick / 2, length, thick, 6);
  fillBody(ctx);
  ctx.beginPath();
  for (let at = 0; at <= length; at += MARK) {
    const x = at - length / 2;
    const reach = at % LONG === 0 ? 16 : 8;
    ctx.moveTo(x, -thick / 2);
    ctx.lineTo(x, -thick / 2 + reach);
  }
  ctx.stroke();
  enterLabels(ctx);
  for (let at = LONG; at < length; at += LONG) {
    ctx.fillText(String(at / LONG), at - length / 2, -thick / 2 + 26);
  }
  grip(ctx, length / 2 - GRIP_INSET, 0);
  grip(ctx, -length / 2 + GRIP_INSET, 0);
  ctx.restore();
}

export function paintProtractor(ctx: CanvasRenderingContext2D, aid: Protractor): void {
  const { radius } = aid;
  ctx.save();
  ctx.translate(aid.x, aid.y);
  ctx.rotate(aid.angle);
  ctx.beginPath();
  ctx.arc(0, 0, radius, Math.PI, 2 * Math.PI);
  ctx.closePath();
  fillBody(ctx);
  ctx.beginPath();
  for (let degree = 0; degree <= 180; degree++) {
    const angle = (-degree * Math.PI) / 180;
    const inner = radius - (degree % 10 === 0 ? 18 : degree % 5 === 0 ? 12 : 6);
    ctx.moveTo(radius * Math.cos(angle), radius * Math.sin(angle));
    ctx.lineTo(inner * Math.cos(angle), inner * Math.sin(angle));
  }
  ctx.moveTo(0, -14);
  ctx.lineTo(0, 0);
  ctx.stroke();
  enterLabels(ctx);
  for (let degree = 10; degree < 180; degree += 10) {
    const angle = (-degree * Math.PI) / 180;
    const at = radius - 30;
    ctx.fillText(String(degree), at * Math.cos(angle), at * Math.sin(angle));
  }
  grip(ctx, radius - GRIP_INSET, -GRIP_INSET);
  grip(ctx, GRIP_INSET - radius, -GRIP_INSET);
  ctx.restore();
}

function fillBody(ctx: CanvasRenderingContext2D): void {
  ctx.fillStyle = BODY;
  ctx.fill();
  ctx.strokeStyle = RIM;
  ctx.lineWidth = 1;
  ctx.stroke();
}

function enterLabels(ctx: CanvasRenderingContext2D): void {
  ctx.fillStyle = INK;
  ctx.font = `500 11px ${TEXT_FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
}

function grip(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.beginPath();
  ctx.arc(x, y, GRIP, 0, 2 * Math.PI);
  ctx.fillStyle = "rgba(255, 255, 255, 0.85)";
  ctx.fill();
  ctx.strokeStyle = RIM;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}
