import { expect, it } from "vitest";
import { IDENTITY, type Matrix } from "../model";
import { angleOf, apply, invert, multiply, rotation, scaling, translation } from "./matrix";
import { centre, corners } from "./rect";
import { seeded } from "./sample_items";
import { snapTo } from "./snap";
import {
  type Frame,
  frameCorners,
  handleAt,
  handlesOf,
  ROTATE_ARM,
  resize,
  resizedRect,
  rotate,
} from "./transform";

const RECT = { x: 10, y: 20, w: 100, h: 50 };
const PLAIN: Frame = { rect: RECT, m: IDENTITY };
const TURNED: Frame = { rect: RECT, m: multiply(translation(40, 5), rotation(0.7)) };

function expectNear(a: { x: number; y: number }, b: { x: number; y: number }) {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
}

it("undoes a matrix by its inverse", () => {
  const next = seeded(2);
  for (let run = 0; run < 30; run++) {
    const m = multiply(rotation(next() * 6, { x: 3, y: 4 }), scaling(0.5 + next(), 0.5 + next()));
    const point = { x: next() * 100, y: next() * 100 };
    expectNear(apply(invert(m) ?? IDENTITY, apply(m, point)), point);
  }
  expect(invert([1, 2, 2, 4, 0, 0])).toBeNull();
});

it("keeps the opposite corner while a corner follows the pointer", () => {
  const opposite = { nw: 2, ne: 3, se: 0, sw: 1 } as const;
  for (const frame of [PLAIN, TURNED]) {
    for (const [name, at] of Object.entries(opposite)) {
      const handle = name as keyof typeof opposite;
      const still = frameCorners(frame)[at] ?? { x: 0, y: 0 };
      const from = handlesOf(frame, 1).get(handle) ?? { x: 0, y: 0 };
      const outward = { x: 1.5 * (from.x - still.x), y: 1.5 * (from.y - still.y) };
      const to = { x: still.x + outward.x, y: still.y + outward.y };
      const m = resize(frame, handle, to);
      expectNear(apply(m, still), still);
      expectNear(apply(m, from), to);
    }
  }
});

it("moves only its own edge by an edge handle", () => {
  const m = resize(PLAIN, "e", { x: 160, y: 400 });
  expect(m).toEqual([1.5, 0, 0, 1, -5, 0]);
});

it("keeps the ratio, the middle, and a smallest size when asked", () => {
  const even = resize(PLAIN, "se", { x: 210, y: 80 }, { keepRatio: true });
  expect(even[0]).toBeCloseTo(even[3], 9);
  const middle = centre(RECT);
  expectNear(apply(resize(PLAIN, "se", { x: 200, y: 90 }, { fromCentre: true }), middle), middle);
  const tiny = resize(PLAIN, "se", { x: -500, y: -500 });
  expect(tiny[0] * RECT.w).toBeCloseTo(2, 6);
  expect(tiny[3] * RECT.h).toBeCloseTo(2, 6);
});

it("gives boxes their new width and height", () => {
  expect(resizedRect(PLAIN, "se", { x: 60, y: 120 })).toEqual({ x: 10, y: 20, w: 50, h: 100 });
  expect(resizedRect(PLAIN, "nw", { x: 60, y: 20 })).toEqual({ x: 60, y: 20, w: 50, h: 50 });
});

it("turns about the middle, snapped to whole 15 degrees of the frame", () => {
  const middle = centre(RECT);
  const start = { x: middle.x, y: middle.y - 100 };
  for (const frame of [PLAIN, TURNED]) {
    const about = apply(frame.m, middle);
    const from = apply(frame.m, start);
    const to = { x: about.x + 70, y: about.y - 40 };
    const snapped = multiply(rotate(frame, from, to, true), frame.m) as Matrix;
    const steps = (angleOf(snapped) * 180) / Math.PI / 15;
    expect(steps).toBeCloseTo(Math.round(steps), 6);
    expectNear(apply(rotate(frame, from, to), about), about);
  }
  const quarter = rotate(PLAIN, start, { x: middle.x + 5, y: middle.y });
  expect(angleOf(quarter)).toBeCloseTo(Math.PI / 2, 6);
});

it("finds the handle under a finger, corners before edges", () => {
  expect(handleAt(PLAIN, { x: 10, y: 20 }, 1)).toBe("nw");
  expect(handleAt(PLAIN, { x: 112, y: 46 }, 1)).toBe("e");
  expect(handleAt(PLAIN, { x: 60, y: 20 - ROTATE_ARM }, 1)).toBe("rotate");
  expect(handleAt(PLAIN, { x: 60, y: 46 }, 4)).toBeNull();
  const top = handlesOf(PLAIN, 2).get("rotate");
  expectNear(top ?? { x: 0, y: 0 }, { x: 60, y: 20 - ROTATE_ARM / 2 });
  expect(frameCorners(PLAIN)).toEqual(corners(RECT));
});

it("lines up with neighbours within reach, the nearest first", () => {
  const other = { x: 200, y: 300, w: 100, h: 40 };
  const snap = snapTo({ x: 203, y: 0, w: 50, h: 50 }, [other], 6);
  expect([snap.dx, snap.dy]).toEqual([-3, 0]);
  expect(snap.guides).toEqual([{ axis: "x", at: 200, from: 0, to: 340 }]);
  expect(snapTo({ x: 0, y: 0, w: 50, h: 50 }, [other], 6).guides).toEqual([]);
  expect(snapTo({ x: 223, y: 296, w: 50, h: 50 }, [other], 6)).toMatchObject({ dx: 2, dy: -1 });
});
