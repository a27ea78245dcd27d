/** News of the board for everyone, told once each: it was opened or collected, somebody is stuck. */
import { effect } from "@preact/signals";
import { t } from "../../../text/text";
import { announce } from "../../../ui/live";
import type { Desk } from "../desk";

export function followWall(desk: Desk): () => void {
  let { is_on: wasOn, per } = desk.room.peek().wall.wall;
  let stuck = stuckOf(desk);
  return effect(() => {
    const { wall } = desk.room.value.wall;
    if (wall.is_on !== wasOn) {
      wasOn = wall.is_on;
      if (!wasOn) desk.session.board.wallOpen.value = false;
      if (wasOn) per = wall.per;
      const isGroup = per === "group";
      if (wasOn) announce(t(isGroup ? "wall-news-group-open" : "wall-news-open"));
      else announce(t(isGroup ? "wall-news-group-close" : "wall-news-close"));
    }
    const now = stuckOf(desk);
    for (const [id, name] of now) if (!stuck.has(id)) announce(t("wall-news-stuck", { name }));
    stuck = now;
  });
}

function stuckOf(desk: Desk): Map<string, string> {
  const { tiles } = desk.room.value.wall;
  return new Map(
    tiles.flatMap((tile) => (tile.mark === "stuck" ? [[tile.page_id, tile.name]] : [])),
  );
}
