/** Prepared questions, asked one after the other, and what everybody has won with them. */
import type { Asked } from "../../../room/ask";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Quiz } from "../../../wire/api";
import { Worded } from "../chat/worded";
import type { Desk } from "../desk";
import { openPoll } from "./acts";
import { dropQuiz, quizzes, renameQuiz, takeOut } from "./prepared";
import { pointsOf, titleOf, wasAsked } from "./results";

const TITLE_MAX = 120;

export function QuizList({ desk, asked }: { desk: Desk; asked: readonly Asked[] }) {
  const known = quizzes.value ?? [];
  if (known.length === 0) return null;
  return (
    <>
      <h3 class="ask-sect">{t("ask-prepared")}</h3>
      <ul class="ask-earlier">
        {known.map((quiz) => (
          <QuizRow key={quiz.quiz_id} desk={desk} quiz={quiz} asked={asked} />
        ))}
      </ul>
    </>
  );
}

function QuizRow({ desk, quiz, asked }: { desk: Desk; quiz: Quiz; asked: readonly Asked[] }) {
  const next = quiz.questions.find((question) => !wasAsked(question, asked));
  const done = quiz.questions.filter((question) => wasAsked(question, asked)).length;
  return (
    <li>
      <details class="ask-past">
        <summary>
          <Icon name="list" />
          <span class="ask-past-words">
            <b>{quiz.title}</b>
            <span>{t("ask-quiz-done", { done, all: quiz.questions.length })}</span>
          </span>
          <Icon name="down" class="ask-past-down" />
        </summary>
        <div class="poll">
          <label class="field">
            <span class="label">{t("ask-quiz-name")}</span>
            <input
              class="input"
              defaultValue={quiz.title}
              maxLength={TITLE_MAX}
              onBlur={({ currentTarget }) => void renameQuiz(desk, quiz, currentTarget.value)}
            />
          </label>
          <ol class="ask-quiz">
            {quiz.questions.map((question, index) => (
              <li key={`${index} ${question.text}`}>
                <span class="poll-words">
                  <Worded text={titleOf(question)} />
                </span>
                <Button onClick={() => void openPoll(desk, question)}>
                  {t(wasAsked(question, asked) ? "ask-again" : "ask-this")}
                </Button>
                <IconButton
                  label={t("ask-quiz-take-out", { question: titleOf(question) })}
                  icon="close"
                  onClick={() => void takeOut(desk, quiz, index)}
                />
              </li>
            ))}
          </ol>
          <div class="poll-acts">
            {next && (
              <Button look="primary" class="grow" onClick={() => void openPoll(desk, next)}>
                {t("ask-next")}
              </Button>
            )}
            <Button look="line" icon="trash" onClick={() => void dropQuiz(desk, quiz)}>
              {t("ask-quiz-remove")}
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}

/** Who has won what, where there was something to win. */
export function PointsTable({ asked }: { asked: readonly Asked[] }) {
  const rows = pointsOf(asked);
  if (rows.length === 0) return null;
  return (
    <details class="ask-past ask-points">
      <summary>
        <Icon name="trophy" />
        <b class="ask-past-words">{t("ask-points-all")}</b>
        <Icon name="down" class="ask-past-down" />
      </summary>
      <ol class="ask-quiz">
        {rows.map((row) => (
          <li key={row.id}>
            <span class="poll-words">{row.name}</span>
            <span class="num">{t("ask-points-of", { points: row.points, right: row.right })}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
