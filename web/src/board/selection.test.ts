/** Order, style and copies of what is selected; aids, camera and pens beside them. */
import { computed, signal } from "@preact/signals";
import { expect, test } from "vitest";
import { along, edgesOf, fromAid, newAid, partAt, toAid, turned } from "./aids";
import { between, cameraShowing, keptInSight, toPage, viewOf, zoomedAt } from "./camera";
import { copiedOf, readCopied, wordsOf, writeCopied } from "./clipboard";
import { ROUGH } from "./kernel/bounds";
import type { PageDoc } from "./model";
import { pack } from "./points";
import { knobsOf, Selection, sharedStyle } from "./selection";
import { firstStyles, inkOf, soundStyle, storedStyles, storeStyles } from "./styles";
import { newPage } from "./tools/testing";

const rect = (x: number, y = 0) => ({
  t: "rect" as const,
  ...{ x, y, w: 100, h: 60, c: "#1d1c1a", sw: 3, ds: 0 as const, fill: "" },
});

function selectionOf(...places: number[]) {
  const page = newPage();
  const ids: string[] = [];
  page.edit((edit) => {
    for (const x of places) ids.push(edit.insert(rect(x)));
  });
  const doc = signal<PageDoc | null>(page);
  const selection = new Selection({
    ...{ doc, shown: computed(() => doc.value), sizes: ROUGH },
    mayChange: () => true,
    tell: () => {},
  });
  const order = () => page.ordered().map(({ id }) => ids.indexOf(id));
  const take = (...which: number[]) => selection.select(which.map((n) => ids[n] ?? ""));
  return { page, ids, selection, order, take };
}

test("to the front and to the back, keeping the order within", () => {
  const { selection, order, take } = selectionOf(0, 10, 20, 30);
  take(2, 0);
  selection.toFront();
  expect(order()).toEqual([1, 3, 0, 2]);
  take(3, 2);
  selection.toBack();
  expect(order()).toEqual([3, 2, 1, 0]);
});

test("forward and backward pass the next one that is touched", () => {
  const { selection, order, take } = selectionOf(0, 1_000, 50, 20);
  take(0);
  selection.forward();
  expect(order()).toEqual([1, 2, 0, 3]);
  selection.forward();
  expect(order()).toEqual([1, 2, 3, 0]);
  selection.forward();
  expect(order()).toEqual([1, 2, 3, 0]);
  selection.backward();
  selection.backward();
  expect(order()).toEqual([1, 0, 2, 3]);
});

test("a new style goes to whatever has it, in one step of undo", () => {
  const { page, selection } = selectionOf(0);
  page.edit((edit) => {
    edit.insert({ t: "tex", x: 0, y: 0, s: 1, c: "#1d1c1a", src: "x" });
    edit.insert({ t: "img", x: 0, y: 0, w: 10, h: 10, asset: "a" });
  });
  selection.all();
  selection.restyle({ colour: "#c0392b", width: 8, fill: "#ffffff", size: 48 });
  const [box, formula, image] = page.ordered();
  expect(box).toMatchObject({ c: "#c0392b", sw: 8, fill: "#ffffff" });
  expect(formula).toMatchObject({ c: "#c0392b", m: [2, 0, 0, 2, 0, 0] });
  expect(image?.m).toEqual([1, 0, 0, 1, 0, 0]);
  expect(sharedStyle(selection.items().slice(0, 2))).toMatchObject({
    colour: "#c0392b",
    size: null,
  });
  page.undo();
  expect(page.ordered()[0]).toMatchObject({ c: "#1d1c1a", sw: 3 });
});

test("a copy survives the clipboard's text, anything else is refused", () => {
  const page = newPage();
  page.edit((edit) => {
    const d = pack([
      { x: 1, y: 2, p: 3 },
      { x: 9, y: 8, p: 7 },
    ]);
    const id = edit.insert({ t: "pen", c: "#1d1c1a", w: 4, o: 1, s: 0, d });
    edit.patch(id, { m: [1, 0, 0, 1, 5, 6] });
    const note = { t: "note" as const, x: 0, y: 0, w: 9, h: 9, c: "#fdeeb3", fs: 18 };
    edit.insert(note, { text: "words" });
  });
  const copied = copiedOf(page.ordered());
  expect(readCopied(writeCopied(copied))).toEqual(copied);
  expect(wordsOf(copied)).toBe("words");
  const broken = writeCopied(copied).replace("#fdeeb3", "red");
  for (const text of ["", "hello", "{}", '{"format":"classroom-board-1"}', broken])
    expect(readCopied(text)).toBeNull();
});

