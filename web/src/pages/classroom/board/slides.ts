/** Which slide and step of a deck a page is, and which pages are the board's own. Pure. */
import type { BoardPage, Placement } from "../../../wire/messages";

export interface SlidePlace {
  /** From 1, as the steps. */
  slide: number;
  slides: number;
  step: number;
  steps: number;
}

/** Null for a page that is of no deck. */
export function slideOf(pages: readonly BoardPage[], id: string): SlidePlace | null {
  const page = pages.find((one) => one.id === id);
  if (!page || page.placement === "") return null;
  const deck = pages.filter((one) => one.placement === page.placement);
  const numbers = [...new Set(deck.map((one) => one.slide))];
  const steps = deck.filter((one) => one.slide === page.slide);
  return {
    slide: numbers.indexOf(page.slide) + 1,
    slides: numbers.length,
    step: steps.indexOf(page) + 1,
    steps: steps.length,
  };
}

/** The pages of no deck that somebody may look at. */
export function ownPages(pages: readonly BoardPage[], leads: boolean): readonly BoardPage[] {
  return pages.filter((page) => page.placement === "" && (page.is_seen || leads));
}

/** The deck of this placement, when it is one of slides. */
export function slidesPlaced(placements: readonly Placement[], id = ""): Placement | null {
  return placements.find((one) => one.id === id && one.kind === "slides") ?? null;
}

export interface DeckShown {
  placement: Placement;
  slides: number;
  /** Where opening it leads: the class's page in it, else the last one seen. */
  page: BoardPage;
}

export function decksOf(
  pages: readonly BoardPage[],
  placements: readonly Placement[],
  classPage: string,
): readonly DeckShown[] {
  return placements.flatMap((placement) => {
    const deck = pages.filter((page) => page.placement === placement.id);
    const seen = deck.filter((page) => page.is_seen);
    const page = seen.find((one) => one.id === classPage) ?? seen.at(-1);
    const slides = new Set(deck.map((one) => one.slide)).size;
    return page ? [{ placement, slides, page }] : [];
  });
}
