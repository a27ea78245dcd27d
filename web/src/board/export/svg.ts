/**
 * A page as an SVG document: ink and shapes as paths, words as text, images and formulas within it,
 * so that the file needs nothing else.
 */

import { isIdentity } from "../kernel/matrix";
import { inkOutline, traceOutline } from "../kernel/outline";
import { SvgPath } from "../kernel/path";
import { dashesOf, type ShapeElement, traceHead, traceShape } from "../kernel/shape";
import { NOTE_INK, NOTE_NAME_INK, NOTE_RADIUS, TEXT_FONT } from "../kernel/words";
import type { Item, Paper, Rect } from "../model";
import { SPACING } from "../paint/paper";
import {
  areaOf,
  type ExportOptions,
  type ExportPage,
  type Kit,
  linesOf,
  type WordsItem,
} from "./kit";
import { attributes, dataAddress, escapeXml, matrixText } from "./svg_text";

const DOT = "#cfccc4";
const LINE = "#e3e2de";
const STRONG = "#cbd8d7";
const LARGE_SQUARES = 5;
const BROKEN = "#a8a49b";
const WAITING = "#e9e7e2";
const FAULTY = "#b3362b";
const SHADOW =
  '<filter id="note" x="-20%" y="-20%" width="140%" height="140%">' +
  '<feDropShadow dx="0" dy="1" stdDeviation="1" flood-color="#1d1c1a" flood-opacity="0.1"/>' +
  '<feDropShadow dx="0" dy="3" stdDeviation="5" flood-color="#1d1c1a" flood-opacity="0.1"/>' +
  "</filter>";

export function svgOf(page: ExportPage, kit: Kit, options: ExportOptions = {}): string {
  const area = areaOf(page, kit);
  const { x, y, w, h } = area;
  const paper = options.hasPaper === false ? "plain" : page.facts.paper;
  const defs = [patternsOf(paper), page.items.some((item) => item.t === "note") ? SHADOW : ""];
  const ground = paper === "plain" ? "" : rectangle(area, { fill: "url(#paper)" });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" `,
    `viewBox="${x} ${y} ${w} ${h}">`,
    `<title>${escapeXml(page.facts.name)}</title>`,
    `<defs>${defs.join("")}</defs>`,
    rectangle(area, { fill: "#ffffff" }),
    ground,
    backdropOf(page, kit, area),
    ...page.items.map((item) => `\n${itemOf(item, kit)}`),
    "\n</svg>\n",
  ].join("");
}

function backdropOf({ facts }: ExportPage, kit: Kit, area: Rect): string {
  const picture = kit.backdrop(facts);
  if (!picture) return "";
  const place = { x: area.x, y: area.y, width: area.w, height: area.h };
  const style = { href: dataAddress(picture), ...place, preserveAspectRatio: "none" };
  return `<image${attributes(style)}/>`;
}

function itemOf(item: Item, kit: Kit): string {
  const body = bodyOf(item, kit);
  return isIdentity(item.m) ? body : `<g transform="${matrixText(item.m)}">${body}</g>`;
}

function bodyOf(item: Item, kit: Kit): string {
  switch (item.t) {
    case "pen":
    case "hl":
      return inkOf(item);
    case "text":
    case "note":
      return wordsOf(item, kit);
    case "tex":
      return formulaOf(item, kit);
    case "img":
      return imageOf(item, kit);
    default:
      return shapeOf(item);
  }
}

function inkOf(item: Extract<Item, { t: "pen" | "hl" }>): string {
  const path = new SvgPath();
  traceOutline(inkOutline(item), path);
  const style = item.t === "hl" ? "mix-blend-mode:multiply" : undefined;
  const opacity = item.o < 1 ? item.o : undefined;
  return `<path${attributes({ d: path, fill: item.c, "fill-opacity": opacity, style })}/>`;
}

function shapeOf(shape: ShapeElement): string {
  const body = new SvgPath();
  traceShape(shape, body);
  const dashes = dashesOf(shape.ds, shape.sw);
  const stroke = {
    stroke: shape.c,
    "stroke-width": shape.sw,
    "stroke-linejoin": "round",
    "stroke-linecap": "round",
  };
  const line = attributes({
    d: body,
    fill: ("fill" in shape && shape.fill) || "none",
    ...stroke,
    "stroke-linecap": shape.ds === 1 ? "butt" : "round",
    "stroke-dasharray": dashes.length > 0 ? dashes.join(" ") : undefined,
  });
  if (shape.t !== "arrow") return `<path${line}/>`;
  const head = new SvgPath();
  traceHead(shape, head);
  return `<path${line}/><path${attributes({ d: head, fill: "none", ...stroke })}/>`;
}

