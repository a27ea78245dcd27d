import { describe, expect, it } from "vitest";
import golden from "../../../tests/corpus/items.json";
import { toBase64 } from "../board/file_base64";
import type { Item } from "../board/model";
import { bytes, hex } from "../board/testing/hex";
import { Moments } from "./moments";
import { merged } from "./places";
import { readTape, type TapeLine } from "./tape";

const DOC = "p1/1";

function pen(z: string, more: object = {}) {
  return { t: "pen", by: "ann", at: 1, z, c: "#000000", w: 3, o: 1, s: 0, d: "AaAA", ...more };
}

function tapeOf(...lines: Omit<TapeLine, "doc">[]) {
  return readTape(lines.map((line) => JSON.stringify({ doc: DOC, ...line })).join("\n"));
}

function idsAt(tape: ReturnType<typeof readTape>, ms: number): string[] {
  return tape.itemsAt(DOC, ms).map(({ id }) => id);
}

describe("tape", () => {
  it("says what lies on a page at a moment, lowest first", () => {
    const tape = tapeOf(
      { ms: 10, by: "ann", put: { b: pen("b") } },
      { ms: 20, by: "ann", put: { a: pen("a") } },
      { ms: 30, by: "ann", gone: ["b"] },
    );
    expect(idsAt(tape, 9)).toEqual([]);
    expect(idsAt(tape, 10)).toEqual(["b"]);
    expect(idsAt(tape, 25)).toEqual(["a", "b"]);
    expect(idsAt(tape, 30)).toEqual(["a"]);
  });

  it("keeps the bytes of a stroke that was only moved", () => {
    const tape = tapeOf(
      { ms: 10, by: "ann", put: { a: pen("a") } },
      { ms: 20, by: "ann", put: { a: pen("a", { m: [1, 0, 0, 1, 5, 5] }) } },
    );
    const [before] = tape.itemsAt(DOC, 15) as [Item & { d: Uint8Array }];
    const [after] = tape.itemsAt(DOC, 25) as [Item & { d: Uint8Array }];
    expect(after.m).toEqual([1, 0, 0, 1, 5, 5]);
    expect(after.d).toBe(before.d);
    expect([...after.d]).toEqual([1, 160, 0]);
  });

  it("takes away with a base what its owner has not any more, and nothing of others", () => {
    const tape = tapeOf(
      { ms: 10, by: "ann", put: { a: pen("a"), b: pen("b") } },
      { ms: 11, by: "ben", put: { c: pen("c", { by: "ben" }) } },
      { ms: 20, by: "ann", base: true, items: { b: pen("b") } },
    );
    expect(idsAt(tape, 20)).toEqual(["b", "c"]);
    // What a base only says again is no new version: nothing is painted anew for it.
    expect(tape.versions(DOC).filter(({ item }) => item.id === "b")).toHaveLength(1);
  });

  it("takes a base in several lines as one, so that nothing blinks", () => {
    const tape = tapeOf(
      { ms: 10, by: "ann", put: { a: pen("a"), b: pen("b") } },
      { ms: 20, by: "ann", base: true, items: {} },
      { ms: 25, by: "ann", put: { a: pen("a") } },
      { ms: 26, by: "ann", put: { b: pen("b", { c: "#ff0000" }) } },
    );
    expect(idsAt(tape, 22)).toEqual(["a"]);
    expect(idsAt(tape, 26)).toEqual(["a", "b"]);
    expect(tape.versions(DOC)).toHaveLength(3);
  });

  it("passes over lines and items that it cannot read", () => {
    const tape = readTape(
      `{"index": 1}\nnonsense\n{"ms":5,"doc":"${DOC}","put":{"a":{"t":"hologram"},"b":{"t":"pen","d":"%"}}}\n`,
    );
    expect(tape.itemsAt(DOC, 9)).toEqual([]);
  });

  it("takes no item that the board would not have taken", () => {
    const tape = tapeOf({
      ms: 5,
      by: "ann",
      put: {
        a: pen("a", { w: 1e9 }),
        b: pen("b", { c: "red;background:url(x)" }),
        c: pen("c", { m: [1, 0, 0, 1, 0, Number.MAX_VALUE] }),
        d: { ...pen("d"), t: "img", x: 0, y: 0, w: 9, h: 9, asset: "ann~ink~photo" },
      },
    });
    expect(idsAt(tape, 9)).toEqual(["c", "d"]);
    expect(tape.itemsAt(DOC, 9)[0]?.m).toEqual([1, 0, 0, 1, 0, 0]);
    expect(tape.itemsAt(DOC, 9)[1]).toMatchObject({ asset: "ann~ink~photo" });
  });

  it("has every item as the client puts it together", () => {
    for (const { name, item } of golden) {
      const { id, d, ...rest } = item as Record<string, unknown>;
      const written = typeof d === "string" ? { ...rest, d: toBase64(bytes(d)) } : rest;
      const tape = tapeOf({ ms: 1, by: "ann", put: { [String(id)]: written } });
      const [read] = tape.itemsAt(DOC, 1) as (Item & { d?: Uint8Array })[];
      expect(read?.id, name).toBe(id);
      if (typeof d === "string") expect(hex(read?.d ?? new Uint8Array()), name).toBe(d);
      expect({ ...read, d: undefined, id: undefined }, name).toEqual({ ...rest, d: undefined });
    }
    expect(golden.length).toBeGreaterThan(10);
  });
});

