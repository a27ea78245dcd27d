/** Page keys turn the board's page wherever the focus is: the devices in a speaker's hand send them. */
import { boardKeyOf } from "../../../board/keys";
import { farTurn } from "../../../board/turns";
import type { BoardView } from "../../../board/view_types";
import { factsOf } from "../../../room/board_room";
import type { Desk } from "../desk";
import { mayLead } from "./acts";

/** What scrolls by these keys, or has an own use for them. */
const SCROLLED = "input, textarea, select, [contenteditable], dialog, [popover], .panel, .menu";

export function followPageKeys(desk: Desk, view: BoardView): () => void {
  const down = (event: KeyboardEvent) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.isComposing || at.closest(SCROLLED)) return;
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    const act = boardKeyOf(event)?.act;
    if (act === "page_before") view.turnBy(-1);
    else if (act === "page_after") view.turnBy(1);
    else if (act === "slide_before" || act === "slide_after") turnFar(desk, view, act);
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", down);
  return () => removeEventListener("keydown", down);
}

function turnFar(desk: Desk, view: BoardView, how: "slide_before" | "slide_after"): void {
  const leads = mayLead(desk);
  const pages = desk.room.value.board.pages.filter((page) => page.is_seen || leads);
  const to = farTurn(pages.map(factsOf), view.pageId.value, how);
  if (to !== null) view.openPage(to);
}
