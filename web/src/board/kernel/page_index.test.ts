import { expect, it } from "vitest";
import type { Item } from "../model";
import { compareOrder } from "../order";
import { boundsOf } from "./bounds";
import { isHit } from "./hit";
import { translation } from "./matrix";
import { PageIndex } from "./page_index";
import { meets } from "./rect";
import { ink, item, SampleDoc, seeded } from "./sample_items";

function randomItem(next: () => number, id: string): Item {
  const [x, y] = [next() * 1000, next() * 700];
  const z = `a${Math.floor(next() * 50)}`;
  if (next() < 0.5) {
    const points = Array.from(
      { length: 8 },
      () => [x + next() * 60, y + next() * 60, 128] as const,
    );
    return ink(points, { id, z, m: translation(next() * 50, 0) });
  }
  const box = { x, y, w: next() * 80, h: next() * 80, c: "#000000", sw: 2, ds: 0, fill: "" };
  return item({ t: "rect", id, z, ...box });
}

function scan(doc: SampleDoc, query: { x: number; y: number; w: number; h: number }): string[] {
  return [...doc.items.values()]
    .filter((one) => meets(boundsOf(one), query))
    .sort(compareOrder)
    .map((one) => one.id);
}

it("finds what a scan of all items finds, through any changes", () => {
  const next = seeded(42);
  const doc = new SampleDoc(Array.from({ length: 150 }, (_, at) => randomItem(next, `1-${at}`)));
  const index = new PageIndex(doc);
  for (let step = 0; step < 200; step++) {
    const some = [...doc.items.keys()][Math.floor(next() * doc.items.size)] ?? "1-0";
    const kind = next();
    if (kind < 0.4) doc.put(randomItem(next, `2-${step}`));
    else if (kind < 0.7) doc.put(randomItem(next, some));
    else doc.take(some);
    const query = { x: next() * 1000, y: next() * 700, w: next() * 300, h: next() * 300 };
    expect(index.search(query).map((one) => one.id)).toEqual(scan(doc, query));
    expect(index.count(query)).toBe(scan(doc, query).length);
    const point = { x: next() * 1000, y: next() * 700 };
    const hits = doc.ordered().filter((one) => isHit(one, point, 10));
    expect(index.allAt(point, 10).map((one) => one.id)).toEqual(
      hits.map((one) => one.id).reverse(),
    );
    expect(index.at(point, 10)?.id).toBe(hits.at(-1)?.id);
  }
});

it("tells where things lay and lie, and stops when it is given up", () => {
  const box = { t: "rect", w: 10, h: 10, c: "#000000", sw: 1, ds: 0, fill: "" } as const;
  const doc = new SampleDoc([item({ ...box, x: 0, y: 0 })]);
  const index = new PageIndex(doc);
  const seen: string[][] = [];
  index.onChange(({ dirty }) => seen.push(dirty.map(({ id, rect }) => `${id}@${rect.x}`)));
  doc.put(item({ ...box, x: 100, y: 0 }));
  expect(seen).toEqual([["1-1@-1", "1-1@99"]]);
  expect(index.bounds).toEqual({ x: 99, y: -1, w: 12, h: 12 });
  doc.take("1-1");
  expect(seen[1]).toEqual(["1-1@99"]);
  expect(index.bounds).toBeNull();
  index.destroy();
  doc.put(item({ ...box, x: 5, y: 0 }));
  expect(seen).toHaveLength(2);
});

it("measures anew what has got another size", () => {
  let size: { w: number; h: number } | null = null;
  const doc = new SampleDoc([item({ t: "tex", x: 0, y: 0, s: 1, c: "#000000", src: "x" })]);
  const index = new PageIndex(doc, { formula: () => size, words: () => 0 });
  size = { w: 500, h: 20 };
  index.refresh(["1-1"]);
  expect(index.boundsOf("1-1")).toEqual({ x: -1, y: -1, w: 502, h: 22 });
});
