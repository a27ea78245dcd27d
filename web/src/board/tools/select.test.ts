/** Selecting, moving, resizing, turning, and whose items that may happen to. */
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Frame } from "../kernel/transform";
import { SelectTool } from "./select";
import { DeskTwin, drag, join, newPage, OTHER, touch } from "./testing";

const box = (x: number, y: number, more: object = {}) => ({
  t: "rect" as const,
  ...{ x, y, w: 100, h: 60, c: "#1d1c1a", sw: 3, ds: 0 as const, fill: "#ffffff" },
  ...more,
});

function deskWith(...places: [number, number][]) {
  const desk = new DeskTwin();
  const ids = places.map(([x, y]) => {
    let id = "";
    desk.page.edit((edit) => {
      id = edit.insert(box(x, y));
    });
    return id;
  });
  const frame = signal<Frame | null>(null);
  const tool = (how: "frame" | "lasso" = "frame") => new SelectTool(desk, { frame }, how);
  return { desk, ids, frame, tool };
}

test("a click selects, Shift adds and takes away, a click beside selects nothing", () => {
  const { desk, ids, tool } = deskWith([0, 0], [200, 0]);
  drag(tool(), [[50, 30]]);
  expect(desk.selection.value).toEqual([ids[0]]);
  drag(tool(), [[250, 30]], { shift: true });
  expect(desk.selection.value).toEqual(ids);
  drag(tool(), [[50, 30]], { shift: true });
  expect(desk.selection.value).toEqual([ids[1]]);
  drag(tool(), [[500, 500]]);
  expect(desk.selection.value).toEqual([]);
});

test("a frame takes what lies in it whole, a lasso what it goes round", () => {
  const { desk, ids, tool } = deskWith([0, 0], [200, 0], [400, 0]);
  drag(tool(), [
    [-20, -20],
    [100, 50],
    [330, 90],
  ]);
  expect(desk.selection.value).toEqual(ids.slice(0, 2));
  drag(tool("lasso"), [
    [180, -20],
    [320, -20],
    [320, 90],
    [180, 90],
  ]);
  expect(desk.selection.value).toEqual([ids[1]]);
  expect(desk.live.shapes.size).toBe(0);
});

test("a drag moves what is selected, once, and undo brings it back", () => {
  const { desk, ids, frame, tool } = deskWith([0, 0], [200, 0]);
  desk.selection.value = ids;
  const select = tool();
  select.down(touch(50, 30));
  select.move([touch(60, 35), touch(80, 50)]);
  expect([...desk.hidden]).toEqual(ids);
  expect([...desk.previews.values()][0]).toEqual({ kind: "move", ids, m: [1, 0, 0, 1, 30, 20] });
  expect(frame.value).not.toBeNull();
  select.up();
  for (const id of ids) expect(desk.page.items.get(id)?.m).toEqual([1, 0, 0, 1, 30, 20]);
  expect([desk.hidden.size, desk.previews.size, frame.value]).toEqual([0, 0, null]);
  desk.page.undo();
  for (const id of ids) expect(desk.page.items.get(id)?.m).toEqual([1, 0, 0, 1, 0, 0]);
});

test("a click on one of several selects it alone, Shift keeps a move to an axis", () => {
  const { desk, ids, tool } = deskWith([0, 0], [200, 0]);
  desk.selection.value = ids;
  drag(tool(), [[250, 30]]);
  expect(desk.selection.value).toEqual([ids[1]]);
  const select = tool();
  select.down(touch(250, 30));
  select.move([touch(290, 35, { shift: true })]);
  select.up();
  expect(desk.page.items.get(ids[1] ?? "")?.m).toEqual([1, 0, 0, 1, 40, 0]);
});

