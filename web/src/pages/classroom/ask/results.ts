/** What answers come to: names of options, shares that add up, the rate, and the table to keep. */
import type { Asked } from "../../../room/ask";
import { t } from "../../../text/text";
import type { Poll, PollSheet, Question } from "../../../wire/messages";

const LETTERS = "ABCDEFGH";
const SCALE = 5;

export interface OptionName {
  /** What stands in the square: a letter or a number; empty where the words are enough. */
  mark: string;
  words: string;
}

export function optionsOf(poll: Pick<Poll, "kind" | "options">): OptionName[] {
  switch (poll.kind) {
    case "choice":
      return poll.options.map((words, index) => ({ mark: LETTERS[index] ?? "", words }));
    case "yes_no":
      return [
        { mark: "", words: t("ask-yes") },
        { mark: "", words: t("ask-no") },
      ];
    case "scale":
      return Array.from({ length: SCALE }, (_, index) => ({
        mark: String(index + 1),
        words: index === 0 ? t("ask-scale-low") : index === SCALE - 1 ? t("ask-scale-high") : "",
      }));
    case "text":
    case "picture":
      return [];
  }
}

/** Whether an answer is one of some that are given. */
export function isChosen({ kind }: Pick<Poll, "kind">): boolean {
  return kind !== "text" && kind !== "picture";
}

/** One option in one line: "B, 60°", "B" or "Yes". */
export function spoken({ mark, words }: OptionName): string {
  return mark && words ? t("ask-option", { mark, words }) : mark || words;
}

/** Somebody's answer in words. */
export function answerText(
  poll: Pick<Poll, "kind" | "options">,
  answer: { choices: readonly number[]; text: string },
): string {
  if (poll.kind === "text") return answer.text;
  if (poll.kind === "picture") return t("ask-picture-given");
  const names = optionsOf(poll);
  return answer.choices
    .map((choice) => names[choice])
    .filter((name) => name !== undefined)
    .map(spoken)
    .join("; ");
}

/** Whole percents of each option. Where everybody chose one they add up to 100. */
export function percents(counts: readonly number[], answered: number, multiple: boolean): number[] {
  if (answered === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (100 * count) / answered);
  if (multiple) return exact.map((share) => Math.round(share));
  const whole = exact.map((share) => Math.floor(share));
  const left = 100 - whole.reduce((sum, share) => sum + share, 0);
  const byRest = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

export function hasRight(sheet: PollSheet): boolean {
  return sheet.right.length > 0 || sheet.right_texts.length > 0;
}

/** How many of 100 answers were right; null when it asked for an opinion or nobody answered. */
export function rightRate(sheet: PollSheet): number | null {
  if (!hasRight(sheet) || sheet.answers.length === 0) return null;
  const right = sheet.answers.filter((answer) => answer.is_right).length;
  return Math.round((100 * right) / sheet.answers.length);
}

export interface PersonPoints {
  id: string;
  name: string;
  right: number;
  points: number;
}

/** What each person has won with right answers, most first; anonymous answers count for nobody. */
export function pointsOf(asked: readonly Asked[]): PersonPoints[] {
  const people = new Map<string, PersonPoints>();
  for (const { sheet } of asked) {
    if (!sheet || !hasRight(sheet)) continue;
    for (const { participant_id: id, name, is_right } of sheet.answers) {
      if (!id) continue;
      const known = people.get(id) ?? { id, name, right: 0, points: 0 };
      const won = is_right ? { right: known.right + 1, points: known.points + sheet.points } : {};
      people.set(id, { ...known, ...won });
    }
  }
  return [...people.values()].sort(
    (a, b) => b.points - a.points || b.right - a.right || a.name.localeCompare(b.name),
  );
}

/** Whether a prepared question was asked in this lesson. */
export function wasAsked(question: Question, asked: readonly Asked[]): boolean {
  const { kind, text, options } = question;
  return asked.some(
    ({ poll }) =>
      poll.kind === kind &&
      poll.text === text.trim() &&
      poll.options.join("\n") === options.map((option) => option.trim()).join("\n"),
  );
}

/** The question in one line; those without words are told by their kind. */
export function titleOf(poll: Pick<Poll, "kind" | "text">): string {
  return poll.text || t(`ask-kind-${poll.kind}`);
}

const COLUMNS = ["question", "name", "answer", "right", "points", "stars"];

/** Somebody in the class, with the stars they have. */
export interface Starred {
  id: string;
  name: string;
  stars: number;
}

/**
 * A table of all answers, and below them what each person has in all (RFC 4180). A cell that a
 * table program would calculate gets a quote.
 */
export function csvOf(asked: readonly Asked[], people: readonly Starred[]): string {
  const rows = [COLUMNS.map((column) => t(`ask-csv-${column}`))];
  for (const { poll, sheet } of asked) {
    if (sheet) rows.push(...rowsOf(poll, sheet));
  }
  rows.push(...sumsOf(asked, people));
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function rowsOf(poll: Poll, sheet: PollSheet): string[][] {
  const rows = sheet.answers.map((answer) => [
    titleOf(poll),
    answer.name,
    answerText(poll, answer),
    answer.is_right === null ? "" : t(answer.is_right ? "ask-yes" : "ask-no"),
    String(answer.is_right ? sheet.points : 0),
    "",
  ]);
  if (poll.is_anonymous) return rows;
  const missing = sheet.people.filter((one) => !one.has_answered);
  return [...rows, ...missing.map((one) => [titleOf(poll), one.name, "", "", "0", ""])];
}

/** A row for every student who is here, and for whoever left and has won something. */
function sumsOf(asked: readonly Asked[], people: readonly Starred[]): string[][] {
  const won = pointsOf(asked);
  const stars = new Map(people.map((one) => [one.id, one.stars]));
  const others = people.filter((one) => !won.some((row) => row.id === one.id));
  const all = [...won, ...others.map(({ id, name }) => ({ id, name, right: 0, points: 0 }))];
  return all.map((row) => [
    t("ask-csv-all"),
    row.name,
    "",
    String(row.right),
    String(row.points),
    String(stars.get(row.id) ?? 0),
  ]);
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
