/** The page's items in words, and the order in which one would read them. Pure. */
import { boundsOf, type Sizes } from "../../../board/kernel/bounds";
import type { Item, PageFacts, Rect } from "../../../board/model";
import { t } from "../../../text/text";

/** Items whose middles are this near in height stand in one line. Board units. */
const LINE = 48;
/** Longer words are cut in the list; the item itself shows them all. */
const WORDS = 160;

const COLOURS: readonly [string, number, number, number][] = [
  ["black", 29, 28, 26],
  ["petrol", 18, 101, 109],
  ["red", 192, 57, 43],
  ["blue", 47, 98, 196],
  ["violet", 138, 79, 176],
  ["brown", 166, 85, 0],
  ["yellow", 255, 216, 74],
  ["green", 110, 200, 110],
  ["green", 45, 125, 60],
  ["sky", 127, 201, 255],
  ["pink", 255, 158, 196],
  ["orange", 255, 170, 90],
  ["grey", 130, 130, 130],
  ["white", 255, 255, 255],
  ["cream", 253, 238, 179],
  ["mint", 217, 235, 233],
];

/** The name of the nearest colour that has one, as a word of the text files. */
export function colourName(colour: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  const [red, green, blue] = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  let best = "black";
  let least = Number.POSITIVE_INFINITY;
  for (const [name, r, g, b] of COLOURS) {
    const far = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (far < least) [best, least] = [name, far];
  }
  return best;
}

/** Where in the page: "top-left" to "bottom-right", one of nine. */
export function placeName(box: Rect, page: Rect): string {
  const third = (value: number, from: number, length: number, names: readonly string[]) => {
    const at = length > 0 ? Math.floor(((value - from) / length) * 3) : 1;
    return names[Math.min(2, Math.max(0, at))] ?? "";
  };
  const down = third(box.y + box.h / 2, page.y, page.h, ["top", "middle", "bottom"]);
  const across = third(box.x + box.w / 2, page.x, page.w, ["left", "centre", "right"]);
  return `${down}-${across}`;
}

/** From top to bottom, in a line from left to right. */
export function inReadingOrder(items: readonly Item[], sizes?: Sizes): Item[] {
  const placed = items.map((item) => {
    const box = boundsOf(item, sizes);
    return { item, x: box.x, y: box.y + Math.min(box.h, 4 * LINE) / 2 };
  });
  placed.sort((a, b) => a.y - b.y || a.x - b.x);
  const order: Item[] = [];
  for (let from = 0; from < placed.length; ) {
    const top = placed[from]?.y ?? 0;
    let to = from;
    while (to < placed.length && (placed[to]?.y ?? 0) < top + LINE) to += 1;
    const line = placed.slice(from, to).sort((a, b) => a.x - b.x);
    order.push(...line.map((one) => one.item));
    from = to;
  }
  return order;
}

/** The page's own rectangle; of an infinite one what its items cover. */
export function groundOf(page: PageFacts | null, items: readonly Item[]): Rect {
  if (page?.width != null && page.height != null) {
    return { x: 0, y: 0, w: page.width, h: page.height };
  }
  const boxes = items.map((item) => boundsOf(item));
  const x = boxes.reduce((least, box) => Math.min(least, box.x), Number.POSITIVE_INFINITY);
  const y = boxes.reduce((least, box) => Math.min(least, box.y), Number.POSITIVE_INFINITY);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.w), -1e9);
  const bottom = boxes.reduce((most, box) => Math.max(most, box.y + box.h), -1e9);
  return boxes.length === 0 ? { x: 0, y: 0, w: 0, h: 0 } : { x, y, w: right - x, h: bottom - y };
}

/** "Sticky note by Priya: Which triangle is isosceles?" */
export function wordsOf(item: Item, author: string, ground: Rect): string {
  const what = t(`board-item-${item.t}`);
  const who = author === "" ? what : t("board-item-by", { what, name: author });
  const place = t(`board-place-${placeName(boundsOf(item), ground)}`);
  const said = item.t === "tex" ? item.src : item.text;
  if (item.t === "img") return t("board-item-plain", { who, place });
  if (item.t === "text" || item.t === "note" || item.t === "tex") {
    const text = said.trim() === "" ? t("board-item-empty") : cut(said.trim());
    return t("board-item-words", { who, text, place });
  }
  const colour = t(`board-colour-${colourName(item.c)}`);
  return t("board-item-drawn", { who, colour, place });
}

function cut(words: string): string {
  const whole = [...words.replace(/\s+/gu, " ")];
  return whole.length > WORDS ? `${whole.slice(0, WORDS).join("")}…` : whole.join("");
}
