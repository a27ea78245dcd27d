import { expect, it } from "vitest";
import { unpack } from "../points";
import { isInPolygon } from "./distance";
import { inkOutline, inkReach, type Outline, strokeOutline, traceOutline } from "./outline";
import { SvgPath } from "./path";
import { around } from "./rect";
import { ink } from "./sample_items";

const asPoints = (outline: Outline) => outline.map(([x = 0, y = 0]) => ({ x, y }));
const level = Array.from({ length: 30 }, (_, at) => [at * 4, 0, 128] as const);

it("draws a stroke as the golden one", () => {
  const path = new SvgPath();
  traceOutline(
    inkOutline(
      ink([
        [0, 0, 60],
        [10, 2, 128],
        [22, 9, 200],
        [30, 20, 255],
      ]),
    ),
    path,
  );
  expect(path.toString()).toMatchInlineSnapshot(
    `"M0.29 -1.44Q0.29 -1.44 3.65 -1.04Q7.01 -0.64 12.48 1.74Q17.95 4.12 25.05 11.01Q32.15 17.91 32.43 18.31Q32.71 18.7 32.84 19.17Q32.98 19.64 32.96 20.12Q32.94 20.61 32.76 21.06Q32.59 21.51 32.28 21.89Q31.97 22.26 31.56 22.52Q31.15 22.77 30.67 22.88Q30.2 22.99 29.72 22.95Q29.24 22.9 28.79 22.7Q28.35 22.5 27.99 22.18Q27.64 21.85 27.4 21.42Q27.17 20.99 27.08 20.52Q27 20.04 27.07 19.56Q27.14 19.08 27.37 18.65Q27.59 18.22 27.94 17.88Q28.28 17.54 28.72 17.33Q29.16 17.12 29.64 17.06Q30.12 17 30.6 17.1Q31.07 17.2 31.49 17.44Q31.91 17.69 32.23 18.05Q32.55 18.42 32.74 18.87Q32.92 19.32 32.95 19.8Q32.99 20.29 32.86 20.76Q32.74 21.22 32.47 21.63Q32.2 22.03 31.82 22.33Q31.44 22.63 30.98 22.79Q30.52 22.95 30.04 22.96Q29.55 22.97 29.09 22.82Q28.63 22.67 28.24 22.38Q27.85 22.09 27.85 22.09Q27.85 22.09 21.71 15.38Q15.58 8.66 10.88 5.97Q6.19 3.28 2.95 2.36Q-0.29 1.44 -0.46 1.39Q-0.63 1.33 -0.78 1.24Q-0.93 1.14 -1.05 1.02Q-1.17 0.89 -1.26 0.73Q-1.35 0.58 -1.4 0.41Q-1.45 0.24 -1.46 0.06Q-1.47 -0.11 -1.43 -0.29Q-1.4 -0.46 -1.32 -0.62Q-1.25 -0.78 -1.13 -0.92Q-1.02 -1.06 -0.88 -1.16Q-0.74 -1.27 -0.58 -1.34Q-0.41 -1.41 -0.24 -1.44Q-0.06 -1.47 0.11 -1.46Q0.29 -1.44 0.29 -1.44Z"`,
  );
});

it("is as wide as the pressure says, and not wider than its reach", () => {
  const heights = [0, 128, 255].map((p) => {
    const stroke = ink(
      level.map(([x, y]) => [x, y, p] as const),
      { w: 10 },
    );
    return around(asPoints(inkOutline(stroke)).filter(({ x }) => x > 30 && x < 80)).h;
  });
  expect(heights[0]).toBeCloseTo(5, 0);
  expect(heights[1]).toBeCloseTo(10, 0);
  expect(heights[2]).toBeCloseTo(15, 0);
  expect(Math.max(...heights)).toBeLessThanOrEqual(2 * inkReach({ t: "pen", w: 10, s: 0 }));
});

it("keeps a highlighter at one width whatever the pressure", () => {
  for (const p of [0, 255]) {
    const stroke = ink(
      level.map(([x, y]) => [x, y, p] as const),
      { t: "hl", w: 20 },
    );
    const { h } = around(asPoints(inkOutline(stroke)));
    expect(h).toBeCloseTo(20.4, 3);
    expect(h).toBeLessThanOrEqual(2 * inkReach(stroke) + 1e-9);
  }
});

it("makes a dot of a single point", () => {
  const dot = asPoints(inkOutline(ink([[50, 50, 128]], { w: 8 })));
  expect(isInPolygon({ x: 50, y: 50 }, dot)).toBe(true);
  expect(around(dot).w).toBeCloseTo(8, 0);
});

it("ends as the stored stroke does when it is done", () => {
  const stroke = ink(level, { w: 6 });
  expect(strokeOutline(unpack(stroke.d), stroke, true)).toEqual(inkOutline(stroke));
  expect(strokeOutline([], stroke)).toEqual([]);
});
