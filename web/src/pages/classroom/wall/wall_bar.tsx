/**
 * Over the board while there is one for everyone: whose board this is and the way to the others for
 * the staff, how far one is for a student, and whose page is shown for all.
 */
import { useState } from "preact/hooks";
import type { BoardView } from "../../../board/view_types";
import { neighbourOf } from "../../../room/wall";
import { t } from "../../../text/text";
import { Button, IconButton } from "../../../ui/button";
import { Switch } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import type { TileMark, WallTile } from "../../../wire/messages";
import type { Desk } from "../desk";
import { markOwn, showTile } from "./acts";

interface BarProps {
  desk: Desk;
  view: BoardView;
}

export function WallBar({ desk, view }: BarProps) {
  const { wall, rights, reserved } = desk.room.value;
  if (!wall.wall.is_on) return null;
  if (rights.may_group) return <StaffBar desk={desk} view={view} />;
  if (reserved.own === "" && reserved.shown === "") return null;
  return <StudentBar desk={desk} />;
}

function StaffBar({ desk, view }: BarProps) {
  const room = desk.room.value;
  const tile = room.wall.tiles.find((one) => one.page_id === view.pageId.value);
  return (
    <div class="wall-bar is-over">
      <Button
        look="line"
        size="small"
        icon="wall"
        onClick={() => {
          desk.session.board.wallOpen.value = true;
        }}
      >
        {t("wall-all-boards")}
      </Button>
      {tile && <Large desk={desk} view={view} tile={tile} />}
    </div>
  );
}

function Large({ desk, view, tile }: BarProps & { tile: WallTile }) {
  const room = desk.room.value;
  const { shown, shown_name } = room.wall.wall;
  const isShown = shown === tile.page_id;
  const [named, setNamed] = useState(false);
  const withName = isShown ? shown_name !== "" : named;
  const turn = (step: 1 | -1) => view.lookAt(neighbourOf(room, tile.page_id, step));
  return (
    <>
      <IconButton label={t("wall-previous")} icon="left" onClick={() => turn(-1)} />
      <h2 class="ell">
        <span class="vh">{t("wall-large", { name: tile.name })}</span>
        <span aria-hidden="true">{tile.name}</span>
      </h2>
      <IconButton label={t("wall-next")} icon="right" onClick={() => turn(1)} />
      {tile.mark !== "none" && (
        <span class={tile.mark === "done" ? "pill pill-ok" : "pill pill-signal"}>
          <Icon name={tile.mark} />
          {t(`wall-mark-${tile.mark}`)}
        </span>
      )}
      <span class="grow" />
      <Switch
        label={t("wall-show-named")}
        checked={withName}
        onChange={(on) => {
          setNamed(on);
          if (isShown) showTile(desk, tile.page_id, on);
        }}
      />
      <Button
        look={isShown ? "line" : "primary"}
        size="small"
        icon={isShown ? "close" : "eye"}
        onClick={() => showTile(desk, isShown ? null : tile.page_id, named)}
      >
        {t(isShown ? "wall-show-end" : "wall-show")}
      </Button>
    </>
  );
}

const MARKS = [
  { mark: "done", student: "wall-i-done", group: "wall-we-done" },
  { mark: "stuck", student: "wall-i-stuck", group: "wall-we-stuck" },
] as const;

function StudentBar({ desk }: { desk: Desk }) {
  const { wall, reserved } = desk.room.value;
  const press = (mark: TileMark) => markOwn(desk, wall.mark === mark ? "none" : mark);
  return (
    <div class="wall-bar is-over">
      <p class="grow" role="status">
        {reserved.shown !== "" && <Icon name="eye" />}
        <span>{words(desk)}</span>
      </p>
      {reserved.own !== "" &&
        MARKS.map(({ mark, ...keys }) => (
          <Button
            key={mark}
            look={wall.mark === mark ? "primary" : "line"}
            icon={mark}
            aria-pressed={wall.mark === mark}
            onClick={() => press(mark)}
          >
            {t(keys[wall.wall.per])}
          </Button>
        ))}
    </div>
  );
}

function words(desk: Desk): string {
  const { wall, reserved } = desk.room.value;
  const { shown_name, is_locked, per } = wall.wall;
  const isGroup = per === "group";
  if (reserved.shown !== "" && reserved.shown === reserved.own)
    return t(isGroup ? "wall-group-shown" : "wall-own-shown");
  if (reserved.shown !== "" && shown_name !== "") return t("wall-shown-of", { name: shown_name });
  if (reserved.shown !== "") return t(isGroup ? "wall-shown-some-group" : "wall-shown-somebody");
  if (isGroup) return t(is_locked ? "wall-group-locked" : "wall-group");
  return t(is_locked ? "wall-own-locked" : "wall-own");
}
