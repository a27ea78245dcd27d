/**
 * The question of the page looked at, on the stage: beside the page or over its lower part, under it
 * on a phone. What is answered here is answered in the panel, too. It can be folded; coming back to
 * the page and a result that is shown open it again.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import type { Asked } from "../../../room/ask";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Desk } from "../desk";
import { questionHere } from "./here";
import { titleOf } from "./results";
import { QuestionCard } from "./student";
import { LastPoll } from "./teacher_poll";

interface OnStage {
  desk: Desk;
  view: BoardView;
}

export function StageQuestion({ desk, view }: OnStage) {
  const asked = questionHere(desk);
  // A phone has no room for it twice.
  const isInPanel = desk.form.value === "phone" && desk.panel.value === "ask";
  if (!asked || isInPanel) return null;
  const key = `${view.pageId.value} ${asked.poll.id}`;
  return <Foldable key={key} desk={desk} asked={asked} />;
}

function Foldable({ desk, asked }: { desk: Desk; asked: Asked }) {
  const [folded, setFolded] = useState(false);
  const ref = useRef<HTMLElement>(null);
  const wantsFocus = useRef(false);
  const { poll } = asked;
  const fold = (on: boolean) => {
    wantsFocus.current = true;
    setFolded(on);
  };
  // With the drawing itself: a moment later it would be taken from where a quick key had put it.
  useLayoutEffect(() => {
    if (wantsFocus.current) ref.current?.querySelector<HTMLElement>(".stage-ask-fold")?.focus();
    wantsFocus.current = false;
  }, [folded]);
  useEffect(() => setFolded(false), [poll.result !== null]);
  useFocusBack(ref);
  const title = titleOf(poll);
  return (
    <aside
      ref={ref}
      class={`stage-ask is-${poll.place}${folded ? " is-folded" : ""}`}
      aria-label={t("ask-on-page")}
      onKeyDown={(event) => {
        const isOfMenu = event.target instanceof Element && event.target.closest("[popover]");
        if (event.key !== "Escape" || folded || isOfMenu) return;
        event.preventDefault();
        event.stopPropagation();
        fold(true);
      }}
    >
      <div class="stage-ask-head">
        <Icon name="ask" />
        <b class="ell grow">{folded ? title : t("ask-on-page")}</b>
        <IconButton
          class="stage-ask-fold"
          label={t(folded ? "ask-unfold" : "ask-fold")}
          icon={folded ? "up" : "down"}
          aria-expanded={!folded}
          onClick={() => fold(!folded)}
        />
      </div>
      {!folded && (
        <div
          class="stage-ask-body"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable.
          tabIndex={0}
        >
          {desk.room.value.rights.may_ask ? (
            <LastPoll desk={desk} asked={asked} />
          ) : (
            <QuestionCard desk={desk} asked={asked} />
          )}
        </div>
      )}
    </aside>
  );
}

/** A card that goes leaves the focus to the board. */
function useFocusBack(ref: { current: HTMLElement | null }): void {
  useLayoutEffect(
    () => () => {
      const card = ref.current;
      if (!card?.contains(document.activeElement)) return;
      card.closest(".board-desk")?.querySelector<HTMLElement>(".board-host")?.focus();
    },
    [ref],
  );
}
