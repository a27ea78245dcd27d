/** What reserved pages and a board for everyone mean at this seat. Pure. */
import type { Participant, WallTile } from "../wire/messages";
import { placeOf } from "./floor";
import type { RoomState } from "./state";

/** The board lies on the stage here, whatever the class looks at. */
export function boardIsHere({ stage, reserved, wall, rights }: RoomState): boolean {
  return (
    stage.board ||
    reserved.own !== "" ||
    reserved.shown !== "" ||
    (wall.wall.is_on && rights.may_group)
  );
}

/** The page everybody is to look at, else one's own, else the class's. */
export function pageToLookAt({ reserved, board }: RoomState): string {
  return reserved.shown || reserved.own || board.page_id;
}

/** Somebody else's page is shown, and nobody is to know whose. */
export function hidesNames({ reserved, wall, rights }: RoomState): boolean {
  const isOthers = reserved.shown !== "" && reserved.shown !== reserved.own;
  return isOthers && wall.wall.shown_name === "" && !rights.may_group;
}

export type WallFilter = "everyone" | "help" | "done";

export interface Board {
  tile: WallTile;
  /** Its student, or all of its group, who are in the room. */
  people: readonly Participant[];
  /** Place in the queue of hands, the first of theirs; 0 without one. */
  hand: number;
}

export function boardsOf(room: RoomState, filter: WallFilter): Board[] {
  return room.wall.tiles
    .filter(({ mark }) =>
      filter === "everyone" ? true : filter === "help" ? mark === "stuck" : mark === "done",
    )
    .map((tile) => {
      const ids = peopleOf(room, tile);
      const people = room.participants.filter((one) => ids.includes(one.id));
      const hands = ids.map((id) => placeOf(room.hands, id)).filter((place) => place > 0);
      return { tile, people, hand: hands.length > 0 ? Math.min(...hands) : 0 };
    });
}

/** Those who work on a board, also when they are not in the room. */
function peopleOf({ groups }: RoomState, tile: WallTile): readonly string[] {
  if (!tile.group_id) return [tile.participant_id];
  const members = groups.members.filter((one) => one.group_id === tile.group_id);
  return members.map((one) => one.participant_id);
}

/** The board before (-1) or after (1) a page, going round. */
export function neighbourOf(room: RoomState, pageId: string, step: 1 | -1): string {
  const { tiles } = room.wall;
  const at = tiles.findIndex((tile) => tile.page_id === pageId);
  return tiles[(at + step + tiles.length) % tiles.length]?.page_id ?? pageId;
}
