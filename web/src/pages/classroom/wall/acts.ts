/** What the wall of boards asks of the room, with a word about it when it was refused. */
import { areOpen } from "../../../room/groups";
import type { TileMark, WallPer } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** A page for every student or group, with what lies on the class's; open groups have theirs. */
export async function openWall(desk: Desk, per: WallPer): Promise<boolean> {
  const { board, groups } = desk.room.value;
  const task_page_id = per === "group" && areOpen(groups) ? null : board.page_id;
  const opened = await ask(desk, "wall.open", { task_page_id, per });
  if (opened) desk.session.board.wallOpen.value = true;
  return opened;
}

/** The boards of the groups, in place of the stage; on a phone the panel makes room for them. */
export async function showGroupBoards(desk: Desk): Promise<void> {
  const { wall } = desk.room.value.wall;
  const isThere = wall.is_on && wall.per === "group";
  if (isThere) desk.session.board.wallOpen.value = true;
  else if (!(await openWall(desk, "group"))) return;
  if (desk.form.value === "phone") desk.panel.value = "none";
}

export function markOwn(desk: Desk, mark: TileMark): void {
  void ask(desk, "wall.mark", { mark });
}

export function showTile(desk: Desk, page_id: string | null, named: boolean): void {
  void ask(desk, "wall.show", { page_id, named });
}

export function lockWall(desk: Desk, on: boolean): void {
  void ask(desk, "wall.lock", { on });
}

export async function closeWall(desk: Desk, keep: boolean): Promise<boolean> {
  const closed = await ask(desk, "wall.close", { keep });
  if (closed) desk.session.board.wallOpen.value = false;
  return closed;
}
