/** The board on the stage: its parts are coming, cannot be fetched, or are here. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../../text/text";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import type { Desk } from "../desk";
import { fetchScreens, screens } from "./parts";
import { Skeleton } from "./skeleton";

export function BoardStage({ desk }: { desk: Desk }) {
  const { board } = desk.session;
  const [failed, setFailed] = useState(false);
  const fetchAll = async () => {
    setFailed(false);
    const [there] = await Promise.all([fetchScreens(), board.show()]);
    if (!there) setFailed(true);
  };
  useEffect(() => void fetchAll(), [board]);
  const parts = screens.value;
  const open = board.open.value;
  const { rights, wall } = desk.room.value;
  if (parts && open) {
    const showsAll = board.wallOpen.value && wall.wall.is_on && rights.may_group;
    const Shown = showsAll ? parts.WallStage : parts.Surface;
    return <Shown desk={desk} view={open.view} link={open.link} />;
  }
  return (
    <section class="stage board" aria-label={t("board-stage")}>
      <div class="board-desk">
        <div class="board-fit">
          {failed || board.missing.value ? (
            <div class="screen-note" role="alert">
              <Icon name="warn" />
              <p>{t("board-missing")}</p>
              <Button look="line" onClick={() => void fetchAll()}>
                {t("again")}
              </Button>
            </div>
          ) : (
            <Skeleton words={t("board-coming")} />
          )}
        </div>
      </div>
      <div class="stagefoot" />
    </section>
  );
}
