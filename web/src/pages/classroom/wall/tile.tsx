/** One student's or group's board on the wall: its picture, live, and how they are getting on. */
import type { BoardView } from "../../../board/view_types";
import type { Board } from "../../../room/wall";
import { t } from "../../../text/text";
import { Icon } from "../../../ui/icon";
import type { BoardPage } from "../../../wire/messages";
import { PagePicture } from "../board/page_picture";

/** A picture on the wall is never older than a second. */
const PAUSE_MS = 400;

interface TileProps {
  view: BoardView;
  board: Board;
  page: BoardPage | undefined;
  isShown: boolean;
  /** Something new is on it. */
  onDrawn(): void;
  onOpen(): void;
}

export function Tile({ view, board, page, isShown, onDrawn, onOpen }: TileProps) {
  const { tile, people, hand } = board;
  const away = people.every((person) => person.connection !== "here");
  const names = tile.group_id ? people.map((one) => one.name).join(t("room-list-comma")) : "";
  const facts = [
    names,
    away ? t("wall-away") : "",
    hand > 0 ? t("wall-hand", { place: hand }) : "",
    tile.mark === "none" ? "" : t(`wall-mark-${tile.mark}`),
    isShown ? t("wall-is-shown") : "",
  ].filter(Boolean);
  const look = tile.mark === "stuck" ? " is-stuck" : isShown ? " is-shown" : "";
  return (
    <li class={`wall-tile${look}`} data-page={tile.page_id}>
      <button
        type="button"
        aria-label={[t("wall-tile", { name: tile.name }), ...facts].join(t("room-list-comma"))}
        onClick={onOpen}
      >
        {page ? (
          <PagePicture
            view={view}
            page={page}
            class="wall-picture"
            how={{ pauseMs: PAUSE_MS, told: onDrawn }}
          />
        ) : (
          <span class="wall-picture" />
        )}
        <span class="wall-line">
          <span class={away ? "dot is-away" : "dot"} />
          <b class="ell" data-tip={names || undefined}>
            {tile.name}
          </b>
          {hand > 0 && (
            <span class="pill pill-signal num">
              <Icon name="hand" />
              {hand}
            </span>
          )}
          {away && <span class="pill">{t("wall-away")}</span>}
          {tile.mark === "done" && (
            <span class="pill pill-ok">
              <Icon name="done" />
              {t("wall-mark-done")}
            </span>
          )}
          {tile.mark === "stuck" && (
            <span class="pill pill-signal">
              <Icon name="stuck" />
              {t("wall-mark-stuck")}
            </span>
          )}
          {isShown && (
            <span class="pill pill-accent" data-tip={t("wall-is-shown")}>
              <Icon name="eye" />
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
