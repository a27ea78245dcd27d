/** What is given to whatever lies under or over the ink of a page. */
import type { ReadonlySignal } from "@preact/signals";
import type { Rect } from "../../../board/model";
import type { BoardView } from "../../../board/view_types";
import type { BoardPage } from "../../../wire/messages";
import type { Desk } from "../desk";

export interface LayerProps {
  desk: Desk;
  view: BoardView;
  page: BoardPage;
  /** Where the page lies, in px of the board's host. */
  box: ReadonlySignal<Rect>;
}
