/** What a browser's voice needs to read a slide aloud: the language, and pieces it can hold. Pure. */

/** A voice breaks off in the middle of more. */
const PIECE_MAX = 180;

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  // Japanese has Han letters as well, so its own come first.
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja-JP"],
  [/\p{Script=Hangul}/gu, "ko-KR"],
  [/\p{Script=Han}/gu, "zh-CN"],
  [/\p{Script=Cyrillic}/gu, "ru-RU"],
  [/\p{Script=Greek}/gu, "el-GR"],
  [/\p{Script=Arabic}/gu, "ar-SA"],
  [/\p{Script=Hebrew}/gu, "he-IL"],
  [/\p{Script=Devanagari}/gu, "hi-IN"],
  [/\p{Script=Thai}/gu, "th-TH"],
];
/** Of the letters; a Chinese text with English names is still Chinese. */
const SHARE = 0.2;
const LATIN = "en-US";

/** Guessed by the script most of it is in; `own` is the page's own language. */
export function languageOf(text: string, own: string): string {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, language] of SCRIPTS) {
    if (letters > 0 && (text.match(script)?.length ?? 0) / letters >= SHARE) return language;
  }
  return /^(zh|ja|ko|ru|el|ar|he|hi|th)/u.test(own) ? LATIN : own;
}

/** Sentences, the long ones cut at a blank where there is one. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const line of text.split(/\n+/u)) {
    for (const sentence of line.match(/[^.!?。！？；]+[.!?。！？；]*/gu) ?? []) {
      let rest = sentence.trim();
      while (rest.length > PIECE_MAX) {
        const blank = rest.lastIndexOf(" ", PIECE_MAX);
        const end = blank > 0 ? blank : PIECE_MAX;
        pieces.push(rest.slice(0, end).trim());
        rest = rest.slice(end).trim();
      }
      if (rest !== "") pieces.push(rest);
    }
  }
  return pieces;
}
