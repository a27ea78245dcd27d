/** The teacher's side: ask at one press, watch the answers come, show the result, look back. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { askedOf } from "../../../room/ask";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import type { QuestionKind } from "../../../wire/messages";
import type { Desk } from "../desk";
import { emptyQuestion, openPoll, saveTable } from "./acts";
import { Aids } from "./aids";
import { writing } from "./draft";
import { QuestionEditor } from "./editor";
import { loadQuizzes } from "./prepared";
import { PointsTable, QuizList } from "./quiz_list";
import { OnThisSlide } from "./slide_questions";
import { EarlierPoll, LastPoll } from "./teacher_poll";
import { WhereAsked } from "./where";

const LETTERS = 4;

export function TeacherQuestions({ desk }: { desk: Desk }) {
  const asked = askedOf(desk.room.value.ask);
  useEffect(() => void loadQuizzes(desk), [desk]);
  useFocusAfterWriting();
  const last = asked.at(-1);
  const earlier = asked.slice(0, -1).reverse();
  if (writing.value) return <QuestionEditor desk={desk} question={writing.value} />;
  return (
    <>
      <div
        class="scroll ask"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable.
        tabIndex={0}
      >
        {last && <LastPoll key={last.poll.id} desk={desk} asked={last} />}
        <OnThisSlide desk={desk} />
        <h3 class="ask-sect">{t("ask-quick")}</h3>
        {!last && <p class="ask-hint small quiet">{t("ask-none-staff")}</p>}
        <div class="ask-where">
          <WhereAsked desk={desk} />
        </div>
        <Quick desk={desk} />
        <QuizList desk={desk} asked={asked} />
        {earlier.length > 0 && <h3 class="ask-sect">{t("ask-earlier")}</h3>}
        {earlier.length > 0 && (
          <ul class="ask-earlier">
            {earlier.map((one) => (
              <EarlierPoll key={one.poll.id} desk={desk} asked={one} />
            ))}
          </ul>
        )}
        <PointsTable asked={asked} />
      </div>
      {asked.length > 0 && (
        <div class="panel-foot">
          <Button look="line" icon="download" onClick={() => saveTable(desk, asked)}>
            {t("ask-csv")}
          </Button>
        </div>
      )}
    </>
  );
}

/** Whoever leaves the editor stands where they entered it. */
function useFocusAfterWriting(): void {
  const wrote = useRef(false);
  const writes = writing.value !== null;
  useLayoutEffect(() => {
    if (wrote.current && !writes) document.querySelector<HTMLElement>(".panel .ask-new")?.focus();
    wrote.current = writes;
  }, [writes]);
}

function Quick({ desk }: { desk: Desk }) {
  const ask = (kind: QuestionKind) => void openPoll(desk, emptyQuestion(kind, LETTERS));
  return (
    <div class="ask-quick">
      <Button onClick={() => ask("choice")}>{t("ask-quick-letters")}</Button>
      <Button onClick={() => ask("yes_no")}>{t("ask-quick-yes-no")}</Button>
      <Button onClick={() => ask("scale")}>{t("ask-quick-scale")}</Button>
      <Button onClick={() => ask("text")}>{t("ask-quick-text")}</Button>
      <Button onClick={() => ask("picture")}>{t("ask-quick-picture")}</Button>
      <Button
        class="ask-new"
        look="line"
        icon="plus"
        onClick={() => {
          writing.value = emptyQuestion("choice", LETTERS);
        }}
      >
        {t("ask-new")}
      </Button>
      <Aids desk={desk} />
    </div>
  );
}
