import { describe, expect, it } from "vitest";
import type { Matrix } from "../model";
import { pack } from "../points";
import { boundsOf } from "./bounds";
import { isHit, isInside, isWithin } from "./hit";
import { apply, multiply, rotation, scaling, translation } from "./matrix";
import { inkOutline } from "./outline";
import { around, contains } from "./rect";
import { ink, item, seeded } from "./sample_items";

const rect = {
  t: "rect",
  x: 0,
  y: 0,
  w: 100,
  h: 50,
  c: "#000000",
  sw: 2,
  ds: 0,
  fill: "",
} as const;

describe("bounds", () => {
  it("hold everything that is painted, turned and stretched", () => {
    const next = seeded(5);
    for (let run = 0; run < 50; run++) {
      const points = Array.from(
        { length: 20 },
        () => [next() * 200, next() * 200, Math.floor(next() * 256)] as const,
      );
      const m = multiply(rotation(next() * 6), scaling(0.3 + next(), 0.3 + next()));
      const stroke = ink(points, { m, w: 1 + next() * 20 });
      const painted = inkOutline(stroke).map(([x = 0, y = 0]) => apply(m, { x, y }));
      const bounds = boundsOf(stroke);
      const slack = { x: bounds.x - 2, y: bounds.y - 2, w: bounds.w + 4, h: bounds.h + 4 };
      expect(contains(slack, around(painted))).toBe(true);
    }
  });

  it("count the width of strokes and the head of an arrow", () => {
    expect(boundsOf(item({ ...rect, sw: 5 }))).toEqual({ x: -3, y: -3, w: 106, h: 56 });
    const arrow = item({ t: "arrow", x: 0, y: 0, w: 100, h: 0, c: "#000000", sw: 2, ds: 0 });
    expect(boundsOf(arrow).h).toBeGreaterThan(8);
  });

  it("grow with the words that overflow a box, and use a formula's size once it is known", () => {
    const words = { t: "text", x: 0, y: 0, w: 60, h: 26, c: "#000000", fs: 20 } as const;
    const short = boundsOf(item({ ...words, text: "a" })).h;
    expect(boundsOf(item({ ...words, text: "one two three four" })).h).toBeGreaterThan(short + 40);
    const tex = item({ t: "tex", x: 0, y: 0, s: 2, c: "#000000", src: "x" });
    const sizes = { formula: () => ({ w: 30, h: 40 }), words: () => 0 };
    expect(boundsOf(tex, sizes)).toEqual({ x: -1, y: -1, w: 62, h: 82 });
  });
});

describe("hit", () => {
  it("takes a hollow shape on its line and a filled one anywhere", () => {
    const hollow = item(rect);
    expect(isHit(hollow, { x: 50, y: 1 }, 3)).toBe(true);
    expect(isHit(hollow, { x: 50, y: 25 }, 3)).toBe(false);
    expect(isHit(item({ ...rect, fill: "#ffffff" }), { x: 50, y: 25 }, 3)).toBe(true);
    const ellipse = item({ ...rect, t: "ell" });
    expect(isHit(ellipse, { x: 100, y: 25 }, 2)).toBe(true);
    expect(isHit(ellipse, { x: 2, y: 2 }, 2)).toBe(false);
    expect(isHit(ellipse, { x: 50, y: 25 }, 2)).toBe(false);
    expect(isHit(item({ ...rect, t: "ell", fill: "#ffffff" }), { x: 50, y: 25 }, 2)).toBe(true);
  });

  it("takes a line by its distance, width included", () => {
    const line = item({ t: "line", x: 0, y: 0, w: 100, h: 100, c: "#000000", sw: 10, ds: 0 });
    expect(isHit(line, { x: 55, y: 50 }, 0)).toBe(true);
    expect(isHit(line, { x: 70, y: 50 }, 2)).toBe(false);
    expect(isHit(line, { x: 70, y: 50 }, 12)).toBe(true);
  });

  it("takes a triangle on its closing side", () => {
    const corners = [
      { x: 0, y: 0, p: 0 },
      { x: 100, y: 0, p: 0 },
      { x: 0, y: 100, p: 0 },
    ];
    const shape = { t: "poly", d: pack(corners), c: "#000000", sw: 2, ds: 0, fill: "" } as const;
    expect(isHit(item(shape), { x: 0, y: 50 }, 2)).toBe(true);
    expect(isHit(item(shape), { x: 20, y: 20 }, 2)).toBe(false);
    expect(isHit(item({ ...shape, fill: "#ffffff" }), { x: 20, y: 20 }, 2)).toBe(true);
  });

  it("follows an item that was turned, scaled and moved", () => {
    const m: Matrix = multiply(
      translation(300, 40),
      multiply(rotation(Math.PI / 2), scaling(2, 2)),
    );
    const stroke = ink(
      [
        [0, 0],
        [100, 0],
      ],
      { m },
    );
    expect(isHit(stroke, apply(m, { x: 50, y: 0 }), 1)).toBe(true);
    expect(isHit(stroke, { x: 50, y: 0 }, 1)).toBe(false);
    expect(isHit(stroke, { x: 303.9, y: 140 }, 0)).toBe(true);
    expect(isHit(stroke, { x: 306, y: 140 }, 0)).toBe(false);
    expect(isHit(stroke, { x: 306, y: 140 }, 3)).toBe(true);
    expect(isHit({ ...stroke, m: [0, 0, 0, 0, 5, 5] }, { x: 5, y: 5 }, 1)).toBe(false);
  });
});

describe("lasso and frame", () => {
  const square = (x: number, y: number, side: number) => [
    { x, y },
    { x: x + side, y },
    { x: x + side, y: y + side },
    { x, y: y + side },
  ];

  it("takes what lies in it for the most part", () => {
    const stroke = ink(Array.from({ length: 10 }, (_, at) => [at * 10, 0] as const));
    expect(isInside(stroke, square(-5, -5, 200))).toBe(true);
    expect(isInside(stroke, square(-5, -5, 80))).toBe(true);
    expect(isInside(stroke, square(-5, -5, 50))).toBe(false);
    expect(isInside(stroke, square(-5, -5, 200).slice(0, 2))).toBe(false);
  });

  it("does not take a shape by its hollow, and follows its matrix", () => {
    expect(isInside(item(rect), square(30, 10, 20))).toBe(false);
    const moved = item({ ...rect, m: translation(1000, 0) });
    expect(isInside(moved, square(990, -10, 150))).toBe(true);
    expect(isInside(moved, square(-10, -10, 150))).toBe(false);
  });

  it("takes only what a frame holds whole", () => {
    expect(isWithin(item(rect), { x: -5, y: -5, w: 120, h: 70 })).toBe(true);
    expect(isWithin(item(rect), { x: 0, y: 0, w: 100, h: 50 })).toBe(false);
  });
});
