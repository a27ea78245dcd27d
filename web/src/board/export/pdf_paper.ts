/** The paper of a PDF page: white, with its dots or lines. */
import {
  fill,
  lineTo,
  moveTo,
  type PDFOperator,
  rectangle,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from "@cantoo/pdf-lib";
import type { Paper, Rect } from "../model";
import { SPACING } from "../paint/paper";
import { rgb } from "./pdf_ink";

const WHITE = "#ffffff";
const DOT = "#cfccc4";
const LINE = "#e3e2de";
const STRONG = "#cbd8d7";
const LARGE_SQUARES = 5;
const DOT_SIZE = 1.6;
/** A huge page gets wider meshes rather than a huge file. */
const MOST_DOTS = 20_000;

export function paperOf(paper: Paper, area: Rect): PDFOperator[] {
  const ground = [
    setFillingRgbColor(...rgb(WHITE)),
    rectangle(area.x, area.y, area.w, area.h),
    fill(),
  ];
  if (paper === "plain") return ground;
  let step = SPACING[paper];
  while ((area.w / step) * (area.h / step) > MOST_DOTS) step *= 2;
  if (paper === "dots") return [...ground, ...dots(area, step)];
  const lines = [...ground, ...rules(area, step, LINE, paper !== "ruled")];
  if (paper !== "graph") return lines;
  return [...lines, ...rules(area, step * LARGE_SQUARES, STRONG, true)];
}

function dots(area: Rect, step: number): PDFOperator[] {
  const operators = [setFillingRgbColor(...rgb(DOT))];
  for (const y of marks(area.y, area.h, step)) {
    for (const x of marks(area.x, area.w, step)) {
      operators.push(rectangle(x - DOT_SIZE / 2, y - DOT_SIZE / 2, DOT_SIZE, DOT_SIZE));
    }
  }
  return [...operators, fill()];
}

function rules(area: Rect, step: number, colour: string, hasUprights: boolean): PDFOperator[] {
  const operators = [setStrokingRgbColor(...rgb(colour)), setLineWidth(1)];
  for (const y of marks(area.y, area.h, step)) {
    operators.push(moveTo(area.x, y), lineTo(area.x + area.w, y));
  }
  for (const x of hasUprights ? marks(area.x, area.w, step) : []) {
    operators.push(moveTo(x, area.y), lineTo(x, area.y + area.h));
  }
  return [...operators, stroke()];
}

/** Multiples of the step inside, the edges left out. */
function marks(start: number, length: number, step: number): number[] {
  const found: number[] = [];
  for (let at = Math.ceil((start + 1) / step) * step; at < start + length; at += step) {
    found.push(at);
  }
  return found;
}
