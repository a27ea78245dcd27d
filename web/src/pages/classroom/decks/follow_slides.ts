/** While a seat is taken: what is needed of the deck the class is on, and for how long it is there. */
import { computed, effect } from "@preact/signals";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { placementOf } from "./here";
import { newerOf, useNewer } from "./newer";
import { hasNotesPanel } from "./notes";
import { noteSlide } from "./slide_clock";

export function followSlides(desk: Desk): () => void {
  const board = computed(() => desk.room.value.board);
  const stops = [
    effect(() => {
      const placement = placementOf(board.value, board.value.page_id);
      if (!placement || !mayLead(desk)) return;
      desk.session.slides.need(placement);
      if (desk.room.value.rights.may_ask) void desk.session.questions.need(placement.deck_id);
    }),
    effect(() => noteSlide(board.value, Date.now())),
    tellNewer(desk),
    // Nothing is left of it when the last deck is put away, or the right to lead.
    effect(() => {
      if (desk.panel.value === "notes" && !hasNotesPanel(desk)) desk.panel.value = "none";
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A version that is ready while the deck is on the stage is offered once; the list has it as well. */
function tellNewer(desk: Desk): () => void {
  const { decks } = desk.session;
  const board = computed(() => desk.room.value.board);
  const told = new Set<string>();
  let isAsked = false;
  return effect(() => {
    const { placements } = board.value;
    const library = decks.library.value;
    if (!mayLead(desk) || placements.length === 0) return;
    if (!library && !isAsked) void decks.load();
    isAsked = true;
    for (const placement of placements) {
      const deck = newerOf(library, placement);
      if (!deck || told.has(`${placement.id} ${deck.print_id}`)) continue;
      told.add(`${placement.id} ${deck.print_id}`);
      if (desk.panel.peek() === "decks") continue;
      toast(t("present-newer-ready", { name: placement.name }), {
        label: t("present-newer-use"),
        run: () => void useNewer(desk, placement),
      });
    }
  });
}
