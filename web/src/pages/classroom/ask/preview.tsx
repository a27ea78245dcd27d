/** What is being written, with its formulas set; nothing while there are none. */
import { t } from "../../../text/text";
import type { Question } from "../../../wire/messages";
import { hasFormula, Worded } from "../chat/worded";
import { optionsOf } from "./results";

type Written = Pick<Question, "kind" | "text" | "options">;

export function Preview({ question }: { question: Written }) {
  const options = question.kind === "choice" ? optionsOf(question) : [];
  if (![question.text, ...question.options].some(hasFormula)) return null;
  return (
    <section class="ask-preview" aria-label={t("ask-preview")}>
      <p class="label" aria-hidden="true">
        {t("ask-preview")}
      </p>
      <p class="poll-words">
        <Worded text={question.text} />
      </p>
      {options.map((option) => (
        <p class="ask-preview-option" key={option.mark}>
          <span class="poll-mark">{option.mark}</span>
          <span class="poll-words">
            <Worded text={option.words} />
          </span>
        </p>
      ))}
    </section>
  );
}
