/** The eraser: whole and in parts, one step of undo, and only what one may change. */
import { expect, test } from "vitest";
import { pack, unpack } from "../points";
import { EraserTool } from "./eraser";
import { DeskTwin, drag, join, newPage, OTHER, touch } from "./testing";

const ink = (y: number) => ({
  t: "pen" as const,
  c: "#1d1c1a",
  w: 4,
  o: 1,
  s: 1 as const,
  d: pack(Array.from({ length: 21 }, (_, n) => ({ x: n * 10, y, p: 128 }))),
});

function deskWith(...lines: number[]) {
  const desk = new DeskTwin();
  desk.page.edit((edit) => {
    for (const y of lines) edit.insert(ink(y));
  });
  return desk;
}

const spans = (desk: DeskTwin) =>
  desk.page.ordered().map((item) => {
    const points = "d" in item ? unpack(item.d) : [];
    return [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  });

test("in parts it cuts ink in two, and one undo makes it whole again", () => {
  const desk = deskWith(0);
  const before = desk.only;
  drag(new EraserTool(desk), [
    [100, -40],
    [100, 40],
  ]);
  const [left, right] = spans(desk);
  expect(desk.page.items.size).toBe(2);
  expect(left?.[0]).toBe(0);
  expect(left?.[1]).toBeLessThan(100 - 14);
  expect(right?.[0]).toBeGreaterThan(100 + 14);
  expect(right?.[1]).toBe(200);
  for (const item of desk.page.ordered()) expect(item).toMatchObject({ z: before.z, c: "#1d1c1a" });
  desk.page.undo();
  expect(desk.only).toEqual(before);
});

test("one drag over several strokes is one step of undo", () => {
  const desk = deskWith(0, 50, 100);
  drag(new EraserTool(desk), [
    [50, -30],
    [50, 60],
    [50, 130],
    [150, 130],
    [150, -30],
  ]);
  expect(desk.page.items.size).toBe(9);
  desk.page.undo();
  expect(desk.page.items.size).toBe(3);
});

test("what is left is shown, what is cut is hidden, until it is let go", () => {
  const desk = deskWith(0);
  const { id } = desk.only;
  const eraser = new EraserTool(desk);
  eraser.down(touch(100, 0));
  expect([...desk.hidden]).toEqual([id]);
  expect([...desk.live.shapes.keys()]).toHaveLength(3);
  expect(desk.page.items.size).toBe(1);
  eraser.cancel();
  expect([desk.hidden.size, desk.live.shapes.size]).toEqual([0, 0]);
  expect(desk.only.id).toBe(id);
});

test("a moved stroke is cut where it lies now, and its pieces lie there too", () => {
  const desk = deskWith(0);
  desk.page.edit((edit) => edit.patch(desk.only.id, { m: [1, 0, 0, 1, 1000, 500] }));
  drag(new EraserTool(desk), [
    [100, -40],
    [100, 40],
  ]);
  expect(desk.page.items.size).toBe(1);
  drag(new EraserTool(desk), [
    [1100, 460],
    [1100, 540],
  ]);
  expect(desk.page.items.size).toBe(2);
  for (const item of desk.page.ordered()) expect(item.m).toEqual([1, 0, 0, 1, 1000, 500]);
});

test("whole takes the stroke, and shapes go whole in both ways", () => {
  const desk = deskWith(0);
  desk.styles.eraser = { ...desk.styles.eraser, eraser: "whole" };
  drag(new EraserTool(desk), [
    [100, -40],
    [100, 40],
  ]);
  expect(desk.page.items.size).toBe(0);
  const parts = new DeskTwin();
  parts.page.edit((edit) => {
    edit.insert({ t: "line", x: 0, y: 0, w: 200, h: 0, c: "#1d1c1a", sw: 3, ds: 0 });
  });
  drag(new EraserTool(parts), [
    [100, -40],
    [100, 40],
  ]);
  expect(parts.page.items.size).toBe(0);
});

test("the circle has one size on the screen at every zoom", () => {
  const desk = deskWith(0);
  desk.zoom = 4;
  drag(new EraserTool(desk), [
    [100, -40],
    [100, 40],
  ]);
  const [left, right] = spans(desk);
  expect((right?.[0] ?? 0) - (left?.[1] ?? 0)).toBeLessThan(20);
});

test("with one's own pen others' ink stays, and that is said", () => {
  const theirs = newPage(OTHER);
  const mine = newPage();
  join(mine, theirs);
  theirs.edit((edit) => edit.insert(ink(0)));
  mine.edit((edit) => edit.insert(ink(50)));
  const desk = new DeskTwin(mine);
  desk.pen = "own";
  drag(new EraserTool(desk), [
    [100, -20],
    [100, 20],
  ]);
  expect([desk.page.items.size, desk.told]).toEqual([2, ["item.foreign"]]);
  drag(new EraserTool(desk), [
    [100, -20],
    [100, 70],
  ]);
  expect(desk.page.items.size).toBe(3);
  expect(desk.page.ordered().filter((item) => item.by === OTHER)).toHaveLength(1);
  desk.page.undo();
  expect(theirs.items.size).toBe(2);
});

test("what somebody erased meanwhile does not come back in pieces", () => {
  const theirs = newPage(OTHER);
  const mine = newPage();
  join(mine, theirs);
  mine.edit((edit) => edit.insert(ink(0)));
  const desk = new DeskTwin(mine);
  const eraser = new EraserTool(desk);
  eraser.down(touch(100, 0));
  theirs.edit((edit) => edit.remove(desk.only.id));
  eraser.up();
  expect(desk.page.items.size).toBe(0);
});

test("what one may no longer change when the eraser is lifted stays", () => {
  const theirs = newPage(OTHER);
  const mine = newPage();
  join(mine, theirs);
  theirs.edit((edit) => edit.insert(ink(0)));
  const desk = new DeskTwin(mine);
  const eraser = new EraserTool(desk);
  eraser.down(touch(100, 0));
  desk.pen = "own";
  eraser.up();
  expect([desk.only.by, desk.hidden.size]).toEqual([OTHER, 0]);
});
