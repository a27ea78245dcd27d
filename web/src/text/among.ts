/** A name among the words of a sentence. */
import { language } from "./text";

const LATIN = /[\p{Script=Latin}\p{N}]/u;

/** Chinese text keeps a space beside what is written in Latin letters: 与 Helen 交谈, 与林悦交谈. */
export function among(name: string): string {
  if (language.value !== "zh-CN") return name;
  const [first, last] = [name.at(0) ?? "", name.at(-1) ?? ""];
  return `${LATIN.test(first) ? " " : ""}${name}${LATIN.test(last) ? " " : ""}`;
}
