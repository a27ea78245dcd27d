import { expect, it } from "vitest";
import { faceOf } from "./formula_fonts";

const file = (families: string, isBold = false, isItalic = false) =>
  faceOf(families, isBold, isItalic)?.file;

it("finds the file of a face, or the nearest cut there is", () => {
  expect(file('KaTeX_Main, "Times New Roman", serif')).toBe("KaTeX_Main-Regular");
  expect(file("KaTeX_Main", true, true)).toBe("KaTeX_Main-BoldItalic");
  expect(file("KaTeX_Math", false, true)).toBe("KaTeX_Math-Italic");
  expect(file("KaTeX_Caligraphic", true, true)).toBe("KaTeX_Caligraphic-Bold");
  expect(file("KaTeX_Size1", true)).toBe("KaTeX_Size1-Regular");
  expect(faceOf("KaTeX_Size1", true, false)).toMatchObject({ weight: "400", style: "normal" });
});

it("leaves other faces to the system", () => {
  expect(faceOf('"Times New Roman", serif', false, false)).toBeNull();
  expect(faceOf("KaTeX_Unknown", false, false)).toBeNull();
});
