"""The room's wall of boards in the form it crosses the wire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from classroom.room import wall_event
from classroom.room.participant import Participant
from classroom.room.policy import is_staff
from classroom.room.room import Room
from classroom.room.wall_state import Tile, WallState
from classroom.wire import wall


def wall_form(state: WallState) -> wall.Wall:
    """What everybody may know of it."""
    return wall.Wall(
        is_on=state.is_on,
        task_page_id=state.task_page_id or "",
        shown=state.shown or "",
        shown_name=state.shown_name,
        is_locked=state.is_locked,
        per=state.per,
        is_borrowed=state.is_borrowed,
    )


def tiles_form(tiles: Sequence[Tile]) -> list[wall.WallTile]:
    """The tiles, for the staff."""
    return [
        wall.WallTile(
            participant_id=tile.participant_id,
            page_id=tile.page_id,
            name=tile.name,
            mark=tile.mark,
            marked_ms=tile.marked_ms,
            group_id=tile.group_id,
        )
        for tile in tiles
    ]


def seen_wall(state: WallState, viewer: Participant, own: Tile | None) -> wall.SeenWall:
    """The wall as somebody may know it; `own` is the board they work on."""
    return wall.SeenWall(
        wall=wall_form(state),
        mark=own.mark if own else "none",
        tiles=tiles_form(state.tiles) if is_staff(viewer.role) else [],
    )


def snapshot(room: Room, viewer: Participant) -> dict[str, Any]:
    """Its field of a snapshot."""
    part = room.parts.wall
    return {"wall": seen_wall(part.state, viewer, part.tile_of(viewer.id))}


FORMS: dict[type[Any], Callable[[Any], Any]] = {
    wall_event.WallChanged: lambda event: wall.WallChanged(wall_form(event.wall)),
    wall_event.WallTiles: lambda event: wall.WallTiles(tiles_form(event.tiles)),
    wall_event.TileMarked: lambda event: wall.TileMarked(event.mark),
}
RECORDS: dict[type[Any], Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    wall_event.WallTiles: lambda body: None,
    wall_event.TileMarked: lambda body: None,
}
"""Marks are of the moment, and each would bring all tiles once more."""
