/** What the wall of boards asks of the room, with a word about it when it was refused. */
import type { TileMark } from "../../../wire/messages";
import type { Desk } from "../desk";
import { ask } from "../explain";

/** A page for every student, with what lies on the class's. */
export async function openWall(desk: Desk): Promise<void> {
  const task_page_id = desk.room.value.board.page_id;
  if (await ask(desk, "wall.open", { task_page_id })) desk.session.board.wallOpen.value = true;
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
