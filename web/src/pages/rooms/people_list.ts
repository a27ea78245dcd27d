/** A list of names as people paste it, and the table of everybody's links; pure. */
import { NAME_MAX } from "../../wire/messages";

/** `doubt` is why a line is not taken. */
export interface Line {
  name: string;
  email: string;
  doubt: "known" | "twice" | "long" | "email" | "name" | null;
}

interface Known {
  name: string;
  email: string;
}

const SEPARATORS = /[\t,;，；、]/;
const HEADS = new Set(["name", "e-mail", "email", "mail", "姓名", "名字", "邮箱", "电子邮箱"]);
/** As the server looks at it: the shape, nothing more. */
const EMAIL = /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,}$/;

/** One person a line: a name, and an address if there is one; a table's first line may name them. */
export function readPeople(text: string, known: readonly Known[]): Line[] {
  const people: Line[] = [];
  for (const [at, row] of text.split(/\r?\n/).entries()) {
    const cells = cellsOf(row);
    const isHead = at === 0 && cells.some((cell) => HEADS.has(cell.toLowerCase()));
    if (cells.length > 0 && !isHead) people.push(readLine(cells, known, people));
  }
  return people;
}

function readLine(cells: readonly string[], known: readonly Known[], before: Line[]): Line {
  const email = (cells.find((cell) => cell.includes("@")) ?? "").toLowerCase();
  const name = cells.find((cell) => !cell.includes("@")) ?? "";
  return { name, email, doubt: doubtOf({ name, email }, known, before) };
}

function doubtOf(one: Known, known: readonly Known[], before: readonly Line[]): Line["doubt"] {
  if (one.name === "") return "name";
  if (Array.from(one.name).length > NAME_MAX) return "long";
  if (one.email !== "" && !EMAIL.test(one.email)) return "email";
  if (known.some((other) => isSame(one, other))) return "known";
  return before.some((other) => other.doubt === null && isSame(one, other)) ? "twice" : null;
}

/** The same address; or the same name, when not both have an address to be told apart by. */
function isSame(one: Known, other: Known): boolean {
  if (one.email !== "" && other.email !== "") return one.email === other.email;
  return one.name === other.name;
}

/** `Lin Yue <lin@example.org>` has two cells; quotation marks keep a separator inside a name. */
function cellsOf(row: string): string[] {
  const cells: string[] = [""];
  let quoted = false;
  for (const letter of row.replace(/<([^<>\s]+@[^<>\s]+)>/g, ",$1")) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && SEPARATORS.test(letter)) cells.push("");
    else cells[cells.length - 1] += letter;
  }
  return cells.map((cell) => cell.trim().replace(/\s+/g, " ")).filter((cell) => cell !== "");
}

/** A cell that begins so would be worked out by a spreadsheet. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A table for a mail merge (RFC 4180). */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
