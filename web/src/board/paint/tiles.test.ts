import { describe, expect, it } from "vitest";
import { meets } from "../kernel/rect";
import { seeded } from "../kernel/sample_items";
import { onScreen } from "./tile_draw";
import { keyOf, scaleOf, stepFor, TILE_BYTES, TILE_PX, tileRect, tilesIn } from "./tile_grid";
import { TileStore } from "./tile_store";
import { SETTLE_MS, ZoomStep } from "./zoom_step";

const id = (i: number, j = 0, k = 0) => ({ k, i, j });

describe("grid", () => {
  it("takes a step of zoom that is hardly coarser and not twice as fine as the screen", () => {
    for (let scale = 0.02; scale < 9; scale *= 1.07) {
      const share = scaleOf(stepFor(scale)) / scale;
      expect(share).toBeGreaterThan(0.96);
      expect(share).toBeLessThan(1.42);
    }
    expect(stepFor(1)).toBe(0);
  });

  it("gives the tiles that a rectangle touches, and no others", () => {
    const next = seeded(9);
    for (let run = 0; run < 40; run++) {
      const k = Math.floor(next() * 8) - 4;
      const rect = {
        x: (next() - 0.5) * 4000,
        y: (next() - 0.5) * 4000,
        w: 1 + next() * 3000,
        h: 1 + next() * 2000,
      };
      const tiles = tilesIn(rect, k);
      expect(new Set(tiles.map(keyOf)).size).toBe(tiles.length);
      for (const tile of tiles) expect(meets(tileRect(tile), rect)).toBe(true);
      const area = tiles.length * tileRect(id(0, 0, k)).w ** 2;
      expect(area).toBeGreaterThanOrEqual(rect.w * rect.h);
      const side = TILE_PX / scaleOf(k);
      expect(area).toBeLessThanOrEqual((rect.w + 2 * side) * (rect.h + 2 * side));
    }
  });

  it("begins in the middle of the view", () => {
    const tiles = tilesIn({ x: 0, y: 0, w: 5 * TILE_PX, h: TILE_PX }, 0);
    expect(tiles.map((tile) => tile.i)).toEqual([2, 1, 3, 0, 4]);
    expect(tilesIn({ x: 10, y: 10, w: 0, h: 0 }, 0)).toEqual([id(0)]);
  });

  it("leaves no seam: neighbours share their edges on the screen", () => {
    const blit = { camera: { x: 13.37, y: -4.2, scale: 0.873 }, ratio: 1.5 };
    for (let i = 0; i < 20; i++) {
      const left = onScreen(tileRect(id(i)), blit);
      const right = onScreen(tileRect(id(i + 1)), blit);
      expect(left.x + left.w).toBe(right.x);
    }
  });
});

describe("store", () => {
  it("knows fresh, rough and dirty tiles", () => {
    const store = new TileStore<string>(10 * TILE_BYTES);
    expect(store.isFresh(id(0))).toBe(false);
    store.put(id(0), "rough", true);
    expect(store.isFresh(id(0))).toBe(false);
    store.put(id(0), "fine", false);
    expect(store.isFresh(id(0))).toBe(true);
    store.put(id(1), null, false);
    expect(store.isFresh(id(1))).toBe(true);
    store.invalidate({ x: 500, y: 10, w: 5, h: 5 });
    expect([store.isFresh(id(0)), store.isFresh(id(1))]).toEqual([false, true]);
  });

  it("notes which part of each touched tile is out of date, at every step of zoom", () => {
    const store = new TileStore<string>(10 * TILE_BYTES);
    for (const tile of [id(0), id(1), id(0, 0, -2), id(5, 5)]) store.put(tile, "x", false);
    store.invalidate({ x: 500, y: 100, w: 40, h: 20 });
    expect(store.get(id(0))?.dirty).toEqual({ x: 500, y: 100, w: 12, h: 20 });
    expect(store.get(id(1))?.dirty).toEqual({ x: 512, y: 100, w: 28, h: 20 });
    expect(store.get(id(0, 0, -2))?.dirty).toEqual({ x: 500, y: 100, w: 40, h: 20 });
    expect(store.get(id(5, 5))?.dirty).toBeNull();
    store.invalidate({ x: 0, y: 0, w: 10, h: 10 });
    expect(store.get(id(0))?.dirty).toEqual({ x: 0, y: 0, w: 512, h: 120 });
  });

  it("forgets what was not looked at for longest, never what is needed", () => {
    const store = new TileStore<string>(3 * TILE_BYTES);
    for (let i = 0; i < 5; i++) store.put(id(i), `tile ${i}`, false);
    store.use(id(1));
    const gone = store.trim((tile) => tile.i === 0);
    expect(gone.map((tile) => tile.i)).toEqual([2, 3]);
    expect(store.bytes).toBe(3 * TILE_BYTES);
    for (let i = 0; i < 5; i++) store.put(id(i), `tile ${i}`, false);
    expect(store.trim(() => true)).toEqual([]);
  });

  it("counts empty tiles for nothing, up to a number", () => {
    const store = new TileStore<string>(TILE_BYTES);
    for (let i = 0; i < 2_050; i++) store.put(id(i), null, false);
    store.put(id(3_000), "kept", false);
    store.trim((tile) => tile.i === 3_000);
    expect(store.bytes).toBe(TILE_BYTES);
    expect(store.touching({ x: 0, y: 0, w: 1e7, h: 10 })).toHaveLength(2_000);
  });

  it("tells the steps of zoom that could stand in, the nearest first", () => {
    const store = new TileStore<string>(10 * TILE_BYTES);
    for (const k of [-4, 3, -1]) store.put(id(0, 0, k), "x", false);
    expect(store.stepsIn({ x: 0, y: 0, w: 100, h: 100 }, 0)).toEqual([-1, 3, -4]);
    expect(store.stepsIn({ x: -100, y: 0, w: 50, h: 100 }, 0)).toEqual([]);
  });
});

describe("step of zoom", () => {
  it("stays while the zoom is moving and follows when it has come to rest", () => {
    const step = new ZoomStep(() => {});
    expect(step.look(1, 0)).toBe(0);
    expect(step.look(2, 10)).toBe(0);
    expect(step.isMoving).toBe(true);
    expect(step.look(3, 100)).toBe(0);
    expect(step.look(3, 100 + SETTLE_MS)).toBe(stepFor(3));
    expect(step.isMoving).toBe(false);
    step.destroy();
  });

  it("takes the right step at once on a page not seen yet", () => {
    const step = new ZoomStep(() => {});
    step.look(1, 0);
    expect(step.look(0.1, 1, true)).toBe(stepFor(0.1));
    expect(step.isMoving).toBe(false);
    step.destroy();
  });
});
