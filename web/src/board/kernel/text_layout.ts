/**
 * Words into lines of a width, as the editor on the page breaks them: at spaces, between Chinese
 * or Japanese characters (not before closing nor after opening marks), and inside words that are
 * longer than a line. Spaces at the end of a line hang over.
 */

/** Height of a line by the size of its letters. */
export const LINE_HEIGHT = 1.3;

export type Measure = (text: string) => number;

const CJK =
  /[\u1100-\u11ff\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}/u;
const CLOSING = /^[、。，．！？；：）」』】〉》〕〗’”…‥ー々ゝゞっゃゅょッャュョ·・)\]}!?;:,.%]/u;
const OPENING = /[（「『【〈《〔〖‘“([{]$/u;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Lines of every paragraph; an empty text is one empty line. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => wrapParagraph(paragraph, width, measure));
}

/** Pieces between which a line may end; spaces stay with the piece before them. */
export function pieces(paragraph: string): string[] {
  const found: string[] = [];
  for (const { segment } of graphemes.segment(paragraph)) {
    const last = found[found.length - 1];
    if (last !== undefined && isJoined(last, segment)) found[found.length - 1] = last + segment;
    else found.push(segment);
  }
  return found;
}

/** A width without a canvas: a character of Chinese is as wide as high, others about half. */
export function roughMeasure(size: number): Measure {
  return (text) => {
    let width = 0;
    for (const letter of text) width += CJK.test(letter) ? size : size * 0.54;
    return width;
  };
}

function isJoined(before: string, next: string): boolean {
  const isSpace = /^\s/.test(next);
  if (/\s$/.test(before)) return isSpace;
  if (isSpace) return true;
  if (CLOSING.test(next) || OPENING.test(before)) return true;
  if (next === "—" || before.endsWith("—")) return next === "—" && before.endsWith("—");
  if (/[-–]$/.test(before) && /^\p{L}/u.test(next)) return before.length === 1;
  if (/\p{L}\?$/u.test(before) && /^[\p{L}\p{N}]/u.test(next)) return false;
  if (PICTOGRAPH.test(next) || endsInPictograph(before)) return false;
  const lastLetter = [...before].at(-1) ?? "";
  return !(CJK.test(next) || CJK.test(lastLetter));
}

/** Whether a piece ends with an emoji, which stands alone like a Chinese character. */
function endsInPictograph(before: string): boolean {
  return /\p{Extended_Pictographic}(\uFE0F|\p{EMod})?$/u.test(before);
}

function wrapParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(paragraph)) {
    if (line === "" || measure((line + piece).trimEnd()) <= width) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece;
    }
    if (measure(line.trimEnd()) > width) {
      const broken = breakWord(line, width, measure);
      line = broken.pop() ?? "";
      lines.push(...broken);
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** At least one character a line, however narrow the box is. */
function breakWord(word: string, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let part = "";
  for (const { segment } of graphemes.segment(word)) {
    if (part !== "" && measure((part + segment).trimEnd()) > width) {
      parts.push(part);
      part = "";
    }
    part += segment;
  }
  parts.push(part);
  return parts;
}
