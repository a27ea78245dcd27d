import { describe, expect, it } from "vitest";
import { item, SampleDoc } from "../kernel/sample_items";
import type { Item } from "../model";
import { page } from "../view_testing";
import { clipToPage, fitCamera, viewOf } from "./camera_fit";
import { bandsOf, brightness, isOver, LASER_MS } from "./laser_trail";
import { itemsOnTop } from "./page_changes";
import { spacingAt } from "./paper";

describe("laser", () => {
  const trail = (ages: number[]) => ages.map((age, x) => ({ x, y: 0, at: 5_000 - age }));

  it("fades within a second, and without fading stays until it is gone", () => {
    const [point] = trail([250]);
    if (!point) throw new Error("a trail has points");
    expect(brightness(point, 5_000, true)).toBeCloseTo(0.75, 9);
    expect(brightness(point, 5_000, false)).toBe(1);
    for (const fades of [true, false]) expect(brightness(point, 5_750, fades)).toBe(0);
  });

  it("is over a second after its last point", () => {
    const points = trail([900, 100]);
    expect(isOver({ points, colour: "#c0392b" }, 5_000)).toBe(false);
    expect(isOver({ points, colour: "#c0392b" }, 4_900 + LASER_MS)).toBe(true);
    expect(isOver({ points: [], colour: "#c0392b" }, 0)).toBe(true);
  });

  it("is drawn in bands that join", () => {
    const bands = bandsOf(trail([880, 850, 420, 410, 20, 0]), 5_000, true);
    expect(bands.map((band) => band.points.map((point) => point.x))).toEqual([
      [0, 1],
      [1, 2, 3],
      [3, 4, 5],
    ]);
    expect(bandsOf(trail([880, 0]), 5_000, false)).toHaveLength(1);
  });
});

describe("camera", () => {
  it("shows a page whole, in the middle, with a margin", () => {
    const page = { x: 0, y: 0, w: 1280, h: 720 };
    const size = { w: 1328, h: 1000 };
    const camera = fitCamera(page, size);
    expect(camera).toEqual({ x: -24, y: -140, scale: 1 });
    expect(viewOf(camera, size)).toEqual({ x: -24, y: -140, w: 1328, h: 1000 });
    const tiny = fitCamera({ x: 5, y: 5, w: 0, h: 0 }, { w: 0, h: 0 });
    expect(Object.values(tiny).every(Number.isFinite)).toBe(true);
  });

  it("sees of a sized page only what lies on it", () => {
    const facts = page("p", { width: 100, height: 50 });
    const view = { x: -10, y: -10, w: 60, h: 30 };
    expect(clipToPage(view, facts)).toEqual({ x: 0, y: 0, w: 50, h: 20 });
    expect(clipToPage({ ...view, x: 200 }, facts)).toBeNull();
    expect(clipToPage(view, { ...facts, width: null, height: null })).toEqual(view);
  });
});

describe("paper", () => {
  it("draws no lines closer than the eye can part", () => {
    expect(spacingAt(32, 1)).toBe(32);
    expect(spacingAt(10, 0.1) * 0.1).toBeGreaterThanOrEqual(7);
  });
});

describe("new items", () => {
  const at = (id: string, z: string): Item =>
    item({ t: "rect", id, z, x: 0, y: 0, w: 1, h: 1, c: "#000000", sw: 1, ds: 0, fill: "" });
  const doc = new SampleDoc([at("1-1", "a1"), at("1-2", "a2"), at("1-3", "a3")]);
  const ids = (added: string[]) => itemsOnTop(doc, added).map((one) => one.id);

  it("are painted over the picture only when they lie above everything", () => {
    expect(ids(["1-3"])).toEqual(["1-3"]);
    expect(ids(["1-3", "1-2"])).toEqual(["1-2", "1-3"]);
    expect(ids(["1-2"])).toEqual([]);
    expect(ids([])).toEqual([]);
  });
});
