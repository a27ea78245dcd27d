/** Line, arrow, rectangle, ellipse, polygon, text, note, formula and laser. */
import { expect, test } from "vitest";
import { newAid } from "../aids";
import { unpack } from "../points";
import { LaserTool } from "./laser";
import { PolygonTool } from "./polygon";
import { ShapeTool } from "./shape";
import { DeskTwin, drag, touch } from "./testing";
import { WritingTool } from "./writing";

test("a line goes from press to release and may run backwards", () => {
  const desk = new DeskTwin();
  desk.styles.line = { ...desk.styles.line, dash: 1, width: 5, colour: "#c0392b" };
  drag(new ShapeTool(desk, "line"), [
    [100, 100],
    [40, 60],
  ]);
  const look = { c: "#c0392b", sw: 5, ds: 1 };
  expect(desk.only).toMatchObject({ t: "line", x: 100, y: 100, w: -60, h: -40, ...look });
});

test("Shift keeps an arrow to steps of 45 degrees", () => {
  const desk = new DeskTwin();
  drag(
    new ShapeTool(desk, "arrow"),
    [
      [0, 0],
      [100, 8],
    ],
    { shift: true },
  );
  expect(desk.only).toMatchObject({ t: "arrow", w: 100, h: 0 });
  const other = new DeskTwin();
  drag(
    new ShapeTool(other, "arrow"),
    [
      [0, 0],
      [60, 80],
    ],
    { shift: true },
  );
  expect(other.only).toMatchObject({ w: 70, h: 70 });
});

test("a rectangle has a positive size in every direction", () => {
  const desk = new DeskTwin();
  drag(new ShapeTool(desk, "rect"), [
    [100, 100],
    [40, 130],
  ]);
  expect(desk.only).toMatchObject({ t: "rect", x: 40, y: 100, w: 60, h: 30, fill: "" });
});

test("Shift makes squares and circles, Alt draws from the middle", () => {
  const square = new DeskTwin();
  drag(
    new ShapeTool(square, "rect"),
    [
      [100, 100],
      [40, 130],
    ],
    { shift: true },
  );
  expect(square.only).toMatchObject({ x: 40, y: 100, w: 60, h: 60 });
  const circle = new DeskTwin();
  drag(
    new ShapeTool(circle, "ell"),
    [
      [100, 100],
      [130, 110],
    ],
    { shift: true, alt: true },
  );
  expect(circle.only).toMatchObject({ t: "ell", x: 70, y: 70, w: 60, h: 60 });
});

test("a click draws no shape", () => {
  const desk = new DeskTwin();
  drag(new ShapeTool(desk, "rect"), [
    [100, 100],
    [101, 101],
  ]);
  expect([desk.page.items.size, desk.live.shapes.size]).toEqual([0, 0]);
});

test("a line that begins at the ruler's edge stays on it, one that ends there is pulled", () => {
  const desk = new DeskTwin();
  desk.aidOnPage = newAid("ruler", { x: 500, y: 300 });
  drag(new ShapeTool(desk, "line"), [
    [300, 340],
    [600, 380],
  ]);
  expect(desk.only).toMatchObject({ x: 300, y: 336, w: 300, h: 0 });
  desk.page.undo();
  drag(new ShapeTool(desk, "line"), [
    [500, 600],
    [500, 342],
  ]);
  expect(desk.only).toMatchObject({ x: 500, y: 600, w: 0, h: -264 });
});

const click = (tool: PolygonTool, x: number, y: number, clicks = 1) => {
  tool.down(touch(x, y, { clicks }));
  tool.up();
};

test("a polygon closes on Enter, on a double click and on its first corner", () => {
  for (const close of [
    (tool: PolygonTool) => tool.finish(),
    (tool: PolygonTool) => click(tool, 50, 80, 2),
    (tool: PolygonTool) => click(tool, 2, 1),
  ]) {
    const desk = new DeskTwin();
    const tool = new PolygonTool(desk);
    click(tool, 0, 0);
    click(tool, 100, 0);
    tool.hover(touch(70, 70));
    click(tool, 50, 80);
    expect(desk.page.items.size).toBe(0);
    close(tool);
    const item = desk.only;
    expect(item.t === "poly" && unpack(item.d)).toEqual([
      { x: 0, y: 0, p: 0 },
      { x: 100, y: 0, p: 0 },
      { x: 50, y: 80, p: 0 },
    ]);
    expect([tool.isBusy, desk.live.shapes.size, desk.previews.size]).toEqual([false, 0, 0]);
  }
});

test("two corners are no polygon, and Escape drops what there is", () => {
  const desk = new DeskTwin();
  const tool = new PolygonTool(desk);
  click(tool, 0, 0);
  click(tool, 100, 0);
  expect(tool.finish()).toBe(false);
  tool.cancel();
  expect([desk.page.items.size, tool.isBusy, desk.live.shapes.size]).toEqual([0, false, 0]);
});

test("a click opens the editor on what is written there, otherwise on something new", () => {
  const desk = new DeskTwin();
  const look = { c: "#1d1c1a", fs: 24 };
  desk.page.edit((edit) => {
    edit.insert({ t: "text", x: 100, y: 100, w: 200, h: 40, ...look }, { text: "a" });
  });
  const { id } = desk.only;
  drag(new WritingTool(desk, "text"), [[150, 120]]);
  drag(new WritingTool(desk, "text"), [[500, 500]]);
  expect(desk.edited).toEqual([id]);
  expect(desk.written).toEqual([{ kind: "text", at: { x: 500, y: 500 }, box: null }]);
});

test("a drag gives the width, and others' notes are not opened", () => {
  const desk = new DeskTwin();
  drag(new WritingTool(desk, "note"), [
    [300, 300],
    [100, 200],
  ]);
  expect(desk.written[0]).toMatchObject({ box: { x: 100, y: 200, w: 200, h: 100 } });
  expect(desk.live.shapes.size).toBe(0);
});

test("the laser shows a trail, sends at most thirty times a second and stores nothing", () => {
  const desk = new DeskTwin();
  const laser = new LaserTool(desk);
  laser.down(touch(0, 0, { at: 0 }));
  for (let n = 1; n <= 10; n += 1) laser.move([touch(n, n, { at: n * 8 })]);
  expect(desk.lasers.length).toBe(3);
  laser.up();
  expect(desk.lasers.flat()).toHaveLength(11);
  expect(desk.live.trails.get("own")?.points).toHaveLength(11);
  laser.down(touch(0, 0, { at: 5_000 }));
  expect(desk.live.trails.get("own")?.points).toHaveLength(1);
  expect(desk.page.items.size).toBe(0);
});
