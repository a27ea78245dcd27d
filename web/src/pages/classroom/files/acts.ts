/** What is done with a file that was sent: downloaded, put on the board, removed. */
import { effect } from "@preact/signals";
import type { BoardView } from "../../../board/view_types";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { MenuItem } from "../../../ui/menu";
import type { FileCard } from "../../../wire/messages";
import { mayLead } from "../board/acts";
import type { Desk } from "../desk";
import { ask, explain } from "../explain";

/** The board's parts may have to be fetched first. */
const BOARD_WITHIN_MS = 15_000;

/** Pictures that the board takes as they are. */
const ON_BOARD = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

/** The browser downloads it; without a file all of them in one. */
export async function download(desk: Desk, id: string | null): Promise<void> {
  const found = await desk.session.files.download(id);
  if (!explain(found) || !found.ok) return;
  const link = document.createElement("a");
  link.href = found.value;
  link.download = "";
  link.click();
}

/** One's own always; others' by who keeps order, but nothing between two others. */
export function mayRemove(desk: Desk, file: FileCard): boolean {
  const room = desk.room.value;
  if (file.participant_id === room.selfId) return true;
  return room.rights.may_order && !file.to.startsWith("to:");
}

/** We have a pen on the board that lies on the stage, or may lay it there. */
function mayPutOnBoard(desk: Desk, file: FileCard): boolean {
  if (!ON_BOARD.has(file.kind)) return false;
  if (desk.content.value !== "board") return mayLead(desk);
  const view = desk.session.board.open.value?.view;
  return view !== undefined && view.pen.value !== "none";
}

/** The board as soon as it can be drawn on; null when that takes too long. */
function drawable(desk: Desk): Promise<BoardView | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), BOARD_WITHIN_MS);
    const stop = effect(() => {
      const view = desk.session.board.open.value?.view;
      if (view?.pageState.value !== "ready" || view.pen.value === "none") return;
      clearTimeout(late);
      resolve(view);
    });
    setTimeout(stop, BOARD_WITHIN_MS);
  });
}

async function putOnBoard(desk: Desk, file: FileCard): Promise<void> {
  const isShown = desk.content.value === "board";
  if (!isShown && !(await ask(desk, "board.show", { shown: true }))) return;
  desk.shownPicture.value = null;
  const found = await desk.session.files.content(file.id);
  if (!explain(found) || !found.ok) return;
  const view = await drawable(desk);
  if (!view) {
    toast(t("board-missing"));
    return;
  }
  // The board says itself why it would not take one.
  const picture = new Blob([found.value], { type: file.kind });
  if (await view.insertImage(picture)) toast(t("files-on-board", { name: file.name }));
}

/** What may be done with a file beside downloading it. */
export function fileItems(desk: Desk, file: FileCard, askRemove: () => void): MenuItem[] {
  const items: MenuItem[] = [];
  if (mayPutOnBoard(desk, file)) {
    const run = () => void putOnBoard(desk, file);
    items.push({ label: t("files-to-board"), icon: "board", run });
  }
  if (mayRemove(desk, file)) {
    items.push({ label: t("files-remove"), icon: "trash", danger: true, run: askRemove });
  }
  return items;
}