test("the camera keeps the point under the pointer and the page in sight", () => {
  const camera = { x: 10, y: 20, scale: 1 };
  const zoomed = zoomedAt(camera, 3, { x: 200, y: 100 });
  expect(toPage(zoomed, { x: 200, y: 100 })).toEqual({ x: 210, y: 120 });
  expect(zoomedAt(camera, 1e9, { x: 0, y: 0 }).scale).toBe(32);
  const size = { w: 800, h: 600 };
  const shown = viewOf(cameraShowing({ x: 0, y: 0, w: 1280, h: 720 }, size), size);
  expect([shown.x, shown.w]).toEqual([0, 1280]);
  expect(shown.y + shown.h / 2).toBeCloseTo(360);
  const far = keptInSight({ x: 9e4, y: -9e4, scale: 1 }, size, { x: 0, y: 0, w: 1280, h: 720 });
  expect([far.x, far.y]).toEqual([1280 - 64, -600 + 64]);
  expect(keptInSight({ x: 9e9, y: 0, scale: 1 }, size, null).x).toBe(900_000);
  expect(between(camera, zoomed, 1, size)).toEqual(zoomed);
  expect(between(camera, { ...camera, scale: 4 }, 0.5, size).scale).toBeCloseTo(2);
});

test("a ruler's edges turn with it, its rim belongs to the pen, its grips turn it", () => {
  const ruler = { ...newAid("ruler", { x: 100, y: 100 }), angle: Math.PI / 2 };
  const own = { x: 33, y: -7 };
  expect(toAid(ruler, fromAid(ruler, own)).x).toBeCloseTo(own.x);
  const [edge] = edgesOf(ruler);
  expect(edge && along(edge, { x: 500, y: 150 }).x).toBeCloseTo(136);
  expect(partAt(ruler, { x: 100, y: 100 }, 14)).toBe("body");
  expect(partAt(ruler, { x: 130, y: 100 }, 14)).toBeNull();
  expect(partAt(ruler, { x: 100, y: 100 + 370 }, 14)).toBe("turn_end");
  const level = newAid("ruler", { x: 0, y: 0 });
  expect(turned(level, "turn_end", { x: 100, y: 45 }, true).angle).toBeCloseTo(Math.PI / 6);
  expect(turned(level, "turn_start", { x: -100, y: 0 }, false).angle).toBeCloseTo(0);
  const disc = newAid("protractor", { x: 0, y: 0 });
  expect(partAt(disc, { x: 0, y: -100 }, 14)).toBe("body");
  expect(partAt(disc, { x: 0, y: 100 }, 14)).toBeNull();
  expect(turned(disc, "turn_end", { x: 230, y: -30 }, false).angle).toBeCloseTo(0);
});

test("styles stay within what a page takes, and are remembered", () => {
  const { pen } = firstStyles();
  expect(soundStyle(pen, { width: 1e9, colour: "red", opacity: -1 })).toMatchObject({
    ...{ width: 200, colour: pen.colour, opacity: 0.05 },
  });
  const storage = { getItem: () => '{"pen":{"width":7},"hl":"x"}' } as unknown as Storage;
  expect(storedStyles(storage).pen.width).toBe(7);
  expect(storedStyles({ getItem: () => "no json" } as unknown as Storage)).toEqual(firstStyles());
  const kept = new Map<string, string>();
  const both = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
  } as unknown as Storage;
  const red = firstStyles("screen");
  expect(red.pen.colour).not.toBe(pen.colour);
  storeStyles({ ...red, pen: { ...red.pen, width: 12 } }, both, "screen");
  expect(storedStyles(both, "screen").pen.width).toBe(12);
  expect(storedStyles(both).pen).toEqual(pen);
  expect(inkOf("somebody")).toBe(inkOf("somebody"));
  expect(inkOf("somebody")).not.toBe("#1d1c1a");
});

test("larger letters widen a text's box, so that its lines break where they did", () => {
  const { page, selection } = selectionOf();
  const text = { t: "text" as const, ...{ x: 0, y: 0, w: 120, h: 32, c: "#1d1c1a", fs: 24 } };
  let id = "";
  page.edit((edit) => {
    id = edit.insert(text, { text: "ten letters" });
  });
  selection.select([id]);
  selection.restyle({ size: 36 });
  expect(page.items.get(id)).toMatchObject({ fs: 36, w: 180 });
});

test("what can be set is offered also where the items differ in it", () => {
  const { page, selection, take } = selectionOf(0, 10);
  take(0);
  selection.restyle({ colour: "#c0392b", fill: "#ffffff" });
  const knobs = knobsOf(page.ordered());
  expect(sharedStyle(page.ordered()).colour).toBe(null);
  expect([...knobs]).toEqual(["colour", "width", "dash", "fill"]);
  expect(knobsOf([]).size).toBe(0);
});
