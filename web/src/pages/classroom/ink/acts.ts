/** What is asked of the ink on the shared screen, with a word about it when it was refused. */
import { refusalText } from "../../../text/refusal";
import { t } from "../../../text/text";
import { toast } from "../../../ui/live";
import type { InkLook } from "../../../wire/messages";
import { fetchScreens } from "../board/parts";
import type { Desk } from "../desk";
import { ask, explain } from "../explain";
import { takeFrame } from "./frame";
import { mayDrawOnScreen } from "./rights";

const STORED = "classroom.ink_look";
const NAME_MAX = 60;

/** Takes the pen into the hand, or puts it down. */
export async function pressDraw(desk: Desk): Promise<void> {
  if (desk.drawing.value) return stopDrawing(desk);
  if (!mayDrawOnScreen(desk)) return;
  const { session, room } = desk;
  // What the page needs to be drawn on comes while the server makes it.
  const parts = Promise.all([fetchScreens(), session.board.showInk()]);
  if (room.value.ink.page_id === "") {
    const look = globalThis.localStorage?.getItem(STORED) === "fade" ? "fade" : "stay";
    if (!explain(await session.wire.request("ink.begin", { look }))) return;
  }
  desk.drawing.value = true;
  const [there] = await parts;
  if (there && session.board.ink.value) return;
  desk.drawing.value = false;
  toast(t("ink-missing"));
}

export function stopDrawing(desk: Desk): void {
  desk.drawing.value = false;
}

/** The next share begins with it, too. */
export function setLook(desk: Desk, look: InkLook): void {
  globalThis.localStorage?.setItem(STORED, look);
  void ask(desk, "ink.set", { look, open: null });
}

export function setOpen(desk: Desk, open: boolean): void {
  void ask(desk, "ink.set", { look: null, open });
}

/** Nobody is asked first: it can be brought back. */
export async function clearInk(desk: Desk): Promise<void> {
  const view = desk.session.board.ink.value;
  if (view?.pageState.value === "ready" && view.items.value.length === 0) {
    return toast(t("ink-empty"));
  }
  if (!(await ask(desk, "ink.clear", {}))) return;
  toast(t("ink-cleared"), {
    label: t("board-undo-word"),
    run: () => void ask(desk, "ink.unclear", {}),
  });
}

/** Makes a page of the board of what the stage shows now; news says which page it is. */
export async function freezeScreen(desk: Desk): Promise<void> {
  const frame = await takeFrame(ownScreen(desk));
  if (!frame) return toast(t("ink-freeze-failed"));
  const sent = await desk.session.board.upload(frame.picture);
  if (!sent.ok) return toast(refusalText(sent.error.code, sent.error.params));
  const { asset, w: width, h: height } = sent.value;
  const name = t("ink-frozen-name", { name: desk.presenter.value?.name ?? "" }).slice(0, NAME_MAX);
  await ask(desk, "ink.freeze", { asset, width, height, name });
}

/** Our own screen, when it is that which has the stage. */
export function ownScreen(desk: Desk): MediaStreamTrack | null {
  const isOurs = desk.presenter.value?.id === desk.room.value.selfId;
  return isOurs ? desk.session.share.video.value : null;
}
