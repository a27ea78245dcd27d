/** What the board's controls ask of the room, with a word about it when it was refused. */
import type { Paper, Pen } from "../../../board/model";
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { Requests } from "../../../wire/messages";
import type { Desk } from "../desk";

type BoardRequest = Extract<keyof Requests, `board.${string}`>;

/** A standard page in board units. */
export const PAGE = { width: 1280, height: 720 } as const;

async function ask<K extends BoardRequest>(desk: Desk, name: K, message: Requests[K]["request"]) {
  const answer = await desk.session.wire.request(name, message);
  if (!answer.ok) toast(refusalText(answer.error.code, answer.error.params));
  return answer;
}

export function mayLead(desk: Desk): boolean {
  return desk.room.value.rights.may_lead_board;
}

export function pressBoard(desk: Desk): void {
  void ask(desk, "board.show", { shown: !desk.room.value.stage.board });
}

export function givePen(desk: Desk, participant_id: string | null, pen: Pen): void {
  void ask(desk, "board.give_pen", { participant_id, pen });
}

export async function addPage(desk: Desk, after: string | null): Promise<void> {
  const like = desk.room.value.board.pages.find((page) => page.id === after);
  const answer = await ask(desk, "board.add_page", {
    after,
    name: "",
    paper: like?.paper ?? "plain",
    width: like ? like.width : PAGE.width,
    height: like ? like.height : PAGE.height,
    copy_of: null,
  });
  if (answer.ok) desk.session.board.open.value?.view.openPage(answer.value.page_id);
}

export async function duplicatePage(desk: Desk, id: string): Promise<void> {
  const { board, reserved } = desk.room.value;
  const page = [...board.pages, ...reserved.pages].find((one) => one.id === id);
  if (!page) return;
  const { paper, width, height } = page;
  const answer = await ask(desk, "board.add_page", {
    after: id,
    name: "",
    paper,
    width,
    height,
    copy_of: id,
  });
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
  const answer = await ask(desk, "board.remove_page", { page_id });
  if (!answer.ok) return;
  toast(t("board-page-removed"), {
    label: t("board-undo-word"),
    run: () => void ask(desk, "board.restore_page", { page_id }),
  });
}

export async function clearPage(desk: Desk, page_id: string): Promise<void> {
  const answer = await ask(desk, "board.clear_page", { page_id });
  if (!answer.ok) return;
  toast(t("board-page-cleared"), {
    label: t("board-undo-word"),
    run: () => unclearPage(desk, page_id),
  });
}

export function unclearPage(desk: Desk, page_id: string): void {
  void ask(desk, "board.unclear_page", { page_id });
}
