import { expect, it } from "vitest";
import { languageOf, piecesOf } from "./reading";

it.each([
  ["圆的切线 tangent", "en", "zh-CN"],
  ["The word 圆 means circle, and much more is said of it in English here", "en", "en"],
  ["ひらがなと漢字", "en", "ja-JP"],
  ["Привет, мир", "zh-CN", "ru-RU"],
  ["Hello", "zh-CN", "en-US"],
  ["Bonjour", "fr", "fr"],
  ["3 + 4", "en", "en"],
])("guesses the language of %s", (text, own, language) => {
  expect(languageOf(text, own)).toBe(language);
});

it("cuts at sentences, then at blanks, and loses nothing", () => {
  expect(piecesOf("One. Two!\n\n圆。切线。")).toEqual(["One.", "Two!", "圆。", "切线。"]);
  const long = "word ".repeat(100).trim();
  const pieces = piecesOf(long);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(180);
  expect(pieces.join(" ")).toBe(long);
  expect(piecesOf("圆".repeat(400)).join("")).toBe("圆".repeat(400));
  expect(piecesOf("  \n ")).toEqual([]);
});
