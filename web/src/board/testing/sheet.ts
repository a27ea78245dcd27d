/** A page with one item of every type, for tests of what reads or writes whole pages. */
import type { Draft, Item, PageFacts } from "../model";
import { YPage } from "../page_doc";
import { pack } from "../points";

export const FACTS: PageFacts = {
  ...{ id: "p1", name: "Fractions & more", paper: "grid", isLocked: false, epoch: 0 },
  ...{ width: 1280, height: 720, kind: "page", backdrop: "" },
  ...{ placement: "", slide: 0, step: 0, isSeen: true },
};
const line = { c: "#aa0000", sw: 2, ds: 0 } as const;
const at = (x: number, y: number) => ({ x, y, w: 100, h: 60 });
const wave = pack(
  Array.from({ length: 20 }, (_, n) => ({ x: 20 + n * 8, y: 30 + (n % 5), p: 120 })),
);

export const DRAFTS: readonly (Draft & { text?: string })[] = [
  { t: "pen", c: "#112233", w: 4, o: 1, d: wave, s: 0 },
  { t: "hl", c: "#ffee00", w: 24, o: 0.4, d: wave, s: 1 },
  { t: "line", ...at(10, 100), ...line, ds: 1 },
  { t: "arrow", ...at(150, 100), ...line, ds: 2 },
  { t: "rect", ...at(300, 100), ...line, fill: "#00ff00" },
  { t: "ell", ...at(450, 100), ...line, fill: "" },
  {
    t: "poly",
    d: pack([
      { x: 600, y: 100, p: 0 },
      { x: 700, y: 100, p: 0 },
      { x: 650, y: 160, p: 0 },
    ]),
    ...line,
    fill: "",
  },
  { t: "text", ...at(10, 300), w: 300, c: "#000080", fs: 24, text: "½ < ⅔ & more" },
  { t: "note", ...at(400, 300), w: 200, h: 150, c: "#ffe58a", fs: 20, text: "Remember\nthis" },
  { t: "tex", x: 10, y: 450, s: 1, c: "#000000", src: "\\frac{1}{2}" },
  { t: "img", ...at(400, 500), asset: "picture" },
];

/** 1 x 1, red. */
export const PNG = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  ),
  (letter) => letter.charCodeAt(0),
);

export function sheet(drafts: readonly (Draft & { text?: string })[] = DRAFTS): readonly Item[] {
  const page = new YPage("board/p1/0", { author: "alice", clientId: 7 });
  page.edit((edit) => {
    for (const { text, ...draft } of drafts) edit.insert(draft as Draft, { text });
  });
  return page.ordered();
}
