import { describe, expect, it } from "vitest";
import type { ActivityChanged } from "../wire/messages";
import { Bucket, markOf, NO_ACTIVITIES, valuesOf, wishOf, withActivity } from "./activity";

const changed = (key: string, value: string, page_id = "p"): ActivityChanged => ({
  ...{ type: "activity_changed", page_id, key, value, by: "lin" },
});

describe("what activities keep", () => {
  it("follows each change", () => {
    let mirror = withActivity(NO_ACTIVITIES, changed("count", "1"));
    mirror = withActivity(mirror, changed("count", "2"));
    mirror = withActivity(mirror, changed("who", '"Lin"'));
    mirror = withActivity(mirror, changed("count", "7", "q"));
    expect(Object.fromEntries(valuesOf(mirror, "p"))).toEqual({ count: 2, who: "Lin" });
    expect(Object.fromEntries(valuesOf(mirror, "q"))).toEqual({ count: 7 });
    mirror = withActivity(mirror, changed("count", "null"));
    expect(Object.fromEntries(valuesOf(mirror, "p"))).toEqual({ who: "Lin" });
    expect(Object.fromEntries(valuesOf(mirror, "r"))).toEqual({});
  });

  it("takes the names of an object's own ways for keys like others", () => {
    let mirror = withActivity(NO_ACTIVITIES, changed("count", "1"));
    expect(valuesOf(mirror, "p").get("constructor")).toBeUndefined();
    for (const key of ["__proto__", "constructor", "toString"])
      mirror = withActivity(mirror, changed(key, '{"a":1}'));
    const read = valuesOf(mirror, "p");
    expect([...read.keys()]).toEqual(["count", "__proto__", "constructor", "toString"]);
    expect(read.get("__proto__")).toEqual({ a: 1 });
    expect(Object.hasOwn(Object.fromEntries(read), "__proto__")).toBe(true);
  });

  it("keeps nothing of what is only said, and leaves out what nobody can read", () => {
    const said = { ...changed("x", "1"), type: "activity_said" as const, name: "x" };
    const mirror = withActivity(NO_ACTIVITIES, said);
    expect([mirror.kept, mirror.news]).toEqual([[], said]);
    expect(
      Object.fromEntries(valuesOf(withActivity(mirror, changed("bad", "{oops")), "p")),
    ).toEqual({});
  });
});

describe("a message of a frame", () => {
  const ours = (rest: object) => wishOf({ classroom: 1, ...rest });

  it.each([
    [{ type: "ready" }, { type: "ready" }],
    [
      { type: "get", key: "a" },
      { type: "get", key: "a" },
    ],
    [
      { type: "set", key: "a", value: [1, { b: "é" }] },
      { type: "set", key: "a", value: '[1,{"b":"é"}]' },
    ],
    [
      { type: "set", key: "a" },
      { type: "set", key: "a", value: "null" },
    ],
    [
      { type: "event", name: "done", value: true, extra: 1 },
      { type: "event", name: "done", value: "true" },
    ],
  ])("is read: %j", (sent, wish) => {
    expect(ours(sent)).toEqual(wish);
  });

  const loop: Record<string, unknown> = {};
  loop.loop = loop;
  it.each([
    [null],
    ["ready"],
    [7],
    [{ type: "ready" }],
    [{ classroom: 2, type: "ready" }],
    [{ classroom: 1, type: "hello" }],
    [{ classroom: 1, type: "get" }],
    [{ classroom: 1, type: "get", key: "a b" }],
    [{ classroom: 1, type: "get", key: "x".repeat(65) }],
    [{ classroom: 1, type: "set", key: ["a"], value: 1 }],
    [{ classroom: 1, type: "set", key: "a", value: "x".repeat(8_192) }],
    [{ classroom: 1, type: "set", key: "a", value: loop }],
    [{ classroom: 1, type: "set", key: "a", value: 1n }],
    [{ classroom: 1, type: "event", key: "a", value: 1 }],
  ])("is nothing of ours: %#", (sent) => {
    expect(wishOf(sent)).toBeNull();
  });
});

it("lets so many pass a second", () => {
  const bucket = new Bucket(20, 40);
  const count = (now: number) => [...Array(1_000)].filter(() => bucket.take(now)).length;
  expect([count(0), count(500), count(60_000)]).toEqual([40, 10, 40]);
});

it("calls everybody another name in each activity", () => {
  const people = [...Array(200)].map((_, at) => `p-${at}`);
  const marks = ["a", "b"].flatMap((page) => people.map((one) => markOf(page, one)));
  expect(new Set(marks).size).toBe(400);
  expect(markOf("a", "p-7")).toBe(marks[7]);
  for (const mark of marks) expect(mark).toMatch(/^[0-9a-z]{1,12}$/);
});
