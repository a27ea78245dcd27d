"""A board for everyone as scripts: who has which page, who sees it, and what becomes of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import command
from classroom.room.board import PAGES_MAX, new_board
from classroom.room.board_part import BoardPart
from classroom.room.command import PageSize
from classroom.room.event import BoardChanged
from classroom.room.ground import Ground
from classroom.room.kept import Kept
from classroom.room.lifecycle import RoomTerms
from classroom.room.moment import Moment
from classroom.room.participant import Participant, SeatState
from classroom.room.room import Room
from classroom.room.stage import Stage
from classroom.room.wall import WallPart
from classroom.room.wall_command import (
    CloseWall,
    GiveWallPage,
    LockWall,
    MarkTile,
    OpenWall,
    ShowTile,
)
from classroom.room.wall_event import TileMarked, WallChanged, WallTiles
from classroom.room.wall_state import TILES_MAX, WallState

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TUTOR, AIDE, LIN, TOMAS, LATE, GUEST = (
    ParticipantId(name) for name in ("tutor", "aide", "lin", "tomas", "late", "guest")
)
ROLES: dict[ParticipantId, Role] = {
    TUTOR: "host",
    AIDE: "assistant",
    LIN: "student",
    TOMAS: "student",
    GUEST: "observer",
}


class Class:
    """A class whose board lies in pages: a part for the board, and one for the wall."""

    def __init__(self) -> None:
        self.ground = Ground(RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0))
        self.board = BoardPart(self.ground, Stage(), new_board("b", "p1"))
        self.wall = WallPart(self.ground, self.board, WallState())
        self.clock_ms = 0
        for who, role in ROLES.items():
            self.comes(who, role)

    def comes(self, who: ParticipantId, role: Role = "student") -> None:
        person = Participant(who, who.title(), role, SeatState.HERE, AT)
        self.ground.participants[who] = person

    def do(self, asked: Any) -> list[Any]:
        moment = Moment(self.clock_ms / 1000, AT, self.clock_ms)
        parts = (self.board, self.wall)
        for part in parts:
            if type(asked) in part.checks:
                part.checks[type(asked)](asked, moment)
        does = next(part for part in parts if type(asked) in part.effects)
        return does.effects[type(asked)](asked, moment)

    def opens(self, *, like: str | None = None, by: ParticipantId = TUTOR) -> list[Any]:
        return self.do(OpenWall(by, like, ((LIN, "w1"), (TOMAS, "w2"))))

    def pens(self) -> dict[str, dict[str, str]]:
        return {page: dict(named) for page, named in self.board.reserve().pens().items()}

    @property
    def class_names(self) -> list[str]:
        return [page.name for page in self.board.state.class_pages]


@pytest.fixture
def lesson() -> Class:
    return Class()


def refusal(lesson: Class, asked: Any) -> str:
    before = (lesson.wall.state, lesson.board.state)
    with pytest.raises(Refused) as refused:
        lesson.do(asked)
    assert before == (lesson.wall.state, lesson.board.state)
    return refused.value.code


def test_every_student_gets_a_page_like_the_task(lesson: Class) -> None:
    lesson.do(command.ChangePage(TUTOR, "p1", paper="grid", size=PageSize(None, None)))
    board, wall, tiles = lesson.opens(like="p1")
    assert isinstance(board, BoardChanged)
    assert isinstance(wall, WallChanged)
    assert isinstance(tiles, WallTiles)
    assert tiles.audience.staff
    given = [(page.id, page.name, page.paper, page.width) for page in lesson.board.state.pages[1:]]
    assert given == [("w1", "Lin", "grid", None), ("w2", "Tomas", "grid", None)]
    assert lesson.pens() == {"w1": {LIN: "own"}, "w2": {TOMAS: "own"}}
    assert dict(lesson.board.reserve().own) == {LIN: "w1", TOMAS: "w2"}
    assert lesson.class_names == [""]


@pytest.mark.parametrize("who", [LIN, GUEST])
@pytest.mark.parametrize(
    "asked",
    [
        lambda by: OpenWall(by, None, ()),
        lambda by: ShowTile(by, None),
        lambda by: LockWall(by, True),
        lambda by: CloseWall(by, True),
    ],
)
def test_only_staff_leads_it(lesson: Class, who: ParticipantId, asked: Any) -> None:
    assert refusal(lesson, asked(who)) == "right.missing"


def test_it_is_opened_once_also_by_two_teachers(lesson: Class) -> None:
    lesson.opens()
    assert refusal(lesson, OpenWall(AIDE, None, ((LIN, "x1"),))) == "wall.exists"


@pytest.mark.parametrize(
    "asked", [ShowTile(TUTOR, None), LockWall(TUTOR, True), MarkTile(LIN, "done")]
)
def test_nothing_is_done_with_one_that_is_not_open(lesson: Class, asked: Any) -> None:
    assert refusal(lesson, asked) == "wall.closed"


def test_its_pages_have_a_bound_and_ids_of_their_own(lesson: Class) -> None:
    many = tuple((ParticipantId(f"s{n}"), f"w{n}") for n in range(TILES_MAX + 1))
    assert refusal(lesson, OpenWall(TUTOR, None, many)) == "wall.limit"
    assert refusal(lesson, OpenWall(TUTOR, None, ((LIN, "p1"),))) == "page.exists"
    assert refusal(lesson, OpenWall(TUTOR, "gone", ((LIN, "w1"),))) == "page.unknown"
    for n in range(PAGES_MAX - 2):
        lesson.do(command.AddPage(TUTOR, f"q{n}", None, "", "dots", PageSize(1280, 720)))
    assert refusal(lesson, OpenWall(TUTOR, None, ((LIN, "w1"), (TOMAS, "w2")))) == "page.limit"


def test_a_student_who_left_meanwhile_has_no_tile(lesson: Class) -> None:
    del lesson.ground.participants[TOMAS]
    lesson.opens()
    assert [tile.name for tile in lesson.wall.state.tiles] == ["Lin"]


def test_who_comes_late_gets_a_page_once(lesson: Class) -> None:
    assert not lesson.wall.wants_page(LIN)
    lesson.opens()
    lesson.comes(LATE)
    assert [who for who in (LIN, LATE, GUEST, AIDE) if lesson.wall.wants_page(who)] == [LATE]
    lesson.do(GiveWallPage(LATE, "w3"))
    assert lesson.pens()["w3"] == {LATE: "own"}
    assert refusal(lesson, GiveWallPage(LATE, "w4")) == "wall.closed"


def test_a_page_stays_ones_own_over_leaving_and_is_staffs_alone_meanwhile(lesson: Class) -> None:
    lesson.opens()
    gone = lesson.ground.participants.pop(LIN)
    assert lesson.pens()["w1"] == {}
    lesson.ground.participants[LIN] = gone
    assert lesson.pens()["w1"] == {LIN: "own"}


def test_how_far_one_is_the_staff_and_oneself_hear(lesson: Class) -> None:
    lesson.opens()
    lesson.clock_ms = 5_000
    tiles, own = lesson.do(MarkTile(LIN, "stuck"))
    assert [(tile.mark, tile.marked_ms) for tile in tiles.tiles] == [("stuck", 5_000), ("none", 0)]
    assert isinstance(own, TileMarked)
    assert own.audience.people == {LIN}
    lesson.clock_ms = 9_000
    assert lesson.do(MarkTile(LIN, "stuck")) == []
    assert refusal(lesson, MarkTile(TUTOR, "done")) == "wall.closed"
    lesson.do(MarkTile(LIN, "none"))
    assert lesson.wall.state.tiles[0].marked_ms == 0


def test_a_page_that_is_shown_everybody_sees_and_nobody_else_draws_on(lesson: Class) -> None:
    lesson.opens()
    assert lesson.do(ShowTile(TUTOR, "w1")) == [WallChanged(lesson.wall.state)]
    assert lesson.pens()["w1"] == {**dict.fromkeys(ROLES, "none"), LIN: "own"}
    assert lesson.pens()["w2"] == {TOMAS: "own"}
    reserve = lesson.board.reserve()
    assert (reserve.shown, reserve.is_named) == ("w1", False)
    assert lesson.wall.state.shown_name == ""
    lesson.do(ShowTile(TUTOR, "w1", is_named=True))
    assert lesson.wall.state.shown_name == "Lin"
    assert refusal(lesson, ShowTile(TUTOR, "p1")) == "page.unknown"
    lesson.do(ShowTile(TUTOR, None, is_named=True))
    assert lesson.pens()["w1"] == {LIN: "own"}
    assert not lesson.wall.state.is_named


def test_locked_pages_are_looked_at(lesson: Class) -> None:
    lesson.opens()
    assert len(lesson.do(LockWall(TUTOR, True))) == 1
    assert lesson.do(LockWall(TUTOR, True)) == []
    assert lesson.pens() == {"w1": {LIN: "none"}, "w2": {TOMAS: "none"}}
    lesson.do(LockWall(TUTOR, False))
    assert lesson.pens()["w1"] == {LIN: "own"}


def test_a_student_who_leads_now_keeps_no_page(lesson: Class) -> None:
    lesson.opens()
    lesson.comes(LIN, "assistant")
    assert lesson.pens()["w1"] == {}


def test_kept_pages_are_the_classs_under_names_in_order(lesson: Class) -> None:
    lesson.opens()
    lesson.do(command.AddPage(TUTOR, "p2", None, "Extra", "dots", PageSize(1280, 720)))
    lesson.do(CloseWall(TUTOR, keep=True))
    assert lesson.class_names == ["", "Extra", "Lin", "Tomas"]
    assert lesson.pens() == {}
    assert lesson.board.state.page_id == "p1", "the class is where it was"
    assert lesson.wall.state == WallState()


def test_pages_that_are_not_kept_can_be_brought_back(lesson: Class) -> None:
    lesson.opens()
    lesson.do(CloseWall(TUTOR, keep=False))
    assert lesson.class_names == [""]
    lesson.do(command.RestorePage(TUTOR, "w2"))
    assert lesson.class_names == ["", "Tomas"]
    lesson.do(OpenWall(TUTOR, None, ((LIN, "x1"),)))
    assert lesson.pens() == {"x1": {LIN: "own"}}, "an old page is nobody's own again"


def test_a_page_somebody_works_on_is_not_removed(lesson: Class) -> None:
    lesson.opens()
    assert refusal(lesson, command.RemovePage(TUTOR, "w1")) == "page.reserved"
    del lesson.ground.participants[LIN]
    assert refusal(lesson, command.RemovePage(TUTOR, "w1")) == "page.reserved"


def test_a_room_goes_on_with_its_wall_after_a_restart() -> None:
    terms = RoomTerms(RoomId("room"), "kfm-qtw-xyz", "Geometry", 60, 30.0)
    room = Room(terms, new_board("b", "p1"), now=0.0, at=AT)
    for who, role in ROLES.items():
        room.apply(command.TakeSeat(who, who.title(), role), now=0.0, at=AT)
    opened = OpenWall(TUTOR, "p1", ((LIN, "w1"), (TOMAS, "w2")))
    for asked in (opened, MarkTile(LIN, "stuck"), ShowTile(TUTOR, "w2", is_named=True)):
        room.apply(asked, now=1.0, at=AT)
    keep = TypeAdapter(Kept)
    kept = keep.validate_json(keep.dump_json(room.kept(2.0)))
    later = Room(terms, room.board, now=50.0, at=AT, kept=kept)
    assert later.parts.wall.state == room.parts.wall.state
    assert later.reserve() == room.reserve()
    assert later.reserve().pens()["w1"] == {LIN: "own"}


STUDENTS = (LIN, TOMAS, LATE)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["open", "keep", "drop", "lock", "unlock"]), st.just(LIN)),
    st.tuples(
        st.sampled_from(["leave", "come", "give", "mark", "promote"]), st.sampled_from(STUDENTS)
    ),
    st.tuples(st.sampled_from(["show", "show_named", "turn"]), st.sampled_from(STUDENTS)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_a_reserved_page_is_its_owners_and_the_staffs(steps: list[tuple[str, Any]]) -> None:
    lesson = Class()
    for made, (step, who) in enumerate(steps):
        tile = lesson.wall.state.tile_of(who)
        page = tile.page_id if tile else "p1"
        asked: dict[str, Any] = {
            "open": OpenWall(TUTOR, "p1", tuple((s, f"{made}-{s}") for s in STUDENTS)),
            "keep": CloseWall(TUTOR, True),
            "drop": CloseWall(AIDE, False),
            "lock": LockWall(TUTOR, True),
            "unlock": LockWall(TUTOR, False),
            "give": GiveWallPage(who, f"{made}-g"),
            "mark": MarkTile(who, "done"),
            "show": ShowTile(TUTOR, page),
            "show_named": ShowTile(TUTOR, page, is_named=True),
            "turn": command.TurnPage(TUTOR, page),
        }
        if step == "leave":
            lesson.ground.participants.pop(who, None)
        elif step in ("come", "promote"):
            lesson.comes(who, "student" if step == "come" else "assistant")
        else:
            with suppress(Refused):
                lesson.do(asked[step])
        _holds(lesson)


def _holds(lesson: Class) -> None:
    wall, board, reserve = lesson.wall.state, lesson.board.state, lesson.board.reserve()
    owners = {tile.page_id: tile.participant_id for tile in wall.tiles}
    assert len(owners) == len(wall.tiles) == len(set(owners.values())) <= TILES_MAX
    assert {page.id for page in board.pages if page.belongs_to} == set(owners)
    assert not board.page(board.page_id).belongs_to
    assert set(reserve.pens()) == set(owners)
    for page_id, named in reserve.pens().items():
        writers = {who for who, pen in named.items() if pen != "none"}
        assert writers <= {owners[page_id]}
        assert not (wall.is_locked and writers)
        if page_id != wall.shown:
            assert set(named) <= {owners[page_id]}
    assert wall.is_on or wall == WallState()
