/** Pen and highlighter: what is written, shown, sent, and dropped. */
import { expect, test } from "vitest";
import { newAid } from "../aids";
import { PACKED_BYTES, unpack } from "../points";
import { InkTool } from "./ink";
import { DeskTwin, drag, touch } from "./testing";

const points = (d: Uint8Array) => unpack(d).map(({ x, y, p }) => [x, y, p]);

test("a stroke is one item with its points, shown meanwhile and not afterwards", () => {
  const desk = new DeskTwin();
  const pen = new InkTool(desk, "pen");
  pen.down(touch(10, 10));
  pen.move([touch(20, 10), touch(30, 15)], [touch(40, 20)]);
  expect(desk.page.items.size).toBe(0);
  const shown = desk.live.shapes.get("own");
  expect(shown?.kind === "ink" && [shown.points.length, shown.predicted?.length]).toEqual([3, 1]);
  expect(desk.previews.size).toBe(1);
  const [key] = desk.previews.keys();
  pen.up();
  const { only } = desk;
  expect(only).toMatchObject({ id: key, t: "pen", c: "#1d1c1a", w: 4, o: 1, s: 1, by: "me" });
  expect("d" in only && points(only.d)).toEqual([
    [10, 10, 128],
    [20, 10, 128],
    [30, 15, 128],
  ]);
  expect([desk.live.shapes.size, desk.previews.size]).toEqual([0, 0]);
});

test("predicted points are never written", () => {
  const desk = new DeskTwin();
  const pen = new InkTool(desk, "pen");
  pen.down(touch(0, 0));
  pen.move([touch(5, 0)], [touch(500, 500)]);
  pen.up();
  expect("d" in desk.only && points(desk.only.d)).toHaveLength(2);
});

test("a stylus leaves its pressure, a dead sensor an even stroke", () => {
  const desk = new DeskTwin();
  const pen = new InkTool(desk, "pen");
  pen.down(touch(0, 0, { pressure: 0 }));
  pen.move([touch(5, 0, { pressure: 0.2 }), touch(10, 0, { pressure: 1 })], []);
  pen.up();
  expect(desk.only).toMatchObject({ s: 0 });
  expect("d" in desk.only && points(desk.only.d).map(([, , p]) => p)).toEqual([128, 51, 255]);
  const other = new DeskTwin();
  drag(
    new InkTool(other, "pen"),
    [
      [0, 0],
      [5, 0],
      [9, 0],
    ],
    { pressure: 0.5 },
  );
  expect(other.only).toMatchObject({ s: 1 });
});

test("a press without a move is a dot", () => {
  const desk = new DeskTwin();
  drag(new InkTool(desk, "pen"), [[3, 4]]);
  expect("d" in desk.only && points(desk.only.d)).toEqual([[3, 4, 128]]);
});

test("the highlighter is broad and lets the page through", () => {
  const desk = new DeskTwin();
  drag(new InkTool(desk, "hl"), [
    [0, 0],
    [50, 0],
  ]);
  expect(desk.only).toMatchObject({ t: "hl", w: 20, o: 0.45 });
});

test("a long stroke becomes several items and one step of undo", () => {
  const desk = new DeskTwin();
  const pen = new InkTool(desk, "pen");
  pen.down(touch(0, 0));
  for (let n = 1; n < 9_000; n += 1) pen.move([touch((n % 90) * 11, (n % 70) * 10)], []);
  pen.up();
  const items = desk.page.ordered();
  expect(items.length).toBeGreaterThan(1);
  for (const item of items) expect("d" in item && item.d.length).toBeLessThanOrEqual(PACKED_BYTES);
  desk.page.undo();
  expect(desk.page.items.size).toBe(0);
});

test("a cancelled stroke leaves nothing, and nothing to undo", () => {
  const desk = new DeskTwin();
  const pen = new InkTool(desk, "pen");
  pen.down(touch(0, 0));
  pen.move([touch(9, 9)], []);
  pen.cancel();
  pen.up();
  expect([desk.page.items.size, desk.page.mayUndo]).toEqual([0, false]);
  expect([desk.live.shapes.size, desk.previews.size]).toEqual([0, 0]);
});

test("without the pen nothing happens", () => {
  const desk = new DeskTwin();
  desk.pen = "none";
  drag(new InkTool(desk, "pen"), [
    [0, 0],
    [5, 5],
  ]);
  expect(desk.page.items.size).toBe(0);
});

test("ink that begins at the ruler's edge runs along it, ink elsewhere does not", () => {
  const desk = new DeskTwin();
  desk.aidOnPage = newAid("ruler", { x: 500, y: 300 });
  const top = 300 - 36;
  drag(new InkTool(desk, "pen"), [
    [300, top - 6],
    [400, top - 30],
    [600, top + 20],
  ]);
  const first = desk.page.ordered()[0];
  expect(first && "d" in first && points(first.d).map(([x, y]) => [x, y])).toEqual([
    [300, top],
    [400, top],
    [600, top],
  ]);
  drag(new InkTool(desk, "pen"), [
    [300, top - 60],
    [400, top - 3],
  ]);
  const second = desk.page.ordered()[1];
  expect(second && "d" in second && points(second.d)[1]?.[1]).toBe(top - 3);
});

test("along the protractor's arc a stroke keeps the radius", () => {
  const desk = new DeskTwin();
  desk.aidOnPage = newAid("protractor", { x: 0, y: 0 });
  drag(new InkTool(desk, "pen"), [
    [0, -265],
    [100, -250],
    [300, 300],
  ]);
  const d = "d" in desk.only ? desk.only.d : new Uint8Array();
  for (const [x = 0, y = 0] of points(d)) expect(Math.hypot(x, y)).toBeCloseTo(260, 0);
  expect(points(d).at(-1)?.slice(0, 2)).toEqual([260, 0]);
});
