"""A board for everyone on the wire: what staff, its owner and everybody else may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.ids import ParticipantId
from classroom.people.role import Role
from classroom.room.audience import STAFF
from classroom.room.board import BoardState
from classroom.room.event import LogEntry
from classroom.room.page import BoardPage
from classroom.room.participant import Participant, SeatState
from classroom.room.reserve import Reserve
from classroom.room.wall_event import WallTiles
from classroom.room.wall_state import Tile, WallState
from classroom.wire import codec, entries
from classroom.wire.reserved_form import NOTHING, reserved_form
from classroom.wire.wall import SeenWall
from classroom.wire.wall_form import seen_wall

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LI, BO = ParticipantId("li"), ParticipantId("bo")
WALL = WallState(
    is_on=True,
    task_page_id="p1",
    tiles=(Tile(LI, "w1", "Li", "stuck", 4_000), Tile(BO, "w2", "Bo")),
    shown="w1",
)
BOARD = BoardState(
    "b",
    (
        BoardPage("p1"),
        BoardPage("w1", "Li", belongs_to="w1"),
        BoardPage("w2", "Bo", belongs_to="w2"),
    ),
    "p1",
)
SHOWN = Reserve(
    pages=(("w1", ((LI, "own"), (BO, "none"))), ("w2", ((BO, "own"),))),
    own=((LI, "w1"), (BO, "w2")),
    shown="w1",
)


def person(who: str, role: Role = "student") -> Participant:
    return Participant(ParticipantId(who), who.title(), role, SeatState.HERE, AT)


def seen(state: WallState, viewer: Participant) -> SeenWall:
    return seen_wall(state, viewer, state.tile_of(viewer.id))


def test_whose_page_is_shown_is_said_when_it_may_be_known() -> None:
    assert seen(WALL, person("bo")).wall.shown_name == ""
    assert seen(replace(WALL, is_named=True), person("bo")).wall.shown_name == "Li"


@pytest.mark.parametrize("role", ["student", "observer"])
def test_tiles_are_the_staffs(role: Role) -> None:
    assert seen(WALL, person("bo", role)).tiles == []
    tiles = seen(WALL, person("wu", "assistant")).tiles
    assert [(tile.name, tile.mark, tile.marked_ms) for tile in tiles] == [
        ("Li", "stuck", 4_000),
        ("Bo", "none", 0),
    ]
    assert [seen(WALL, person(who)).mark for who in ("li", "bo")] == ["stuck", "none"]


def test_a_page_shown_without_its_name_has_none_for_others() -> None:
    def names(reserve: Reserve, viewer: Participant) -> list[str]:
        return [page.name for page in reserved_form(reserve, BOARD, viewer).pages]

    assert names(SHOWN, person("bo")) == ["", "Bo"]
    assert names(replace(SHOWN, is_named=True), person("bo")) == ["Li", "Bo"]
    assert names(SHOWN, person("li")) == ["Li"]
    assert names(SHOWN, person("wu", "host")) == ["Li", "Bo"]


def test_a_stranger_is_told_of_nothing() -> None:
    assert reserved_form(SHOWN, BOARD, person("mei")) == NOTHING
    assert reserved_form(replace(SHOWN, shown=None), BOARD, person("bo")).shown == ""
    assert reserved_form(Reserve(), BOARD, person("wu", "host")) == NOTHING


def test_tiles_are_told_aside_and_not_recorded() -> None:
    entry = LogEntry(3, WallTiles(WALL.tiles, audience=STAFF), 4, 1_000, AT)
    assert codec.encode(entries.entry_form(entry))["event"]["type"] == "wall_tiles"
    assert entries.record_of(entry) is None
