/** Questions prepared with the slide a teacher looks at: asked at one press, kept, taken out. */

import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { toast } from "../../../ui/live";
import { Menu } from "../../../ui/menu";
import type { Prepared } from "../../../wire/decks";
import type { Question } from "../../../wire/messages";
import { Worded } from "../chat/worded";
import { placementOf } from "../decks/here";
import type { Desk } from "../desk";
import { ask } from "../explain";
import { where } from "./here";
import { titleOf } from "./results";

export interface SlideHere {
  deckId: string;
  slide: number;
  pageId: string;
  mayChange: boolean;
  questions: readonly Prepared[];
}

/** Null for who does not ask, on a page that is no slide, and until the questions are known. */
export function slideHere(desk: Desk): SlideHere | null {
  const view = desk.session.board.open.value?.view;
  const { board, rights } = desk.room.value;
  if (!view || !rights.may_ask || desk.content.value !== "board") return null;
  const pageId = view.pageId.value;
  const placement = placementOf(board, pageId);
  const page = board.pages.find((one) => one.id === pageId);
  const all = placement && desk.session.questions.of(placement.deck_id);
  if (!placement || !page || !all) return null;
  return {
    deckId: placement.deck_id,
    slide: page.slide,
    pageId,
    mayChange: all.may_change,
    questions: all.questions.filter((one) => one.slide === page.slide),
  };
}

/** The class has to be on the slide; else the server says so. */
export async function askPrepared(desk: Desk, here: SlideHere, one: Prepared): Promise<void> {
  const { question, place } = one;
  await ask(desk, "ask.open", { question, place, page_id: here.pageId });
}

/** True when it is kept. */
export async function keepOnSlide(desk: Desk, here: SlideHere, question: Question) {
  const place = where.peek() === "over" ? "over" : "beside";
  const answer = await desk.session.questions.change(here.deckId, here.slide, (kept) => [
    ...kept,
    { place, question },
  ]);
  toast(answer.ok ? t("ask-slide-kept") : refusalText(answer.error.code, answer.error.params));
  return answer.ok;
}

async function takeOff(desk: Desk, here: SlideHere, one: Prepared): Promise<void> {
  const same = JSON.stringify(one.question);
  const answer = await desk.session.questions.change(here.deckId, here.slide, (kept) => {
    const at = kept.findIndex(({ question }) => JSON.stringify(question) === same);
    return kept.filter((_, index) => index !== at);
  });
  if (!answer.ok) return void toast(refusalText(answer.error.code, answer.error.params));
  document.querySelector<HTMLElement>(".panel .scroll.ask")?.focus();
}

/** In the panel: those of the slide looked at. */
export function OnThisSlide({ desk }: { desk: Desk }) {
  const here = slideHere(desk);
  if (!here || here.questions.length === 0) return null;
  return (
    <>
      <h3 class="ask-sect">{t("ask-slide-title")}</h3>
      <ol class="ask-quiz ask-slide">
        {here.questions.map((one, index) => (
          <li key={`${here.slide} ${index} ${one.question.text}`}>
            <span class="poll-words">
              <Worded text={titleOf(one.question)} />
            </span>
            <Button onClick={() => void askPrepared(desk, here, one)}>{t("ask-this")}</Button>
            {here.mayChange && (
              <IconButton
                label={t("ask-slide-take-out", { question: titleOf(one.question) })}
                icon="close"
                onClick={() => void takeOff(desk, here, one)}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** In the foot: one is asked at a press, of several one is chosen. */
export function SlideQuestionSign({ desk }: { desk: Desk }) {
  const here = slideHere(desk);
  const [only, ...more] = here?.questions ?? [];
  if (!here || !only) return null;
  const count = here.questions.length;
  const words = desk.form.value === "phone" ? String(count) : t("ask-slide-count", { count });
  if (more.length === 0) {
    const label = t("ask-slide-ask", { question: titleOf(only.question) });
    return (
      <Button
        look="line"
        size="small"
        icon="ask"
        aria-label={label}
        data-tip={label}
        onClick={() => void askPrepared(desk, here, only)}
      >
        {words}
      </Button>
    );
  }
  return (
    <Menu
      label={t("ask-slide-choose", { count })}
      class="btn btn-sm btn-line"
      side="above"
      items={here.questions.map((one) => ({
        label: titleOf(one.question),
        run: () => void askPrepared(desk, here, one),
      }))}
    >
      <Icon name="ask" />
      <span>{words}</span>
    </Menu>
  );
}
