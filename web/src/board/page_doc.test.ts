import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Change, Draft, Patch } from "./model";
import { YPage } from "./page_doc";
import { pack } from "./points";

/** Processor time, which a busy machine does not falsify; the types of Node are not installed. */
const { process } = globalThis as unknown as {
  process: { cpuUsage(since?: object): { user: number; system: number } };
};
const DOC = "board/page/0";
const d = pack([{ x: 1, y: 2, p: 128 }]);
const ink: Draft = { t: "pen", c: "#112233", w: 3, o: 1, d, s: 0 };
const note: Draft = { t: "note", x: 0, y: 0, w: 200, h: 100, c: "#ffee88", fs: 20 };

function pages() {
  const alice = new YPage(DOC, { author: "alice", clientId: 1 });
  const bob = new YPage(DOC, { author: "bob", clientId: 2 });
  alice.onUpdate((update) => bob.apply(update));
  bob.onUpdate((update) => alice.apply(update));
  return { alice, bob };
}

function insert(page: YPage, draft: Draft, options?: { text?: string; z?: string }): string {
  let id = "";
  page.edit((edit) => {
    id = edit.insert(draft, options);
  });
  return id;
}

const plain = (page: YPage) => JSON.stringify(page.ordered());

describe("what is removed in passing", () => {
  it("is gone for all and no step of ours", () => {
    const { alice, bob } = pages();
    const first = insert(alice, ink);
    const second = insert(alice, ink);
    alice.drop([first]);
    expect([...bob.items.keys()]).toEqual([second]);
    alice.undo();
    expect(bob.items.size).toBe(0);
    alice.redo();
    expect([...bob.items.keys()]).toEqual([second]);
    alice.drop([second]);
    expect([bob.items.size, alice.mayUndo, alice.mayRedo]).toEqual([0, false, false]);
  });
});

describe("items", () => {
  it("are the element, its patch and its words", () => {
    const { alice, bob } = pages();
    const id = insert(alice, note, { text: "two\nlines" });
    alice.edit((edit) => edit.patch(id, { m: [1, 0, 0, 1, 5, 6], bw: 300, c: "#000000" }));
    expect(bob.items.get(id)).toMatchObject({
      id,
      t: "note",
      by: "alice",
      w: 300,
      h: 100,
      c: "#000000",
      m: [1, 0, 0, 1, 5, 6],
      text: "two\nlines",
    });
    expect(plain(bob)).toBe(plain(alice));
  });

  it("take w of a patch as the width of their line", () => {
    const { alice } = pages();
    const pen = insert(alice, ink);
    const box = insert(alice, {
      ...{ t: "rect", x: 0, y: 0, w: 9, h: 9, c: "#000000", sw: 1, ds: 0, fill: "" },
    } as Draft);
    alice.edit((edit) => {
      edit.patch(pen, { w: 8 });
      edit.patch(box, { w: 8, bw: 50 });
    });
    expect(alice.items.get(pen)).toMatchObject({ w: 8 });
    expect(alice.items.get(box)).toMatchObject({ sw: 8, w: 50 });
  });

  it("keep what an earlier patch said and forget what is taken away", () => {
    const { alice } = pages();
    const id = insert(alice, ink);
    alice.edit((edit) => edit.patch(id, { w: 8 }));
    alice.edit((edit) => edit.patch(id, { c: "#ff0000" }));
    expect(alice.items.get(id)).toMatchObject({ w: 8, c: "#ff0000" });
    alice.edit((edit) => edit.patch(id, { w: undefined }));
    expect(alice.items.get(id)).toMatchObject({ w: 3, c: "#ff0000" });
  });

  it("skip what they do not know", () => {
    const { alice, bob } = pages();
    alice.ydoc.getMap("el").set("1-zz", { ...ink, t: "cube", by: "alice", at: 1, z: "a0" });
    alice.ydoc.getMap("el").set("1-zy", { ...ink, w: 1e9, by: "alice", at: 1, z: "a0" });
    expect(bob.items.size).toBe(0);
  });

  it("refuse a draft or a patch that the server would refuse", () => {
    const { alice } = pages();
    expect(() => insert(alice, { ...ink, w: 0 } as Draft)).toThrow(RangeError);
    const id = insert(alice, { ...ink, id: "x", text: "y" } as unknown as Draft);
    expect(alice.ydoc.getMap("el").get(id)).not.toHaveProperty("text");
    const wrong = { m: [1, 0, 0, 1, Number.NaN, 0] } as unknown as Patch;
    expect(() => alice.edit((edit) => edit.patch(id, wrong))).toThrow(RangeError);
  });
});

describe("changes", () => {
  it("are told once per transaction, with whose they are", () => {
    const { alice, bob } = pages();
    const seen: Change[] = [];
    bob.onChange((change) => seen.push(change));
    const id = insert(alice, note, { text: "a" });
    alice.edit((edit) => edit.setText(id, "ab"));
    alice.edit((edit) => edit.remove(id));
    insert(bob, ink);
    expect(seen).toEqual([
      { added: [id], changed: [], removed: [], local: false },
      { added: [], changed: [id], removed: [], local: false },
      { added: [], changed: [], removed: [id], local: false },
      { added: ["2-1"], changed: [], removed: [], local: true },
    ]);
    expect([...alice.ydoc.getMap("tx").keys()]).toEqual([]);
  });

  it("tell nothing when nothing changes", () => {
    const { alice } = pages();
    const id = insert(alice, note, { text: "same" });
    const seen: unknown[] = [];
    alice.onChange((change) => seen.push(change));
    alice.onUpdate((update) => seen.push(update));
    alice.edit((edit) => edit.patch(id, {}));
    alice.edit((edit) => edit.setText(id, "same"));
    alice.edit((edit) => edit.patch("1-9", {}));
    expect(seen).toEqual([]);
  });
});

