/** Page keys turn the board's page wherever the focus is: the devices in a speaker's hand send them. */
import { boardKeyOf } from "../../../board/keys";
import { type FarTurn, farTurn } from "../../../board/turns";
import type { BoardView } from "../../../board/view_types";
import { factsOf } from "../../../room/board_room";
import type { Desk } from "../desk";
import { mayLead } from "./acts";

/** What scrolls by these keys, or has an own use for them. */
const SCROLLED =
  "input, textarea, select, [contenteditable], dialog, [popover], .panel, .menu, .stage-ask";
/** Where these two lead to the ends of something else. */
const ENDED = "[role=toolbar], [role=radiogroup]";
const ENDS = new Set(["Home", "End"]);
const KEYS = new Set(["PageUp", "PageDown", ...ENDS]);
const FAR = new Set<string>(["slide_before", "slide_after", "page_first", "page_last"]);

export function followPageKeys(desk: Desk, view: BoardView): () => void {
  const down = (event: KeyboardEvent) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || event.isComposing || at.closest(SCROLLED)) return;
    if (ENDS.has(event.key) && at.closest(ENDED)) return;
    const act = KEYS.has(event.key) ? boardKeyOf(event)?.act : undefined;
    if (act === "page_before") view.turnBy(-1);
    else if (act === "page_after") view.turnBy(1);
    else if (act && FAR.has(act)) turnFar(desk, view, act as FarTurn);
    else return;
    event.preventDefault();
  };
  addEventListener("keydown", down);
  return () => removeEventListener("keydown", down);
}

function turnFar(desk: Desk, view: BoardView, how: FarTurn): void {
  const leads = mayLead(desk);
  const pages = desk.room.value.board.pages.filter((page) => page.is_seen || leads);
  const to = farTurn(pages.map(factsOf), view.pageId.value, how);
  if (to !== null) view.openPage(to);
}
