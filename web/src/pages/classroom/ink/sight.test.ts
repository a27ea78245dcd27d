import { describe, expect, it } from "vitest";
import { pictureRect } from "./sight";

describe("where the picture lies in its frame", () => {
  it("fills it when both have one shape", () => {
    expect(pictureRect({ width: 1600, height: 900 }, 16 / 9)).toEqual({
      x: 0,
      y: 0,
      w: 1600,
      h: 900,
    });
  });

  it("leaves the same margin on two sides otherwise", () => {
    expect(pictureRect({ width: 1000, height: 900 }, 2)).toEqual({ x: 0, y: 200, w: 1000, h: 500 });
    expect(pictureRect({ width: 1000, height: 400 }, 0.5)).toEqual({
      x: 400,
      y: 0,
      w: 200,
      h: 400,
    });
  });

  it("is nowhere before its size is known", () => {
    for (const [width, height, ratio] of [
      [0, 900, 1],
      [900, 0, 1],
      [900, 900, Number.NaN],
      [900, 900, 0],
    ] as const) {
      expect(pictureRect({ width, height }, ratio)).toEqual({ x: 0, y: 0, w: 0, h: 0 });
    }
  });

  it("keeps a place of the picture at every size", () => {
    const place = (width: number, height: number) => {
      const rect = pictureRect({ width, height }, 1.6);
      const scale = rect.w / 1280;
      return [(rect.x + 640 * scale - rect.x) / rect.w, (400 * scale) / rect.h];
    };
    for (const [width, height] of [
      [1440, 900],
      [390, 300],
      [500, 1200],
    ] as const) {
      const [x, y] = place(width, height);
      expect(x).toBeCloseTo(0.5, 9);
      expect(y).toBeCloseTo(0.5, 9);
    }
  });
});
