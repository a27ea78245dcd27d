/** What the panel asks of the server, with a word about it when it did not work. */
import { starsOf } from "../../../room/aids";
import type { Asked } from "../../../room/ask";
import { inSeatOrder } from "../../../room/state";
import { t } from "../../../text/text";
import type { Among, Question, QuestionKind } from "../../../wire/messages";
import { saveFile } from "../board/save_file";
import type { Desk } from "../desk";
import { ask } from "../explain";
import { pageAsked } from "./here";
import { csvOf } from "./results";

export function emptyQuestion(kind: QuestionKind, options: number): Question {
  return {
    kind,
    text: "",
    options: Array.from({ length: kind === "choice" ? options : 0 }, () => ""),
    right: [],
    right_texts: [],
    points: 0,
    is_multiple: false,
    is_anonymous: false,
    seconds: null,
  };
}

/** True when the class sees the question. */
export async function openPoll(desk: Desk, question: Question): Promise<boolean> {
  return ask(desk, "ask.open", { question, ...pageAsked(desk) });
}

/** True when the answer was taken. */
export async function answerPoll(
  desk: Desk,
  poll_id: string,
  given: { choices?: number[]; text?: string; file_id?: string },
): Promise<boolean> {
  return ask(desk, "ask.answer", { poll_id, ...given });
}

export async function closePoll(desk: Desk, poll_id: string): Promise<void> {
  await ask(desk, "ask.close", { poll_id });
}

export async function publishPoll(
  desk: Desk,
  poll_id: string,
  show: { on: boolean; show_right: boolean },
): Promise<void> {
  await ask(desk, "ask.publish", { poll_id, ...show });
}

export async function discardPoll(desk: Desk, poll_id: string): Promise<void> {
  await ask(desk, "ask.discard", { poll_id });
}

/** A countdown of so many seconds, or with null a stopwatch. */
export async function startTimer(desk: Desk, seconds: number | null): Promise<void> {
  await ask(desk, "timer.start", { seconds });
}

export async function extendCountdown(desk: Desk, seconds: number): Promise<void> {
  await ask(desk, "timer.extend", { seconds });
}

export async function pauseTimer(desk: Desk, on: boolean): Promise<void> {
  await ask(desk, "timer.pause", { on });
}

export async function stopTimer(desk: Desk): Promise<void> {
  await ask(desk, "timer.stop", {});
}

export async function pickStudent(desk: Desk, among: Among): Promise<void> {
  await ask(desk, "ask.pick", { among });
}

/** `count` is 1, or -1 to take one back. */
export async function giveStar(desk: Desk, participant_id: string, count: 1 | -1): Promise<void> {
  await ask(desk, "star.give", { participant_id, count });
}

export function saveTable(desk: Desk, asked: readonly Asked[]): void {
  const room = desk.room.value;
  const students = inSeatOrder(room.participants).filter((one) => one.role === "student");
  const people = students.map(({ id, name }) => ({ id, name, stars: starsOf(room.aids, id) }));
  const file = new Blob([csvOf(asked, people)], { type: "text/csv;charset=utf-8" });
  saveFile(file, `${t("ask-file-name", { title: room.title })}.csv`);
}
