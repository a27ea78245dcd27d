import { expect, it } from "vitest";
import { pack, unpack } from "../points";
import { packedBounds, packedLine, packedRows, walk } from "./packed";
import { seeded } from "./sample_items";

function randomStroke(seed: number) {
  const next = seeded(seed);
  return Array.from({ length: 1 + Math.floor(next() * 60) }, () => ({
    x: Math.round((next() - 0.5) * 16_000) / 8,
    y: Math.round((next() - 0.5) * 16_000) / 8,
    p: Math.floor(next() * 256),
  }));
}

it("reads the same points as the objects are made of", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const packed = pack(randomStroke(seed));
    const seen: { x: number; y: number; p: number }[] = [];
    walk(packed, (x, y, p) => seen.push({ x, y, p }));
    expect(seen).toEqual(unpack(packed));
    expect(packedRows(packed)).toEqual(seen.map(({ x, y, p }) => [x, y, p / 255]));
    expect(packedLine(packed)).toEqual(seen.flatMap(({ x, y }) => [x, y]));
  }
});

it("finds the bounds without the points", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const points = randomStroke(seed);
    const [xs, ys] = [points.map((one) => one.x), points.map((one) => one.y)];
    const { x, y, w, h } = packedBounds(pack(points));
    expect([x, y, x + w, y + h]).toEqual([
      Math.min(...xs),
      Math.min(...ys),
      Math.max(...xs),
      Math.max(...ys),
    ]);
  }
});

it("thins a line but keeps its ends", () => {
  const points = Array.from({ length: 101 }, (_, x) => ({ x, y: 0, p: 0 }));
  expect(packedLine(pack(points), 40)).toEqual([0, 0, 40, 0, 80, 0, 100, 0]);
});

it("stops at the last whole point of broken bytes, and reads no newer version", () => {
  const packed = pack([
    { x: 1, y: 2, p: 3 },
    { x: 400, y: 2, p: 3 },
  ]);
  expect(packedLine(packed.slice(0, packed.length - 1))).toEqual([1, 2]);
  expect(packedLine(Uint8Array.of(2, 8, 8, 8))).toEqual([]);
  expect(packedBounds(new Uint8Array())).toEqual({ x: 0, y: 0, w: 0, h: 0 });
});
