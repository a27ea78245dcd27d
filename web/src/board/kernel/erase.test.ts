import { expect, it } from "vitest";
import type { InkPoint } from "../model";
import { toSegment } from "./distance";
import { eraseInk, isTouched } from "./erase";
import { scaling } from "./matrix";
import { ink, item, seeded } from "./sample_items";

const level = ink(
  Array.from({ length: 11 }, (_, at) => [at * 10, 0, at * 20] as const),
  { w: 2 },
);
const at = (x: number, y: number, radius: number) => ({ from: { x, y }, to: { x, y }, radius });
const ends = (fragment: readonly InkPoint[] | undefined) => [fragment?.[0]?.x, fragment?.at(-1)?.x];

it("leaves what it does not touch", () => {
  expect(eraseInk(level, at(50, 30, 10))).toBeNull();
  expect(isTouched(level, at(50, 30, 10))).toBe(false);
});

it("cuts a stroke in two, in order, with its pressure", () => {
  const fragments = eraseInk(level, at(50, 0, 9)) ?? [];
  expect(fragments).toHaveLength(2);
  const [left, right] = fragments;
  expect(ends(left)[0]).toBe(0);
  expect(ends(left)[1]).toBeCloseTo(40, 3);
  expect(ends(right)[0]).toBeCloseTo(60, 3);
  expect(ends(right)[1]).toBe(100);
  for (const { x, p } of fragments.flat()) expect(Math.abs(p - x * 2)).toBeLessThanOrEqual(1);
});

it("gives no fragment of a stroke erased whole, not even dust", () => {
  expect(eraseInk(level, { from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, radius: 5 })).toEqual([]);
  expect(eraseInk(ink([[5, 5]]), at(5, 5, 3))).toEqual([]);
  expect(eraseInk(ink([[5, 5]]), at(50, 5, 3))).toBeNull();
});

it("shortens a stroke at its end", () => {
  const fragments = eraseInk(level, at(100, 0, 9)) ?? [];
  expect(fragments.map(ends)).toEqual([[0, expect.closeTo(90, 3)]]);
});

it("cuts in the middle of a long straight piece", () => {
  const line = ink(
    [
      [0, 0],
      [1000, 0],
    ],
    { w: 2 },
  );
  const fragments = eraseInk(line, at(500, 3, 5)) ?? [];
  expect(fragments).toHaveLength(2);
  expect(ends(fragments[0])[1]).toBeGreaterThan(493);
  expect(ends(fragments[0])[1]).toBeLessThan(496);
});

it("counts on the page: a scaled stroke is cut where it is seen", () => {
  const scaled = { ...level, m: scaling(2, 2) };
  const [left] = eraseInk(scaled, at(100, 0, 18)) ?? [];
  expect(ends(left)[1]).toBeCloseTo(40, 3);
});

it("leaves nothing under the eraser and loses nothing outside of it", () => {
  const next = seeded(11);
  for (let run = 0; run < 60; run++) {
    const points = Array.from({ length: 25 }, () => [next() * 200, next() * 200, 100] as const);
    const stroke = ink(points, { w: 3 });
    const path = {
      from: { x: next() * 200, y: next() * 200 },
      to: { x: next() * 200, y: next() * 200 },
      radius: 4 + next() * 20,
    };
    const fragments = eraseInk(stroke, path);
    const left = new Set((fragments ?? []).flat().map(({ x, y }) => `${x} ${y}`));
    for (const { x, y } of (fragments ?? []).flat()) {
      expect(toSegment({ x, y }, path.from, path.to)).toBeGreaterThanOrEqual(path.radius);
    }
    if (!fragments) continue;
    for (const [x, y] of points.map(([a, b]) => [Math.round(a * 8) / 8, Math.round(b * 8) / 8])) {
      const far = toSegment({ x: x ?? 0, y: y ?? 0 }, path.from, path.to) > path.radius + 3;
      if (far) expect(left.has(`${x} ${y}`)).toBe(true);
    }
  }
});

it("touches shapes along its whole way", () => {
  const box = item({
    t: "rect",
    x: 40,
    y: -50,
    w: 5,
    h: 100,
    c: "#000000",
    sw: 1,
    ds: 0,
    fill: "",
  });
  expect(isTouched(box, { from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, radius: 2 })).toBe(true);
  expect(isTouched(box, { from: { x: 0, y: 90 }, to: { x: 100, y: 90 }, radius: 2 })).toBe(false);
});
