import { describe, expect, it } from "vitest";
import type { Item } from "../board/model";
import type { Sight } from "./pictures";
import { Still } from "./still";
import { Tape } from "./tape";
import { Raster, rasterPorts } from "./testing/raster";

const DOC = "p/1";
const SIGHT: Sight = { camera: { x: 0, y: 0, scale: 1 }, ratio: 1, w: 96, h: 64 };
const LIMITS = { most: 6, bytes: 1e9 };

function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Boxes that come, move, go, and come below others. */
function tapeOf(count: number, seed: number): Tape {
  const chance = chanceOf(seed);
  const tape = new Tape();
  const whole = (most: number) => Math.floor(chance() * most);
  const boxAt = (at: number) => ({
    ...{ t: "rect", by: "a", at: at + 1, c: "#000000", sw: 1, ds: 0, fill: "#000000" },
    ...{ x: whole(90), y: whole(60), w: 2 + whole(12), h: 2 + whole(8) },
    z: String(whole(1000)).padStart(4, "0"),
  });
  for (let at = 0; at < count; at += 1) {
    const ms = at * 10;
    tape.add({ ms, doc: DOC, by: "a", put: { [`i${at}`]: boxAt(at) } });
    if (chance() < 0.15) tape.add({ ms, doc: DOC, by: "a", gone: [`i${whole(at + 1)}`] });
    if (chance() < 0.15) {
      const moved = whole(at + 1);
      tape.add({ ms, doc: DOC, by: "a", put: { [`i${moved}`]: boxAt(moved) } });
    }
  }
  return tape;
}

function paintedNow(still: Still, sight: Sight): Int32Array {
  const screen = new Raster(sight.w, sight.h);
  still.draw(screen as unknown as CanvasRenderingContext2D, sight);
  return screen.pixels;
}

/** The same from nothing. */
function anew(items: readonly Item[], { camera, w, h }: Sight): Int32Array {
  const screen = new Raster(w, h);
  screen.setTransform(camera.scale, 0, 0, camera.scale, -camera.x, -camera.y);
  for (const item of items) {
    if ("w" in item && "h" in item) screen.item({ ...item, w: item.w, h: item.h }, item.at);
  }
  return screen.pixels;
}

function apart(a: Int32Array, b: Int32Array): number {
  return a.reduce((sum, value, at) => sum + (value === b[at] ? 0 : 1), 0);
}

describe("the picture of a moment", () => {
  it.each([1, 2, 3, 4, 5])(
    "is the one painted from nothing, however one came there (%i)",
    (seed) => {
      const chance = chanceOf(seed + 100);
      const tape = tapeOf(900, seed);
      const ports = rasterPorts();
      const still = new Still(ports, LIMITS);
      still.show(tape.versions(DOC));
      let sight = SIGHT;
      still.look(sight);
      for (let turn = 0; turn < 25; turn += 1) {
        if (turn === 10) ports.rest();
        if (turn % 7 === 3) {
          const { camera } = sight;
          sight = { ...sight, camera: { ...camera, x: camera.x + 5, y: camera.y - 3 } };
          still.look(sight);
        }
        const ms = Math.floor(chance() * 9_500);
        still.seek(ms);
        while (still.isWorking) still.work(5);
        expect(apart(paintedNow(still, sight), anew(tape.itemsAt(DOC, ms), sight))).toBe(0);
      }
    },
  );

  it("is never far from one that is kept", () => {
    const tape = tapeOf(3_000, 9);
    const ports = rasterPorts();
    const still = new Still(ports, { most: 12, bytes: 1e9 });
    still.show(tape.versions(DOC));
    still.look(SIGHT);
    still.seek(0);
    while (still.isWorking) still.work(100);
    ports.rest();
    expect(still.isPrepared).toBe(true);
    still.seek(29_000);
    for (const raster of ports.rasters) raster.painted = 0;
    const before = ports.now();
    still.seek(1_000);
    expect(still.isWorking).toBe(false);
    expect(ports.now() - before).toBeLessThan(1_500);
  });

  it("stays while the right one is painted in slices, and stands without a change", () => {
    const tape = tapeOf(4_000, 3);
    const still = new Still(rasterPorts(), LIMITS);
    still.show(tape.versions(DOC));
    still.look(SIGHT);
    still.work(100);
    expect(still.seek(39_000)).toBe("coming");
    expect(still.work(1)).toBe(false);
    while (still.isWorking) still.work(100);
    expect(still.seek(39_000)).toBe("same");
    const zoomed = { ...SIGHT, camera: { x: 10, y: 10, scale: 2 } };
    still.look(zoomed);
    expect(still.isWorking).toBe(true);
    expect(paintedNow(still, SIGHT).some((value) => value !== 0)).toBe(true);
  });
});
