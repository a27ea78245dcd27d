import { FluentResource } from "@fluent/bundle";
import { afterEach, describe, expect, it } from "vitest";
import { agoOf, listOf, spaced } from "./dates";
import { refusalText } from "./refusal";
import { hasText, language, setLanguage, t } from "./text";

const files: Record<string, string> = import.meta.glob("./*/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const code: Record<string, string> = import.meta.glob(["../**/*.{ts,tsx}", "!../**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

interface Message {
  id: string;
  file: string;
  variables: string[];
}

function filesOf(folder: string): [string, string][] {
  return Object.entries(files).filter(([path]) => path.startsWith(`./${folder}/`));
}

function messagesOf(folder: string): Message[] {
  return filesOf(folder).flatMap(([path, source]) =>
    new FluentResource(source).body.map((entry) => ({
      id: entry.id,
      file: path.slice(path.lastIndexOf("/") + 1),
      variables: variablesIn(entry.value),
    })),
  );
}

function variablesIn(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    if ("type" in node && node.type === "var" && "name" in node) found.add(String(node.name));
    for (const child of Object.values(node)) walk(child);
  };
  walk(value);
  return [...found].sort();
}

const sources = Object.values(code);
const english = messagesOf("en");
const chinese = messagesOf("zh-CN");
const ids = new Set(english.map((one) => one.id));

describe("the two languages", () => {
  it("have the same keys with the same variables in files of the same name", () => {
    const chineseById = new Map(chinese.map((one) => [one.id, one]));
    const wrong = english.filter((one) => {
      const other = chineseById.get(one.id);
      return other?.file !== one.file || String(other.variables) !== String(one.variables);
    });
    expect(wrong).toEqual([]);
    expect(chinese.filter((one) => !ids.has(one.id))).toEqual([]);
  });

  it("name every key once", () => {
    for (const list of [english, chinese]) {
      const seen = list.map((one) => one.id);
      expect(seen.filter((id, at) => seen.indexOf(id) !== at)).toEqual([]);
    }
  });

  it("leave no line unread", () => {
    for (const [folder, list] of [
      ["en", english],
      ["zh-CN", chinese],
    ] as const) {
      const lines = filesOf(folder).flatMap(([, source]) => source.split("\n"));
      expect(lines.filter((line) => /^[a-z][\w-]* = /.test(line)).length).toBe(list.length);
    }
  });
});

describe("the keys in the code", () => {
  const used = sources.flatMap((text) => [...text.matchAll(/\bt\(\s*"([^"]+)"/g)]);

  it("all exist", () => {
    expect(used.length).toBeGreaterThan(100);
    expect(used.map((found) => found[1] ?? "").filter((key) => !ids.has(key))).toEqual([]);
  });

  it("exist for every built key's beginning", () => {
    const built = sources.flatMap((text) => [...text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)]);
    const begun = (head: string) => [...ids].some((id) => id.startsWith(head));
    expect(built.map((found) => found[1] ?? "").filter((head) => !begun(head))).toEqual([]);
  });
});

describe("t", () => {
  afterEach(() => setLanguage("en"));

  it("fills in and counts by the language's own rules", () => {
    setLanguage("en");
    expect(t("home-inside", { count: 1 })).toBe("One person is inside.");
    expect(t("home-inside", { count: 7 })).toBe("7 people are inside.");
    setLanguage("zh-CN");
    expect(t("home-inside", { count: 7 })).toBe("教室里有 7 人。");
  });

  it("shows a missing key instead of nothing", () => {
    expect(t("no-such-key")).toBe("no-such-key");
    expect(hasText("no-such-key")).toBe(false);
  });

  it("says a refusal by its code, and an unknown one with the code in it", () => {
    expect(refusalText("room.full")).toBe(t("error-room-full"));
    expect(refusalText("moon.gone")).toContain("moon.gone");
    expect(refusalText("name.long", { max: 60 })).toContain("60");
  });

  it("names the fault's number, so that a person can report it", () => {
    expect(refusalText("server.error", { id: "a1b2" })).toContain("a1b2");
    expect(refusalText("server.error", { id: "c3d4" })).toContain("c3d4");
    expect(refusalText("server.error", {})).toBe(t("error-server-error"));
  });

  it("has a sentence in both languages for what the socket itself refuses", () => {
    for (const id of ["en", "zh-CN"] as const) {
      setLanguage(id);
      expect(hasText("error-wire-away") && hasText("error-wire-timeout")).toBe(true);
    }
  });
});

describe("dates", () => {
  afterEach(() => setLanguage("en"));

  it("keep a space between figures and Chinese characters", () => {
    expect(spaced("2026年3月12日")).toBe("2026 年 3 月 12 日");
    expect(spaced("5分钟前")).toBe("5 分钟前");
  });

  it("say how long ago in whole steps", () => {
    const now = Date.parse("2026-03-12T10:00:00Z");
    expect(agoOf("2026-03-12T09:55:10Z", now)).toBe("4 minutes ago");
    expect(agoOf("2026-03-10T09:00:00Z", now)).toBe("2 days ago");
    expect(agoOf("2026-03-12T09:59:01Z", now)).toBe("just now");
    language.value = "zh-CN";
    expect(agoOf("2026-03-12T07:00:00Z", now)).toBe("3 小时前");
  });

  it("join names as the language does", () => {
    expect(listOf(["Amara", "Tomás"])).toBe("Amara and Tomás");
    language.value = "zh-CN";
    expect(listOf(["Amara", "林悦"])).toBe("Amara和林悦");
  });
});
