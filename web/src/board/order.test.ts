import { describe, expect, it } from "vitest";
import { compareOrder, keyBetween, keysBetween } from "./order";

const LEGAL = /^[0-9A-Za-z]{1,128}$/;

describe("keys", () => {
  it("lie between their neighbours", () => {
    const middle = keyBetween(null, null);
    const top = keyBetween(middle, null);
    const bottom = keyBetween(null, middle);
    const inside = keyBetween(middle, top);
    const keys = [bottom, middle, inside, top];
    expect([...keys].sort()).toEqual(keys);
    for (const key of keys) expect(key).toMatch(LEGAL);
  });

  it("come in rows", () => {
    const keys = keysBetween("a0", "a1", 50);
    expect(new Set(keys).size).toBe(50);
    expect([...keys].sort()).toEqual(keys);
    expect(keysBetween("zzz", null, 2)).toEqual(["zzzV", "zzzVV"]);
  });

  it.each(["0", "z", "zzzz", "a", "a00", "z".repeat(127)])("go above %s", (odd) => {
    const above = keyBetween(odd, null);
    expect(above).toMatch(LEGAL);
    expect(above > odd).toBe(true);
  });

  it("never grow past what may be stored", () => {
    const full = `${"z".repeat(100)}b${"z".repeat(27)}`;
    expect(keyBetween(full, null)).toMatch(LEGAL);
    expect(keyBetween(full, null) > full).toBe(true);
    expect(keyBetween("z".repeat(128), null)).toBe("z".repeat(128));
    expect(keyBetween(null, "0")).toBe("0");
    let low = "a0";
    let high = "a1";
    for (let n = 0; n < 2_000; n += 1) {
      const key = keyBetween(low, high);
      expect(key).toMatch(LEGAL);
      expect(key >= low && key <= high).toBe(true);
      if (n % 2 === 0) low = key;
      else high = key;
    }
  });
});

it("the same key is ordered by id", () => {
  const items = [
    { z: "a1", id: "b" },
    { z: "a1", id: "a" },
    { z: "a0", id: "c" },
  ];
  expect(items.sort(compareOrder).map((item) => item.id)).toEqual(["c", "a", "b"]);
});