function wordsOf(item: WordsItem, kit: Kit): string {
  const { lines, layout } = linesOf(item, kit.name(item.by));
  const box = { x: item.x, y: item.y, w: item.w, h: layout.height };
  const paper = { fill: item.c, rx: NOTE_RADIUS, filter: "url(#note)" };
  const ground = item.t === "note" ? rectangle(box, paper) : "";
  const written = lines.map(({ text, x, y, size, weight, isName }) => {
    const ink = item.t === "note" ? NOTE_INK : item.c;
    const style = attributes({
      ...{ x: round(x), y: round(y), "font-size": round(size), "font-weight": weight },
      ...(isName ? nameInk() : { fill: ink }),
      "xml:space": "preserve",
    });
    return `<text${style}>${escapeXml(text)}</text>`;
  });
  return `<g${attributes({ "font-family": TEXT_FONT })}>${ground}${written.join("")}</g>`;
}

/** Older viewers know no rgba(). */
function nameInk(): Record<string, string | undefined> {
  const alpha = /([\d.]+)\)$/.exec(NOTE_NAME_INK)?.[1];
  return { fill: NOTE_INK, "fill-opacity": alpha };
}

function formulaOf(item: Extract<Item, { t: "tex" }>, kit: Kit): string {
  const made = kit.formula(item.src, item.c);
  const { x, y, s } = item;
  if (made) {
    const place = { x, y, width: made.w * s, height: made.h * s };
    return `<image${attributes({ href: made.url, ...place })}><title>${escapeXml(item.src)}</title></image>`;
  }
  const face = { "font-family": "ui-monospace, Menlo, Consolas, monospace", fill: FAULTY };
  const place = attributes({ x, y: y + 30 * s, "font-size": 20 * s, ...face });
  return `<text${place}>${escapeXml(item.src.slice(0, 200))}</text>`;
}

function imageOf(item: Extract<Item, { t: "img" }>, kit: Kit): string {
  const { x, y, w, h } = item;
  const picture = kit.picture(item.asset);
  if (picture) {
    const place = { x, y, width: w, height: h, preserveAspectRatio: "none" };
    return `<image${attributes({ href: dataAddress(picture), ...place })}/>`;
  }
  const cross = `M${x} ${y}l${w} ${h}M${x + w} ${y}l${-w} ${h}`;
  const line = { stroke: BROKEN, "stroke-width": 2 };
  const frame = rectangle(item, { fill: WAITING, ...line });
  return `${frame}<path${attributes({ d: cross, fill: "none", ...line })}/>`;
}

function patternsOf(paper: Paper): string {
  const step = SPACING[paper];
  if (paper === "plain") return "";
  if (paper === "dots") {
    const dot = `<circle cx="${step / 2}" cy="${step / 2}" r="0.8" fill="${DOT}"/>`;
    return pattern("paper", step, dot);
  }
  const rule = (side: number, colour: string, hasUprights: boolean) => {
    const level = `<path d="M0 ${side / 2}h${side}" stroke="${colour}"/>`;
    const upright = `<path d="M${side / 2} 0v${side}" stroke="${colour}"/>`;
    return hasUprights ? level + upright : level;
  };
  if (paper !== "graph") return pattern("paper", step, rule(step, LINE, paper === "grid"));
  const large = step * LARGE_SQUARES;
  const square = `<rect x="0" y="0" width="${large}" height="${large}" fill="url(#small)"/>`;
  const small = pattern("small", step, rule(step, LINE, true));
  return small + pattern("paper", large, square + rule(large, STRONG, true));
}

/** Shifted by half a step, so that what is in its middle lies on multiples of the step. */
function pattern(id: string, step: number, content: string): string {
  const shift = id === "small" ? 0 : -step / 2;
  const place = attributes({ id, x: shift, y: shift, width: step, height: step });
  return `<pattern${place} patternUnits="userSpaceOnUse">${content}</pattern>`;
}

function rectangle({ x, y, w, h }: Rect, style: Record<string, string | number>): string {
  return `<rect${attributes({ x, y, width: w, height: h, ...style })}/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