describe("order", () => {
  it("puts each insert above all others, within a step and after it", () => {
    const { alice } = pages();
    const ids: string[] = [];
    alice.edit((edit) => {
      for (let n = 0; n < 5; n += 1) ids.push(edit.insert(ink));
    });
    ids.push(insert(alice, ink));
    expect(alice.ordered().map((item) => item.id)).toEqual(ids);
    const bottom = insert(alice, ink, { z: alice.orderBelow() });
    expect(alice.ordered()[0]?.id).toBe(bottom);
  });

  it("follows patches and removals", () => {
    const { alice, bob } = pages();
    const ids = [insert(alice, ink), insert(alice, ink), insert(alice, ink)];
    const before = bob.ordered();
    alice.edit((edit) => edit.patch(ids[0] ?? "", { z: alice.orderAbove() }));
    expect(bob.ordered().map((item) => item.id)).toEqual([ids[1], ids[2], ids[0]]);
    alice.edit((edit) => edit.remove(ids[2] ?? ""));
    expect(bob.ordered().map((item) => item.id)).toEqual([ids[1], ids[0]]);
    expect(before.map((item) => item.id)).toEqual(ids);
  });
});

describe("text", () => {
  it("merges what two people write at once", () => {
    const alice = new YPage(DOC, { author: "alice", clientId: 1 });
    const bob = new YPage(DOC, { author: "bob", clientId: 2 });
    const id = insert(alice, note, { text: "the cat" });
    bob.apply(Y.encodeStateAsUpdate(alice.ydoc));
    alice.edit((edit) => edit.setText(id, "the black cat"));
    bob.edit((edit) => edit.setText(id, "the cat sleeps"));
    alice.apply(Y.encodeStateAsUpdate(bob.ydoc));
    bob.apply(Y.encodeStateAsUpdate(alice.ydoc));
    expect(alice.items.get(id)?.text).toBe("the black cat sleeps");
    expect(plain(bob)).toBe(plain(alice));
  });

  it("never cuts a character in two", () => {
    const { alice, bob } = pages();
    const id = insert(alice, note, { text: "a😀b" });
    alice.edit((edit) => edit.setText(id, "a😁b"));
    expect(bob.items.get(id)?.text).toBe("a😁b");
    alice.edit((edit) => edit.setText(id, "a\ud83db"));
    expect(bob.items.get(id)?.text).toBe("a\ufffdb");
    alice.edit((edit) => edit.setText(id, `${"x".repeat(4_999)}😀`));
    expect(bob.items.get(id)?.text).toBe("x".repeat(4_999));
  });
});

describe("undo", () => {
  it("takes back only one's own steps, one at a time", () => {
    const { alice, bob } = pages();
    const first = insert(alice, ink);
    const his = insert(bob, ink);
    const second = insert(alice, note, { text: "words" });
    alice.edit((edit) => edit.patch(his, { w: 9 }));
    alice.undo();
    expect(bob.items.get(his)).toMatchObject({ w: 3 });
    alice.undo();
    expect([...bob.items.keys()]).toEqual([first, his]);
    alice.undo();
    expect([...bob.items.keys()]).toEqual([his]);
    expect(alice.mayUndo).toBe(false);
    alice.redo();
    alice.redo();
    expect(bob.items.get(second)?.text).toBe("words");
    expect(plain(bob)).toBe(plain(alice));
  });

  it("brings erased items back with their place and their words", () => {
    const { alice, bob } = pages();
    const id = insert(alice, note, { text: "words" });
    alice.edit((edit) => edit.patch(id, { m: [1, 0, 0, 1, 7, 7] }));
    alice.edit((edit) => edit.remove(id));
    expect(bob.items.size).toBe(0);
    alice.undo();
    expect(bob.items.get(id)).toMatchObject({ text: "words", m: [1, 0, 0, 1, 7, 7] });
  });
});

it("notices when somebody else uses its client id", () => {
  const alice = new YPage(DOC, { author: "alice", clientId: 1 });
  const thief = new YPage(DOC, { author: "bob", clientId: 1 });
  insert(thief, ink);
  let clashes = 0;
  alice.onClash(() => {
    clashes += 1;
  });
  alice.apply(Y.encodeStateAsUpdate(thief.ydoc));
  expect(clashes).toBe(1);
});

it("loads ten thousand items in the blink of an eye", () => {
  const writer = new YPage(DOC, { author: "alice", clientId: 1 });
  const points = Array.from({ length: 75 }, (_, n) => ({ x: n * 3, y: n % 17, p: 128 + (n % 9) }));
  for (let part = 0; part < 100; part += 1) {
    writer.edit((edit) => {
      for (let n = 0; n < 100; n += 1) edit.insert({ ...ink, d: pack(points) } as Draft);
    });
  }
  const update = Y.encodeStateAsUpdate(writer.ydoc);
  const spent: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const reader = new YPage(DOC, { author: "bob", clientId: 2 });
    const start = process.cpuUsage();
    reader.apply(update);
    expect(reader.ordered().length).toBe(10_000);
    const { user, system } = process.cpuUsage(start);
    spent.push((user + system) / 1000);
  }
  // Processor time of the best of three, since the machine may be busy with something else.
  expect(Math.min(...spent)).toBeLessThan(150);
});
