/** What the panel asks of the server, with a word about it when it did not work. */
import type { Asked } from "../../../room/ask";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Question, QuestionKind, Refusal } from "../../../wire/messages";
import { saveFile } from "../board/save_file";
import type { Desk } from "../desk";
import { csvOf } from "./results";

type Answer = { ok: true } | { ok: false; error: Refusal };

function explain(answer: Answer): boolean {
  if (!answer.ok) toast(refusalText(answer.error.code, answer.error.params));
  return answer.ok;
}

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
  return explain(await desk.session.wire.request("ask.open", { question }));
}

/** True when the answer was taken. */
export async function answerPoll(
  desk: Desk,
  poll_id: string,
  given: { choices?: number[]; text?: string },
): Promise<boolean> {
  return explain(await desk.session.wire.request("ask.answer", { poll_id, ...given }));
}

export async function closePoll(desk: Desk, poll_id: string): Promise<void> {
  explain(await desk.session.wire.request("ask.close", { poll_id }));
}

export async function publishPoll(
  desk: Desk,
  poll_id: string,
  show: { on: boolean; show_right: boolean },
): Promise<void> {
  explain(await desk.session.wire.request("ask.publish", { poll_id, ...show }));
}

export async function discardPoll(desk: Desk, poll_id: string): Promise<void> {
  explain(await desk.session.wire.request("ask.discard", { poll_id }));
}

export async function startCountdown(desk: Desk, seconds: number): Promise<void> {
  explain(await desk.session.wire.request("timer.start", { seconds }));
}

export async function extendCountdown(desk: Desk, seconds: number): Promise<void> {
  explain(await desk.session.wire.request("timer.extend", { seconds }));
}

export async function stopCountdown(desk: Desk): Promise<void> {
  explain(await desk.session.wire.request("timer.stop", {}));
}

export async function pickStudent(desk: Desk): Promise<void> {
  explain(await desk.session.wire.request("ask.pick", {}));
}

/** `count` is 1, or -1 to take one back. */
export async function giveStar(desk: Desk, participant_id: string, count: 1 | -1): Promise<void> {
  explain(await desk.session.wire.request("star.give", { participant_id, count }));
}

export function saveTable(desk: Desk, asked: readonly Asked[]): void {
  const file = new Blob([csvOf(asked)], { type: "text/csv;charset=utf-8" });
  saveFile(file, `${t("ask-file-name", { title: desk.room.value.title })}.csv`);
}
