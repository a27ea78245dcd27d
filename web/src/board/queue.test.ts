import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { UpdateQueue } from "./queue";
import { firstClock, isCovered, splitUpdate } from "./queue_split";

/** The updates of some steps on a document of client 5. */
function updatesOf(...steps: ((map: Y.Map<unknown>, doc: Y.Doc) => void)[]) {
  const doc = new Y.Doc();
  doc.clientID = 5;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const step of steps) doc.transact(() => step(doc.getMap("el"), doc));
  return { doc, updates };
}

const small = (n: number) => new Uint8Array([n]);
const fill = (map: Y.Map<unknown>) => {
  for (let n = 0; n < 300; n += 1) map.set(`k${n}`, { d: new Uint8Array(100).fill(n) });
};

describe("what is not saved yet", () => {
  it("is numbered, sent once, and kept until it is on disk", () => {
    const queue = new UpdateQueue();
    for (const n of [1, 2, 3]) queue.add(small(n));
    expect([queue.take()?.no, queue.take()?.no]).toEqual([1, 2]);
    queue.acknowledge(1);
    expect([queue.size, queue.take()?.no, queue.take()]).toEqual([2, 3, null]);
    queue.rewind();
    expect(queue.take()).toEqual({ no: 2, update: small(2) });
    queue.acknowledge(3);
    expect([queue.size, queue.hasUnsent]).toEqual([0, false]);
    queue.add(small(4));
    expect(queue.take()?.no).toBe(4);
    queue.acknowledge(2);
    expect(queue.size).toBe(1);
  });

  it("begins at 1 again when it was given up", () => {
    const queue = new UpdateQueue();
    queue.add(small(1));
    queue.add(small(2));
    expect(queue.clear()).toBe(2);
    queue.add(small(3));
    expect(queue.take()).toEqual({ no: 1, update: small(3) });
  });
});

describe("a large update", () => {
  it("is split into parts that fit and say the same in order", () => {
    const { doc, updates } = updatesOf(fill, (map, doc) => {
      for (let n = 0; n < 300; n += 2) map.set(`k${n}`, { d: new Uint8Array(90).fill(n) });
      for (let n = 1; n < 300; n += 3) map.delete(`k${n}`);
      const words = new Y.Text("words");
      doc.getMap("tx").set("t", words);
      words.insert(5, " and more");
    });
    const reader = new Y.Doc();
    let parts = 0;
    for (const update of updates) {
      for (const part of splitUpdate(update, 4_000)) {
        parts += 1;
        expect(part.length).toBeLessThanOrEqual(4_000);
        const known = Y.encodeStateVector(reader);
        const from = firstClock(part, 5);
        expect(from ?? 0).toBeLessThanOrEqual(Y.decodeStateVector(known).get(5) ?? 0);
        Y.applyUpdate(reader, part);
      }
    }
    expect(parts).toBeGreaterThan(8);
    expect(reader.getMap("el").toJSON()).toEqual(doc.getMap("el").toJSON());
    expect(reader.getMap("tx").toJSON()).toEqual({ t: "words and more" });
    expect(Y.encodeStateVector(reader)).toEqual(Y.encodeStateVector(doc));
  });

  it("of deletions alone is split as well", () => {
    const { doc, updates } = updatesOf(fill, (map) => {
      for (let n = 0; n < 300; n += 2) map.delete(`k${n}`);
    });
    const [written, erased] = updates;
    if (!written || !erased) throw new Error("two updates were made");
    const reader = new Y.Doc();
    Y.applyUpdate(reader, written);
    const parts = splitUpdate(erased, 200);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(200);
      Y.applyUpdate(reader, part);
    }
    expect(reader.getMap("el").toJSON()).toEqual(doc.getMap("el").toJSON());
  });

  it("stays as it is when it fits", () => {
    const { updates } = updatesOf(fill);
    const [update = new Uint8Array()] = updates;
    expect(splitUpdate(update, update.length)).toEqual([update]);
  });
});

it("what the server has is told by its vector, but never an erasure", () => {
  const { updates } = updatesOf(
    (map) => map.set("a", 1),
    (map) => map.set("b", 1),
    (map) => map.delete("a"),
  );
  const [first = small(0), second = small(0), erasure = small(0)] = updates;
  const vector = new Map([[5, 1]]);
  expect([first, second, erasure].map((update) => isCovered(update, vector))).toEqual([
    true,
    false,
    false,
  ]);
  expect([first, second, erasure].map((update) => firstClock(update, 5))).toEqual([0, 1, null]);
});
