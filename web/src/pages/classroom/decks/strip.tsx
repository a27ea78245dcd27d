/**
 * The slides of the deck looked at as a strip under the stage. Only what is near is drawn, so that a
 * deck of five hundred costs what a deck of ten costs.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { IconButton } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { emptyQuestion } from "../ask/acts";
import { writing } from "../ask/draft";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { type DeckHere, deckHere } from "./here";
import { inkSeen } from "./ink_seen";
import { type RowLeaf, rowOfPage, type SlideRow } from "./rows";
import { ratioOf, SlidePicture } from "./slide_picture";
import { isStripOn } from "./strip_on";
import { drawnIn, leftFor, movedTo } from "./strip_window";

/** As many steps are shown as dots. */
const DOTS = 6;
/** Options of a new question. */
const LETTERS = 4;

interface StripProps {
  desk: Desk;
  view: BoardView;
}

export function SlideStrip({ desk, view }: StripProps) {
  const here = useMemo(() => deckHere(desk, view.pageId), [desk, view]);
  if (!isStripOn(desk) || !here.value) return null;
  return (
    <div class="slide-strip">
      <Cells key={here.value.placement.id} desk={desk} view={view} here={here.value} />
      <div class="slide-strip-acts">
        <IconButton
          label={t("present-text")}
          icon="slide-text"
          pressed={desk.panel.value === "text"}
          onClick={() => desk.togglePanel("text")}
        />
        {mayLead(desk) && (
          <IconButton
            label={t("present-notes")}
            icon="notes"
            pressed={desk.panel.value === "notes"}
            onClick={() => desk.togglePanel("notes")}
          />
        )}
        {desk.session.questions.of(here.value.placement.deck_id)?.may_change && (
          <IconButton
            label={t("ask-slide-new")}
            icon="ask"
            onClick={() => {
              writing.value = emptyQuestion("choice", LETTERS);
              desk.panel.value = "ask";
            }}
          />
        )}
      </div>
    </div>
  );
}

function Cells({ desk, view, here }: StripProps & { here: DeckHere }) {
  const { rows } = here;
  const scroller = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState({ left: 0, width: 0 });
  const current = rowOfPage(rows, view.pageId.value);
  const [stop, setStop] = useState(current);
  const wantsFocus = useRef(false);
  const look = () => {
    const at = scroller.current;
    if (at) setFrom({ left: at.scrollLeft, width: at.clientWidth });
  };
  useEffect(() => {
    if (!scroller.current) return;
    const watch = new ResizeObserver(look);
    watch.observe(scroller.current);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    setStop(current);
    reveal(scroller.current, current);
    look();
  }, [current, rows.length, from.width]);
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${stop}"]`);
    cell?.focus({ preventScroll: true });
  }, [stop]);
  const go = (to: number) => {
    if (to === stop) return;
    wantsFocus.current = true;
    setStop(to);
    reveal(scroller.current, to);
    look();
  };
  const onKey = (event: KeyboardEvent) => {
    const to = movedTo(event.key, stop, rows.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div class="slide-scroll" ref={scroller} onScroll={look}>
      <ul
        class="slide-cells"
        aria-label={t("present-strip")}
        style={{ "--count": rows.length }}
        onKeyDown={onKey}
      >
        {drawnIn(rows.length, from, [current, stop]).map((at) => (
          <Cell
            key={at}
            desk={desk}
            view={view}
            row={rows[at] as SlideRow}
            at={at}
            count={rows.length}
            isStop={at === Math.max(0, stop)}
          />
        ))}
      </ul>
    </div>
  );
}

function reveal(scroller: HTMLElement | null, at: number): void {
  if (!scroller || at < 0) return;
  const { scrollLeft: left, clientWidth: width } = scroller;
  const to = leftFor(at, { left, width });
  if (to !== left) scroller.scrollLeft = to;
}

interface CellProps extends StripProps {
  row: SlideRow;
  at: number;
  count: number;
  /** The one the Tab key stops at. */
  isStop: boolean;
}

function Cell({ desk, view, row, at, count, isStop }: CellProps) {
  const pageId = view.pageId.value;
  const step = row.leaves.findIndex(({ page }) => page.id === pageId);
  const classPage = desk.room.value.board.page_id;
  const isClass = step < 0 && row.leaves.some(({ page }) => page.id === classPage);
  const ink = inkSeen(view).value;
  const [first] = row.leaves;
  const signs = {
    hasInk: row.leaves.some(({ page }) => ink.has(page.id)),
    hasNotes: row.notes !== "",
    isClass,
    questions: questionsOn(desk, first),
  };
  const shown = row.leaves[Math.max(0, step)];
  if (!first || !shown) return null;
  return (
    <li style={{ "--at": at }} aria-setsize={count} aria-posinset={at + 1}>
      <button
        type="button"
        class="slide-cell"
        data-at={at}
        tabIndex={isStop ? 0 : -1}
        aria-current={step >= 0 ? "page" : undefined}
        aria-label={nameOf(row, signs)}
        onClick={() => view.openPage(first.page.id)}
      >
        <SlidePicture
          key={shown.address}
          class="slide-small"
          address={shown.address}
          ratio={ratioOf(shown.page)}
        />
        <span class="slide-line">
          <b class="num">{row.at}</b>
          {row.leaves.length > 1 && <Steps count={row.leaves.length} step={step} />}
          <span class="grow" />
          {signs.isClass && <Icon name="eye" />}
          {signs.hasInk && <Icon name="pen" />}
          {signs.questions > 0 && <Icon name="ask" />}
          {signs.hasNotes && <Icon name="notes" />}
        </span>
      </button>
    </li>
  );
}

interface Signs {
  hasInk: boolean;
  hasNotes: boolean;
  isClass: boolean;
  questions: number;
}

/** How many were prepared with it, as far as this person may know. */
function questionsOn(desk: Desk, leaf: RowLeaf | undefined): number {
  const { board } = desk.room.value;
  const placement = board.placements.find((one) => one.id === leaf?.page.placement);
  const all = placement && desk.session.questions.of(placement.deck_id);
  return all?.questions.filter((one) => one.slide === leaf?.page.slide).length ?? 0;
}

function nameOf(row: SlideRow, { hasInk, hasNotes, isClass, questions }: Signs): string {
  return [
    t("present-slide", { at: row.at }),
    row.title,
    row.leaves.length > 1 ? t("present-steps", { count: row.leaves.length }) : "",
    isClass ? t("present-class-here") : "",
    hasInk ? t("present-has-ink") : "",
    questions > 0 ? t("ask-slide-count", { count: questions }) : "",
    hasNotes ? t("present-has-notes") : "",
  ]
    .filter(Boolean)
    .join(t("room-list-comma"));
}

function Steps({ count, step }: { count: number; step: number }) {
  if (count > DOTS) return <span class="num">{`×${count}`}</span>;
  return (
    <span class="slide-dots">
      {Array.from({ length: count }, (_, at) => (
        <i key={at} class={at <= step ? "is-on" : undefined} />
      ))}
    </span>
  );
}
