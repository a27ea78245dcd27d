/** The class's page after a turn: the list of pages is the same but for those it had not been on. */
import type { Board, PageTurned } from "../wire/messages";

export function withTurn(board: Board, turn: PageTurned): Board {
  const { page_id, presenter } = turn;
  if (turn.pages.length === 0) return { ...board, page_id, presenter };
  const seen = new Map(turn.pages.map((page) => [page.id, page]));
  const pages = board.pages.map((page) => seen.get(page.id) ?? page);
  return { ...board, pages, page_id, presenter };
}
