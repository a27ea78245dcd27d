import { describe, expect, it } from "vitest";
import { pieces, roughMeasure, wrap } from "./text_layout";
import { layoutWords, noteFooter, notePadding } from "./words";

/** Ten units a character. */
const ten = (text: string) => [...text].length * 10;

describe("wrap", () => {
  it("breaks at spaces, which hang over the end of a line", () => {
    expect(wrap("one two three", 70, ten)).toEqual(["one two", "three"]);
    expect(wrap("one   two", 50, ten)).toEqual(["one", "two"]);
  });

  it("keeps paragraphs and empty lines", () => {
    expect(wrap("a\n\nb\r\nc", 100, ten)).toEqual(["a", "", "b", "c"]);
    expect(wrap("", 100, ten)).toEqual([""]);
  });

  it("breaks a word that is longer than a line, never inside a character", () => {
    expect(wrap("abcdefg", 30, ten)).toEqual(["abc", "def", "g"]);
    expect(wrap("x abcdefg y", 30, ten)).toEqual(["x", "abc", "def", "g y"]);
    const family = "👨‍👩‍👧";
    expect(wrap(family + family, 10, ten)).toEqual([family, family]);
    expect(wrap("ab", 1, ten)).toEqual(["a", "b"]);
  });

  it("breaks between Chinese characters", () => {
    expect(wrap("圆周角是圆心角的一半", 40, ten)).toEqual(["圆周角是", "圆心角的", "一半"]);
    expect(wrap("角AOC等于", 30, ten)).toEqual(["角", "AOC", "等于"]);
    expect(pieces("𠮷野家")).toEqual(["𠮷", "野", "家"]);
  });

  it("begins no line with a closing mark and ends none with an opening one", () => {
    expect(wrap("圆周角，圆心角", 30, ten)).toEqual(["圆周", "角，圆", "心角"]);
    expect(wrap("圆周（角）", 30, ten)).toEqual(["圆周", "（角）"]);
    expect(wrap("ああああっあ", 40, ten)).toEqual(["あああ", "あっあ"]);
  });

  it("breaks after a hyphen, not before a minus that stands alone", () => {
    expect(wrap("well-known", 60, ten)).toEqual(["well-", "known"]);
    expect(pieces("-x")).toEqual(["-x"]);
    expect(pieces("a—b——c")).toEqual(["a", "—", "b", "——", "c"]);
  });

  it("lets emoji stand alone and addresses break after a question mark", () => {
    expect(pieces("a😀👨‍👩‍👧b")).toEqual(["a", "😀", "👨‍👩‍👧", "b"]);
    expect(pieces("a/b?c=d what? yes")).toEqual(["a/b?", "c=d ", "what? ", "yes"]);
  });

  it("loses no letter at any width", () => {
    const text = "The 圆周角 of “a (very) long-winded” sentence, 对着同一条弧。 end";
    const letters = text.replace(/\s/g, "");
    for (let width = 5; width < 400; width += 7) {
      expect(wrap(text, width, ten).join("").replace(/\s/g, "")).toBe(letters);
    }
  });
});

describe("words in their box", () => {
  const box = { by: "a", at: 0, z: "a0", x: 100, y: 50, w: 200, h: 40, c: "#000000", fs: 20 };

  it("puts a text at the corner of its box, 1.3 sizes a line", () => {
    const layout = layoutWords({ ...box, t: "text", text: "a\nb\nc" });
    expect(layout).toMatchObject({ x: 100, y: 50, width: 200, lineHeight: 26, height: 78 });
  });

  it("leaves room round a note's words and for the name", () => {
    const layout = layoutWords({ ...box, t: "note", h: 10, text: "a" });
    expect(layout.x).toBe(100 + notePadding(20));
    expect(layout.height).toBeCloseTo(26 + 2 * notePadding(20) + noteFooter(20), 9);
    expect(layoutWords({ ...box, t: "note", h: 400, text: "a" }).height).toBe(400);
  });

  it("guesses widths where there are no fonts", () => {
    expect(roughMeasure(10)("圆圆")).toBe(20);
    expect(roughMeasure(10)("ab")).toBeCloseTo(10.8, 9);
  });
});
