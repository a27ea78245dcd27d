"""How the class stands at a moment, in the lines of a recording: where it begins, and where it goes
on after a pause."""

from __future__ import annotations

from classroom.lesson.recorded import lines_of
from classroom.lesson.sight import Line, Sight, board_lines
from classroom.room.event import StageChanged
from classroom.room.film_event import FilmChanged
from classroom.room.floor_event import FloorChanged, HandRaised
from classroom.room.groups_event import GroupsChanged
from classroom.room.ink_event import InkChanged
from classroom.room.room import Room


def opening_lines(room: Room, sight: Sight, clock_ms: int) -> list[Line]:
    """Everything that is so now, as if it had just happened; `clock_ms` is the room's."""
    parts, floor = room.parts, room.parts.floor.state
    sight.pages.clear()
    sight.page_id = ""
    sight.spotlight = None
    sight.are_groups_open = False
    sight.placements = {one.id: one.name for one in room.board.placements}
    lit = FloorChanged(floor.locks, floor.spotlight, floor.is_focus, floor.layout, floor.leader)
    lines = lines_of(StageChanged(room.stage.screen_of, room.stage.board), sight)
    lines += board_lines(room.board, sight)
    lines += lines_of(lit, sight)
    lines += lines_of(GroupsChanged(parts.groups.state), sight)
    for film in parts.films.state.films:
        lines += lines_of(FilmChanged(film.moved(film.position_at(clock_ms), clock_ms)), sight)
    for hand in floor.hands:
        lines += lines_of(HandRaised(hand), sight)
    if parts.ink.state.page_id:
        lines += lines_of(InkChanged(parts.ink.state, "begun"), sight)
    return lines
