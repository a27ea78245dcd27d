import { afterEach, describe, expect, it } from "vitest";
import { among } from "./among";
import { setLanguage, t } from "./text";

describe("a name among words", () => {
  afterEach(() => setLanguage("en"));

  it("stands apart in Chinese when it is written in Latin letters", () => {
    setLanguage("zh-CN");
    expect(t("book-talk-with", { name: among("Helen") })).toBe("与 Helen 交谈");
    expect(t("book-talk-with", { name: among("林悦") })).toBe("与林悦交谈");
    expect(among("林 Yue")).toBe("林 Yue ");
    expect(among("")).toBe("");
  });

  it("is as it is in English", () => {
    setLanguage("en");
    expect(among("Helen")).toBe("Helen");
  });
});
