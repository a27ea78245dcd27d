/** All boards at once, in the place of the stage: for the staff. */
import { useEffect, useRef, useState } from "preact/hooks";
import { boardsOf, type WallFilter } from "../../../room/wall";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Segmented } from "../../../ui/field";
import type { BoardProps } from "../board/board_props";
import { lockWall } from "./acts";
import { CollectDialog } from "./collect_dialog";
import { Tile } from "./tile";

/** Who drew last within this time is drawing. */
const DRAWING_MS = 10_000;

export function WallStage({ desk, view }: BoardProps) {
  const [filter, setFilter] = useState<WallFilter>("everyone");
  const [collecting, setCollecting] = useState(false);
  const { drawing, drawn } = useDrawing();
  const room = desk.room.value;
  const { wall, tiles } = room.wall;
  const boards = boardsOf(room, filter);
  const count = (which: WallFilter) => boardsOf(room, which).length;
  return (
    <section class="stage wall" aria-label={t("wall-title")}>
      <div class="wall-bar">
        <div class="wall-facts">
          <h2>{t(wall.per === "group" ? "wall-title-groups" : "wall-title")}</h2>
          <p class="small quiet">{t("wall-drawing", { count: drawing })}</p>
        </div>
        <Segmented<WallFilter>
          label={t("wall-filter")}
          value={filter}
          options={[
            { value: "everyone", label: `${t("wall-everyone")} ${count("everyone")}` },
            { value: "help", label: `${t("wall-needs-help")} ${count("help")}` },
            { value: "done", label: `${t("wall-done-filter")} ${count("done")}` },
          ]}
          onPick={setFilter}
        />
        <IconButton
          label={t(wall.is_locked ? "wall-unlock" : "wall-lock")}
          icon={wall.is_locked ? "lock" : "unlock"}
          pressed={wall.is_locked}
          onClick={() => lockWall(desk, !wall.is_locked)}
        />
        <Button look="line" icon="check" onClick={() => setCollecting(true)}>
          {t("wall-collect")}
        </Button>
        <Button
          look="primary"
          icon="left"
          onClick={() => {
            desk.session.board.wallOpen.value = false;
          }}
        >
          {t("wall-back")}
        </Button>
      </div>
      {boards.length === 0 ? (
        <p class="wall-empty">{t(tiles.length === 0 ? "wall-nobody" : "wall-empty")}</p>
      ) : (
        <ul class="scroll wall-grid" aria-label={t("wall-title")}>
          {boards.map((board) => (
            <Tile
              key={board.tile.page_id}
              view={view}
              board={board}
              page={room.reserved.pages.find((page) => page.id === board.tile.page_id)}
              isShown={wall.shown === board.tile.page_id}
              onDrawn={() => drawn(board.tile.page_id)}
              onOpen={() => {
                view.lookAt(board.tile.page_id);
                desk.session.board.wallOpen.value = false;
              }}
            />
          ))}
        </ul>
      )}
      <CollectDialog
        desk={desk}
        view={view}
        open={collecting}
        onClose={() => setCollecting(false)}
      />
    </section>
  );
}

/** How many boards were drawn on lately; `drawn` is to be called with each change. */
function useDrawing() {
  const last = useRef(new Map<string, number>());
  const [drawing, setDrawing] = useState(0);
  const count = () => {
    const since = performance.now() - DRAWING_MS;
    setDrawing([...last.current.values()].filter((at) => at >= since).length);
  };
  useEffect(() => {
    const timer = setInterval(count, 1_000);
    return () => clearInterval(timer);
  }, []);
  const drawn = (pageId: string) => {
    last.current.set(pageId, performance.now());
    count();
  };
  return { drawing, drawn };
}