test("a handle resizes a box and leaves its line alone; Shift keeps the proportions", () => {
  const { desk, ids, tool } = deskWith([0, 0]);
  desk.selection.value = ids;
  drag(tool(), [
    [100, 60],
    [150, 120],
    [200, 180],
  ]);
  expect(desk.only).toMatchObject({ w: 200, h: 180, sw: 3, m: [1, 0, 0, 1, 0, 0] });
  desk.page.undo();
  drag(
    tool(),
    [
      [0, 0],
      [-50, 0],
      [-100, 10],
    ],
    { shift: true },
  );
  const item = desk.only;
  expect(item.t === "rect" && item.w / item.h).toBeCloseTo(100 / 60, 2);
  expect(item.m[4]).toBeCloseTo(-100, 1);
});

test("several items are stretched together", () => {
  const { desk, ids, tool } = deskWith([0, 0], [300, 0]);
  desk.selection.value = ids;
  const bounds = { right: 402, bottom: 62 };
  drag(tool(), [
    [bounds.right, bounds.bottom],
    [500, 100],
    [806, 126],
  ]);
  const [a = 0, , , d = 0] = desk.page.items.get(ids[0] ?? "")?.m ?? [];
  expect([a, d].map((value) => Math.round(value))).toEqual([2, 2]);
});

test("the knob turns; with Shift by whole fifteen degrees", () => {
  const { desk, ids, tool } = deskWith([0, 0]);
  desk.selection.value = ids;
  drag(
    tool(),
    [
      [50, -28],
      [80, -20],
      [110, 32],
    ],
    { shift: true },
  );
  const [a = 0, b = 0] = desk.only.m;
  expect((Math.atan2(b, a) * 180) / Math.PI).toBeCloseTo(90, 3);
});

test("a double click opens what has words", () => {
  const { desk, tool } = deskWith();
  desk.page.edit((edit) => {
    const look = { c: "#fdeeb3", fs: 18 };
    edit.insert({ t: "note", x: 0, y: 0, w: 200, h: 150, ...look }, { text: "a" });
  });
  const select = tool();
  drag(select, [[100, 75]]);
  drag(select, [[100, 75]], { clicks: 2 });
  expect(desk.edited).toEqual([desk.only.id]);
});

test("others' items can be looked at with one's own pen, and not moved", () => {
  const theirs = newPage(OTHER);
  const mine = newPage();
  join(mine, theirs);
  let foreign = "";
  theirs.edit((edit) => {
    foreign = edit.insert(box(0, 0));
  });
  let own = "";
  mine.edit((edit) => {
    own = edit.insert(box(200, 0));
  });
  const desk = new DeskTwin(mine);
  desk.pen = "own";
  const tool = new SelectTool(desk, { frame: signal<Frame | null>(null) }, "frame");
  tool.down(touch(50, 30));
  tool.move([touch(90, 90)]);
  expect([desk.hidden.size, desk.previews.size, desk.live.shapes.size]).toEqual([0, 0, 0]);
  tool.up();
  expect(desk.told).toEqual(["item.foreign"]);
  expect(desk.selection.value).toEqual([foreign]);
  drag(tool, [
    [100, 60],
    [150, 120],
  ]);
  expect(theirs.items.get(foreign)).toMatchObject({ w: 100, m: [1, 0, 0, 1, 0, 0] });
  drag(tool, [
    [-50, -50],
    [100, 50],
    [500, 300],
  ]);
  expect(desk.selection.value).toEqual([own]);
});

test("what was erased while it was dragged is not patched", () => {
  const { desk, ids, tool } = deskWith([0, 0], [200, 0]);
  desk.selection.value = ids;
  const select = tool();
  select.down(touch(50, 30));
  select.move([touch(80, 50)]);
  desk.page.edit((edit) => edit.remove(ids[0] ?? ""));
  select.up();
  expect(desk.page.ydoc.getMap("tf").has(ids[0] ?? "")).toBe(false);
  expect(desk.page.items.get(ids[1] ?? "")?.m[4]).toBe(30);
});
