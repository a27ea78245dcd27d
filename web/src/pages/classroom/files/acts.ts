/** What is done with a file that was sent: downloaded, put on the board, removed. */
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { MenuItem } from "../../../ui/menu";
import type { FileCard } from "../../../wire/messages";
import type { Desk } from "../desk";
import { explain } from "../explain";

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

export async function remove(desk: Desk, file: FileCard): Promise<void> {
  if (explain(await desk.session.files.remove(file.id))) {
    toast(t("files-removed", { name: file.name }));
  }
}

/** The board lies on the stage, and we have a pen. */
export function mayPutOnBoard(desk: Desk, file: FileCard): boolean {
  const view = desk.session.board.open.value?.view;
  if (!view || desk.content.value !== "board" || view.pen.value === "none") return false;
  return ON_BOARD.has(file.kind);
}

async function putOnBoard(desk: Desk, file: FileCard): Promise<void> {
  const found = await desk.session.files.content(file.id);
  const view = desk.session.board.open.value?.view;
  if (!explain(found) || !found.ok || !view) return;
  // The board says itself why it would not take one.
  const picture = new Blob([found.value], { type: file.kind });
  if (await view.insertImage(picture)) toast(t("files-on-board", { name: file.name }));
}

/** What stands in a file's menu beside its download. */
export function fileItems(desk: Desk, file: FileCard, askRemove: () => void): MenuItem[] {
  const items: MenuItem[] = [
    {
      label: t("files-download"),
      icon: "download",
      run: () => void download(desk, file.id),
    },
  ];
  if (mayPutOnBoard(desk, file)) {
    const run = () => void putOnBoard(desk, file);
    items.push({ label: t("files-to-board"), icon: "board", run });
  }
  if (mayRemove(desk, file)) {
    items.push({ label: t("files-remove"), icon: "trash", danger: true, run: askRemove });
  }
  return items;
}
