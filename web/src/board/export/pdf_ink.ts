/** Items as the operators of a PDF page whose y axis was turned to point down. */
import {
  appendBezierCurve,
  BlendMode,
  beginText,
  closePath,
  concatTransformationMatrix,
  drawObject,
  endText,
  fill,
  fillAndStroke,
  LineCapStyle,
  LineJoinStyle,
  lineTo,
  moveTo,
  type PDFFont,
  type PDFImage,
  type PDFOperator,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  setCharacterSqueeze,
  setDashPattern,
  setFillingRgbColor,
  setFontAndSize,
  setGraphicsState,
  setLineCap,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  showText,
  stroke,
} from "@cantoo/pdf-lib";
import { inkOutline, traceOutline } from "../kernel/outline";
import type { PathSink } from "../kernel/path";
import { dashesOf, type ShapeElement, traceHead, traceShape } from "../kernel/shape";
import { NOTE_INK, NOTE_RADIUS } from "../kernel/words";
import type { Item, Matrix, Rect } from "../model";
import { type WrittenLine, widthOf } from "./kit";

type Ink = Extract<Item, { t: "pen" | "hl" }>;

const WAITING = "#e9e7e2";
const BROKEN = "#a8a49b";
const NAME_OPACITY = 0.62;
/** Length of the control arm that makes a quarter circle of a cubic curve. */
const QUARTER = 0.5522847498;

/** Collects path operators; a PDF has cubic curves only. */
export class PdfPath implements PathSink {
  readonly operators: PDFOperator[] = [];
  #x = 0;
  #y = 0;

  moveTo(x: number, y: number): void {
    this.operators.push(moveTo(x, y));
    this.#at(x, y);
  }

  lineTo(x: number, y: number): void {
    this.operators.push(lineTo(x, y));
    this.#at(x, y);
  }

  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    const third = (from: number, control: number) => from + ((control - from) * 2) / 3;
    const [ax, ay] = [third(this.#x, cx), third(this.#y, cy)];
    this.bezierCurveTo(ax, ay, third(x, cx), third(y, cy), x, y);
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    const values = [ax, ay, bx, by, x, y].map((value) => Math.round(value * 100) / 100);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
    this.operators.push(appendBezierCurve(a, b, c, d, e, f));
    this.#at(x, y);
  }

  closePath(): void {
    this.operators.push(closePath());
  }

  #at(x: number, y: number): void {
    this.#x = x;
    this.#y = y;
  }
}

export function six(m: Matrix): [number, number, number, number, number, number] {
  return [...m];
}

/** Opacity and blending of what follows. */
export function see(page: PDFPage, opacity: number, blend: BlendMode): PDFOperator {
  const state = page.doc.context.obj({ Type: "ExtGState", ca: opacity, CA: opacity, BM: blend });
  return setGraphicsState(page.node.newExtGState("See", state));
}

export function inkOf(item: Ink): PDFOperator[] {
  const path = new PdfPath();
  traceOutline(inkOutline(item), path);
  if (path.operators.length === 0) return [];
  return [setFillingRgbColor(...rgb(item.c)), ...path.operators, fill()];
}

export function shapeOf(shape: ShapeElement): PDFOperator[] {
  const body = new PdfPath();
  traceShape(shape, body);
  const filled = "fill" in shape && shape.fill !== "" ? shape.fill : null;
  const operators = [
    setStrokingRgbColor(...rgb(shape.c)),
    setLineWidth(shape.sw),
    setLineJoin(LineJoinStyle.Round),
    setLineCap(shape.ds === 1 ? LineCapStyle.Butt : LineCapStyle.Round),
    setDashPattern(dashesOf(shape.ds, shape.sw), 0),
    ...(filled ? [setFillingRgbColor(...rgb(filled))] : []),
    ...body.operators,
    filled ? fillAndStroke() : stroke(),
  ];
  if (shape.t !== "arrow") return operators;
  const head = new PdfPath();
  traceHead(shape, head);
  const solid = [setDashPattern([], 0), setLineCap(LineCapStyle.Round)];
  return [...operators, ...solid, ...head.operators, stroke()];
}

