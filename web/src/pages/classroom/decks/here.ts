/** The deck of the page somebody looks at, with its slides as rows. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Board, Placement } from "../../../wire/messages";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { rowsOf, type SlideRow } from "./rows";

export interface DeckHere {
  placement: Placement;
  rows: readonly SlideRow[];
}

/** Null on a page that is of no deck of slides. */
export function placementOf(board: Board, pageId: string): Placement | null {
  const page = board.pages.find((one) => one.id === pageId);
  if (page?.kind !== "slide") return null;
  return board.placements.find((one) => one.id === page.placement) ?? null;
}

/** Drawn anew with the board alone, not with every word in the chat. */
export function deckHere(
  desk: Desk,
  pageId: ReadonlySignal<string>,
): ReadonlySignal<DeckHere | null> {
  const board = computed(() => desk.room.value.board);
  const leads = computed(() => mayLead(desk));
  const placement = computed(() => placementOf(board.value, pageId.value));
  return computed(() => {
    const here = placement.value;
    if (!here) return null;
    const { slides, texts } = desk.session;
    const source = {
      pages: board.value.pages,
      placement: here.id,
      slides: leads.value ? slides.of(here) : [],
      texts: texts.known.value,
      addressOf: slides.addressOf.bind(slides),
    };
    return { placement: here, rows: rowsOf(source, leads.value) };
  });
}

/** The same for the page the class is on. */
export function deckOfClass(desk: Desk): ReadonlySignal<DeckHere | null> {
  return deckHere(
    desk,
    computed(() => desk.room.value.board.page_id),
  );
}
