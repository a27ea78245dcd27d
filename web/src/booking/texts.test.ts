import { FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { tables as english } from "./texts_en";
import { tables as chinese } from "./texts_zh";

const all: Record<string, string> = import.meta.glob("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Everything the light entry loads, by following its imports. */
function loaded(from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(from)) return seen;
  seen.add(from);
  for (const [, to] of (all[from] ?? "").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
    const path = new URL(to ?? "", `file:///web/src/x/${from}`).pathname.replace(
      "/web/src/",
      "../",
    );
    const found = [`${path}.ts`, `${path}.tsx`].find((one) => one in all);
    if (found) loaded(found, seen);
  }
  return seen;
}

const idsOf = (tables: Record<string, string>) =>
  new Set(
    Object.values(tables).flatMap((text) => new FluentResource(text).body.map((one) => one.id)),
  );

const files = loaded("../book.tsx");

describe("the light entry", () => {
  it("is found by its imports", () => {
    expect(files.size).toBeGreaterThan(40);
    expect([...files]).toContain("../pages/mine/mine.tsx");
  });

  it("loads nothing of the class", () => {
    const heavy = /^\.\.\/(room|media|recording|board)\/|\/green_room\/|\/player\//;
    expect([...files].filter((one) => heavy.test(one))).toEqual([]);
    expect([...files]).not.toContain("../text/all.ts");
  });

  it("has every sentence it says, in both languages", () => {
    const used = [...files].flatMap((file) =>
      [...(all[file] ?? "").matchAll(/\bt\(\s*"([^"]+)"/g)].map((found) => found[1] ?? ""),
    );
    expect(used.length).toBeGreaterThan(150);
    for (const tables of [english, chinese]) {
      const ids = idsOf(tables);
      expect([...new Set(used.filter((key) => !ids.has(key)))]).toEqual([]);
    }
  });
});
