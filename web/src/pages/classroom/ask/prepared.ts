/** The room's prepared questions in this tab: loaded once, kept in step with what is changed here. */
import { signal } from "@preact/signals";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import {
  addQuiz,
  changeQuiz,
  listQuizzes,
  type Quiz,
  type QuizDraft,
  removeQuiz,
} from "../../../wire/api";
import type { Problem } from "../../../wire/http";
import type { Question } from "../../../wire/messages";
import { tabSeat } from "../../../wire/seats";
import type { Desk } from "../desk";

/** Null until they are loaded. */
export const quizzes = signal<readonly Quiz[] | null>(null);

function tokenOf(desk: Desk): string {
  return tabSeat(desk.code)?.token ?? "";
}

function explain(problem: Problem): void {
  toast(refusalText(problem.code, problem.params));
}

let loadedOf = "";

export async function loadQuizzes(desk: Desk): Promise<void> {
  // Another room's are not shown while this one's are under way.
  if (loadedOf !== desk.code) quizzes.value = null;
  loadedOf = desk.code;
  const answer = await listQuizzes(desk.code, tokenOf(desk));
  if (answer.ok) quizzes.value = answer.value.quizzes;
  else explain(answer.error);
}

/** Puts a question at the end of a quiz, or into a new one; true when it is kept. */
export async function keepQuestion(
  desk: Desk,
  question: Question,
  quiz: Quiz | null,
): Promise<boolean> {
  const known = quizzes.value ?? [];
  const title = quiz?.title ?? t("ask-quiz-title", { number: known.length + 1 });
  const draft = { title, questions: [...(quiz?.questions ?? []), question] };
  if (quiz) return changed(desk, quiz, draft);
  const answer = await addQuiz(desk.code, tokenOf(desk), draft);
  if (answer.ok) quizzes.value = [answer.value, ...known];
  else explain(answer.error);
  if (answer.ok) toast(t("ask-kept", { title }));
  return answer.ok;
}

export async function renameQuiz(desk: Desk, quiz: Quiz, title: string): Promise<void> {
  if (title.trim() && title !== quiz.title) {
    await changed(desk, quiz, { title, questions: quiz.questions });
  }
}

export async function takeOut(desk: Desk, quiz: Quiz, index: number): Promise<void> {
  const questions = quiz.questions.filter((_, at) => at !== index);
  await changed(desk, quiz, { title: quiz.title, questions });
}

export async function dropQuiz(desk: Desk, quiz: Quiz): Promise<void> {
  const answer = await removeQuiz(desk.code, tokenOf(desk), quiz.quiz_id);
  if (answer.ok) {
    quizzes.value = (quizzes.value ?? []).filter((one) => one.quiz_id !== quiz.quiz_id);
  } else explain(answer.error);
}

async function changed(desk: Desk, quiz: Quiz, draft: QuizDraft): Promise<boolean> {
  const answer = await changeQuiz(desk.code, tokenOf(desk), quiz.quiz_id, draft);
  if (!answer.ok) {
    explain(answer.error);
    return false;
  }
  quizzes.value = (quizzes.value ?? []).map((one) =>
    one.quiz_id === quiz.quiz_id ? answer.value : one,
  );
  return true;
}
