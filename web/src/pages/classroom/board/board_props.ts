/** What every part of the board on the stage is given. */
import type { BoardLink } from "../../../board/link";
import type { BoardView } from "../../../board/view_types";
import type { Desk } from "../desk";

export interface BoardProps {
  desk: Desk;
  view: BoardView;
  link: BoardLink;
}
