import { describe, expect, it } from "vitest";
import { type Piece, piecesOf, TEX_MAX } from "./words";

const words = (text: string): Piece => ({ is: "words", text });

describe("addresses in a text", () => {
  it("become links without the sentence's punctuation", () => {
    expect(piecesOf("See https://example.org/a?b=1, please.")).toEqual([
      words("See "),
      { is: "link", text: "https://example.org/a?b=1" },
      words(", please."),
    ]);
    expect(piecesOf("看 https://example.org/x。好")[1]?.text).toBe("https://example.org/x");
  });

  it("are http and https only", () => {
    for (const text of ["javascript:alert(1)", "data:text/html,x", "plain text"]) {
      expect(piecesOf(text)).toEqual([words(text)]);
    }
  });
});

describe("formulas", () => {
  it("stand between dollar signs, in the line or by themselves", () => {
    expect(piecesOf("so $x^2$ and $$\\frac{1}{2}$$.")).toEqual([
      words("so "),
      { is: "formula", text: "$x^2$", tex: "x^2", display: false },
      words(" and "),
      { is: "formula", text: "$$\\frac{1}{2}$$", tex: "\\frac{1}{2}", display: true },
      words("."),
    ]);
  });

  it("are no amounts of money", () => {
    for (const text of ["$5 and $6", "it costs $5", "$ x$", "$x $", "$$", "$5-$6", "a$b\nc$"]) {
      expect(piecesOf(text)).toEqual([words(text)]);
    }
  });

  it("may have a dollar sign of their own", () => {
    expect(piecesOf("$3\\$ + 1$")).toEqual([
      { is: "formula", text: "$3\\$ + 1$", tex: "3\\$ + 1", display: false },
    ]);
  });

  it("that are too long stay as they were written", () => {
    const text = `$${"x".repeat(TEX_MAX + 1)}$`;
    expect(piecesOf(text)).toEqual([words(text)]);
  });
});

it("loses nothing of a text", () => {
  const text = "a http://b.c d $x$ https://e.f! $5 $$y$$ $";
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});