/** The paper of a note with the softest of shadows under it. */
export function noteOf(page: PDFPage, item: Rect & { c: string }, height: number): PDFOperator[] {
  const box = { x: item.x, y: item.y, w: item.w, h: height };
  const shadows = [1, 2, 3, 4].map((by) => ({
    ...{ x: box.x - by, y: box.y - by + 3 },
    ...{ w: box.w + 2 * by, h: box.h + 2 * by },
  }));
  return [
    pushGraphicsState(),
    see(page, 0.025, BlendMode.Normal),
    setFillingRgbColor(...rgb(NOTE_INK)),
    ...shadows.flatMap((rect) => [...rounded(rect, NOTE_RADIUS + 3), fill()]),
    popGraphicsState(),
    setFillingRgbColor(...rgb(item.c)),
    ...rounded(box, NOTE_RADIUS),
    fill(),
  ];
}

/** One line of words, as wide as on the screen. `colour` null is that of a note's words. */
export function lineOf(
  page: PDFPage,
  line: WrittenLine,
  font: PDFFont,
  key: ReturnType<PDFPage["node"]["newFontDictionary"]>,
  colour: string | null,
): PDFOperator[] {
  const wide = font.widthOfTextAtSize(line.text, line.size);
  const wanted = widthOf(line);
  const squeeze = wanted !== null && wide > 0 ? (wanted / wide) * 100 : 100;
  return [
    pushGraphicsState(),
    ...(line.isName ? [see(page, NAME_OPACITY, BlendMode.Normal)] : []),
    setFillingRgbColor(...rgb(colour ?? NOTE_INK)),
    beginText(),
    setFontAndSize(key, line.size),
    setCharacterSqueeze(squeeze),
    setTextMatrix(1, 0, 0, -1, line.x, line.y),
    showText(font.encodeText(line.text)),
    endText(),
    popGraphicsState(),
  ];
}

export function imageOf(page: PDFPage, image: PDFImage, { x, y, w, h }: Rect): PDFOperator[] {
  const key = page.node.newXObject("Image", image.ref);
  return [
    pushGraphicsState(),
    concatTransformationMatrix(w, 0, 0, -h, x, y + h),
    drawObject(key),
    popGraphicsState(),
  ];
}

/** A crossed box, as on the screen. */
export function missingOf({ x, y, w, h }: Rect): PDFOperator[] {
  const path = new PdfPath();
  path.moveTo(x, y);
  path.lineTo(x + w, y);
  path.lineTo(x + w, y + h);
  path.lineTo(x, y + h);
  path.closePath();
  return [
    ...[setFillingRgbColor(...rgb(WAITING)), setStrokingRgbColor(...rgb(BROKEN)), setLineWidth(2)],
    ...[...path.operators, fillAndStroke()],
    ...[moveTo(x, y), lineTo(x + w, y + h), moveTo(x + w, y), lineTo(x, y + h), stroke()],
  ];
}

/** Shares of red, green and blue of "#rrggbb". */
export function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 0xff) / 255, (value & 0xff) / 255];
}

function rounded({ x, y, w, h }: Rect, radius: number): PDFOperator[] {
  const r = Math.min(radius, w / 2, h / 2);
  const k = r * (1 - QUARTER);
  const path = new PdfPath();
  const [right, bottom] = [x + w, y + h];
  path.moveTo(x + r, y);
  path.lineTo(right - r, y);
  path.bezierCurveTo(right - k, y, right, y + k, right, y + r);
  path.lineTo(right, bottom - r);
  path.bezierCurveTo(right, bottom - k, right - k, bottom, right - r, bottom);
  path.lineTo(x + r, bottom);
  path.bezierCurveTo(x + k, bottom, x, bottom - k, x, bottom - r);
  path.lineTo(x, y + r);
  path.bezierCurveTo(x, y + k, x + k, y, x + r, y);
  path.closePath();
  return path.operators;
}
