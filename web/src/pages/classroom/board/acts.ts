/** What the board's controls ask of the room, with a word about it when it was refused. */
import type { Paper, Pen } from "../../../board/model";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { BoardPage, Placement } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask, explain } from "../explain";

/** A standard page in board units. */
export const PAGE = { width: 1280, height: 720 } as const;

export function mayLead(desk: Desk): boolean {
  return desk.room.value.rights.may_lead_board;
}

export function pressBoard(desk: Desk): void {
  void ask(desk, "board.show", { shown: !desk.room.value.stage.board });
}

export function givePen(desk: Desk, participant_id: string | null, pen: Pen): void {
  void ask(desk, "board.give_pen", { participant_id, pen });
}

export function addPage(desk: Desk, after: string | null): Promise<void> {
  const like = desk.room.value.board.pages.find((page) => page.id === after);
  return openNew(desk, after, like ?? { paper: "plain", ...PAGE }, null);
}

export async function duplicatePage(desk: Desk, id: string): Promise<void> {
  const { board, reserved } = desk.room.value;
  const page = [...board.pages, ...reserved.pages].find((one) => one.id === id);
  if (page) await openNew(desk, id, page, id);
}

type Shape = Pick<BoardPage, "paper" | "width" | "height">;

async function openNew(
  desk: Desk,
  after: string | null,
  { paper, width, height }: Shape,
  copy_of: string | null,
): Promise<void> {
  const page = { after, name: "", paper, width, height, copy_of };
  const answer = await desk.session.wire.request("board.add_page", page);
  explain(answer);
  if (answer.ok) desk.session.board.open.value?.view.openPage(answer.value.page_id);
}

export function setPaper(desk: Desk, page_id: string, paper: Paper): void {
  void ask(desk, "board.change_page", { page_id, paper });
}

export function setInfinite(desk: Desk, page_id: string, isInfinite: boolean): void {
  const size = isInfinite ? { is_infinite: true } : PAGE;
  void ask(desk, "board.change_page", { page_id, ...size });
}

export function setLocked(desk: Desk, page_id: string, is_locked: boolean): void {
  void ask(desk, "board.change_page", { page_id, is_locked });
}

export function renamePage(desk: Desk, page_id: string, name: string): void {
  void ask(desk, "board.change_page", { page_id, name: name.trim() });
}

export function movePage(desk: Desk, page_id: string, before: string | null): void {
  void ask(desk, "board.move_page", { page_id, before });
}

export async function removePage(desk: Desk, page_id: string): Promise<void> {
  if (!(await ask(desk, "board.remove_page", { page_id }))) return;
  toast(t("board-page-removed"), {
    label: t("board-undo-word"),
    run: () => void ask(desk, "board.restore_page", { page_id }),
  });
}

export async function putDeckAway(desk: Desk, { id, deck_id, name }: Placement): Promise<void> {
  if (!(await ask(desk, "deck.leave", { placement_id: id }))) return;
  toast(t("present-put-away-done", { name }), {
    label: t("board-undo-word"),
    run: () => void ask(desk, "deck.place", { deck_id, placement_id: id }),
  });
}

export async function clearPage(desk: Desk, page_id: string): Promise<void> {
  if (!(await ask(desk, "board.clear_page", { page_id }))) return;
  toast(t("board-page-cleared"), {
    label: t("board-undo-word"),
    run: () => unclearPage(desk, page_id),
  });
}

export function unclearPage(desk: Desk, page_id: string): void {
  void ask(desk, "board.unclear_page", { page_id });
}
