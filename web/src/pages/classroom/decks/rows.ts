/** The slides of a deck on the stage, one row each, as its strip and its search need them. Pure. */
import type { Slide } from "../../../wire/decks";
import type { BoardPage } from "../../../wire/messages";

/** A slide at one of its steps, as a page of the board. */
export interface RowLeaf {
  page: BoardPage;
  /** Where its picture is; empty while that is not known. */
  address: string;
  /** What stands on it, as far as that is known. */
  text: string;
}

export interface SlideRow {
  /** From 1, as people count. */
  at: number;
  title: string;
  notes: string;
  leaves: readonly RowLeaf[];
}

/** What is told of the deck to who leads; others know what they see. */
export interface RowSource {
  pages: readonly BoardPage[];
  placement: string;
  slides: readonly Slide[];
  texts: ReadonlyMap<string, string>;
  addressOf(page: BoardPage): string;
}

/** In the order of the board. `leads`: also slides the class was not on yet. */
export function rowsOf(source: RowSource, leads: boolean): readonly SlideRow[] {
  const told = new Map(source.slides.map((slide) => [slide.number, slide]));
  const deck = source.pages.filter((page) => page.placement === source.placement);
  const bySlide = new Map<number, BoardPage[]>();
  for (const page of deck) {
    const known = bySlide.get(page.slide);
    if (known) known.push(page);
    else bySlide.set(page.slide, [page]);
  }
  return [...bySlide]
    .map(([number, pages], at) => {
      const slide = told.get(number);
      const open = pages.filter((page) => page.is_seen || leads);
      const leaves = open.map((page) => leafOf(page, slide, source));
      return { at: at + 1, title: slide?.title ?? "", notes: slide?.notes ?? "", leaves };
    })
    .filter((row) => row.leaves.length > 0);
}

function leafOf(page: BoardPage, slide: Slide | undefined, source: RowSource): RowLeaf {
  const address = source.addressOf(page);
  const said = slide?.leaves.find((leaf) => leaf.step === page.step)?.text;
  return { page, address, text: said || (source.texts.get(address) ?? "") };
}

/** Which row has the page; -1 for none. */
export function rowOfPage(rows: readonly SlideRow[], pageId: string): number {
  return rows.findIndex((row) => row.leaves.some(({ page }) => page.id === pageId));
}

/** What comes after the class's page in its deck: the next step or slide; null at the end. */
export function nextLeaf(rows: readonly SlideRow[], pageId: string): RowLeaf | null {
  const leaves = rows.flatMap((row) => row.leaves);
  const at = leaves.findIndex(({ page }) => page.id === pageId);
  return at < 0 ? null : (leaves[at + 1] ?? null);
}
