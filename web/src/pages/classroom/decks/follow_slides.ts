/** While a seat is taken: what is needed of the deck the class is on, and for how long it is there. */
import { computed, effect } from "@preact/signals";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { placementOf } from "./here";
import { hasNotesPanel } from "./notes";
import { noteSlide } from "./slide_clock";

export function followSlides(desk: Desk): () => void {
  const board = computed(() => desk.room.value.board);
  const stops = [
    effect(() => {
      const placement = placementOf(board.value, board.value.page_id);
      if (placement && mayLead(desk)) desk.session.slides.need(placement);
    }),
    effect(() => noteSlide(board.value, Date.now())),
    // Nothing is left of it when the last deck is put away, or the right to lead.
    effect(() => {
      if (desk.panel.value === "notes" && !hasNotesPanel(desk)) desk.panel.value = "none";
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