describe("moments", () => {
  const tape = tapeOf(
    { ms: 10, by: "ann", put: { a: pen("a") } },
    { ms: 20, by: "ann", put: { c: pen("c") } },
    { ms: 30, by: "ann", put: { b: pen("b") } },
    { ms: 40, by: "ann", gone: ["a"] },
    { ms: 50, by: "ann", put: { d: pen("d") } },
  );
  const moments = new Moments(tape.versions(DOC));
  const names = (list: number[]) => list.map((at) => moments.versions[at]?.item.id);

  it("paints over the picture what came above everything that stays", () => {
    const step = moments.step(10, 25);
    expect(names(step.onTop)).toEqual(["c"]);
    expect(step.under).toEqual([]);
  });

  it("paints a place anew where something came below, or went", () => {
    const step = moments.step(25, 55);
    expect(names(step.onTop)).toEqual(["d"]);
    expect(names(step.under)).toEqual(["b"]);
    expect(names(step.removed)).toEqual(["a"]);
  });

  it("goes back as it goes on", () => {
    expect(names(moments.step(55, 25).removed)).toEqual(["b", "d"]);
    expect(names(moments.step(55, 25).under)).toEqual(["a"]);
  });

  it("brings any moment to any other", () => {
    const times = [null, 5, 10, 20, 30, 45, 60];
    for (const from of times) {
      for (const to of times) {
        const { onTop, under, removed } = moments.step(from, to);
        const there = new Set(from === null ? [] : moments.alive(from));
        for (const at of removed) expect(there.delete(at)).toBe(true);
        for (const at of [...under, ...onTop]) there.add(at);
        expect([...there].sort()).toEqual(to === null ? [] : moments.alive(to).sort());
      }
    }
  });

  it("counts what came and went between two moments", () => {
    expect(moments.changes(10, 20)).toBe(1);
    expect(moments.changes(20, 10)).toBe(1);
    expect(moments.changes(21, 29)).toBe(0);
    expect(moments.changes(0, 99)).toBe(5);
  });

  it("chooses moments with equally much between them", () => {
    expect(moments.shares(2)).toEqual([20, 40]);
    expect(new Moments([]).shares(12)).toEqual([]);
  });
});

describe("places", () => {
  it("become few that cover all of them and do not lie on each other", () => {
    const places = Array.from({ length: 200 }, (_, n) => ({
      ...{ x: (n * 37) % 1200, y: (n * 91) % 700 },
      ...{ w: 20, h: 10 },
    }));
    const few = merged(places);
    expect(few.length).toBeLessThanOrEqual(8);
    for (const { x, y, w, h } of places) {
      const isIn = few.some(
        (one) => one.x <= x && one.y <= y && one.x + one.w >= x + w && one.y + one.h >= y + h,
      );
      expect(isIn).toBe(true);
    }
  });

  it("stay apart where they are far from each other", () => {
    const [a, b] = [
      { x: 0, y: 0, w: 10, h: 10 },
      { x: 900, y: 600, w: 10, h: 10 },
    ];
    expect(merged([a, b])).toHaveLength(2);
    expect(merged([a, { ...a, x: 5 }])).toEqual([{ x: 0, y: 0, w: 15, h: 10 }]);
  });
});
