"""The board in a live room: pages, pens, who leads it, and how it shares the stage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.people.role import Role
from classroom.room import command
from classroom.room.board import PAGES_MAX, REMOVED_MAX, BoardState, new_board, pages_after
from classroom.room.command import BOARD_COMMANDS, PageSize
from classroom.room.event import (
    BoardChanged,
    Event,
    ParticipantChanged,
    ParticipantLeft,
    StageChanged,
)
from classroom.room.kinds import Pen
from classroom.room.lifecycle import RoomTerms
from classroom.room.pens import REMEMBERED_MAX, GivenPens
from classroom.room.room import Room

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, AN, LI, BO, OB = (ParticipantId(name) for name in ("wu", "an", "li", "bo", "ob"))
STANDARD = PageSize(1280, 720)


class Class:
    """A room with a host, an assistant, two students and an observer in it."""

    def __init__(self) -> None:
        terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60.0)
        self.room = Room(terms, new_board("b", "p1"), now=0.0, at=AT)
        for who, role in ((WU, "host"), (AN, "assistant"), (LI, "student"), (OB, "observer")):
            self.joins(who, role)  # type: ignore[arg-type]

    def do(self, asked: Any) -> list[Event]:
        return [entry.event for entry in self.room.apply(asked, now=0.0, at=AT)]

    def joins(self, who: ParticipantId, role: Role = "student") -> list[Event]:
        return self.do(command.TakeSeat(who, who.title(), role))

    def adds(self, *names: str) -> None:
        for name in names:
            self.do(command.AddPage(WU, name, None, "", "grid", STANDARD))

    def pen(self, who: ParticipantId) -> Pen:
        return self.room.participants[who].pen

    @property
    def board(self) -> BoardState:
        return self.room.board

    @property
    def order(self) -> list[str]:
        return [page.id for page in self.board.pages]


@pytest.fixture
def lesson() -> Class:
    return Class()


def refusal(lesson: Class, asked: Any) -> Refused:
    before = (lesson.board, lesson.room.seq, dict(lesson.room.participants))
    with pytest.raises(Refused) as refused:
        lesson.do(asked)
    assert before == (lesson.board, lesson.room.seq, dict(lesson.room.participants))
    return refused.value


# Rights and pens


@pytest.mark.parametrize("who", [LI, OB])
@pytest.mark.parametrize("kind", BOARD_COMMANDS)
def test_only_staff_leads_the_board(lesson: Class, who: ParticipantId, kind: type[Any]) -> None:
    values = {"by": who, "page_id": "p1", "size": STANDARD, "participant_id": who, "pen": "all"}
    fields = kind.__dataclass_fields__
    refused = refusal(lesson, kind(**{name: values.get(name) for name in fields}))
    assert (refused.code, refused.params) == ("right.missing", {"right": "may_lead_board"})


def test_pens_at_the_beginning(lesson: Class) -> None:
    assert [lesson.pen(who) for who in (WU, AN, LI, OB)] == ["all", "all", "none", "none"]


def test_one_student_is_given_a_pen(lesson: Class) -> None:
    (changed,) = lesson.do(command.GivePen(AN, LI, "own"))
    assert isinstance(changed, ParticipantChanged)
    assert changed.participant.pen == lesson.pen(LI) == "own"
    assert lesson.do(command.GivePen(AN, LI, "own")) == []
    lesson.joins(BO)
    assert lesson.pen(BO) == "none"


def test_everyone_is_given_a_pen_and_those_who_come_later_too(lesson: Class) -> None:
    lesson.do(command.GivePen(WU, LI, "all"))
    events = lesson.do(command.GivePen(WU, None, "own"))
    assert [type(event) for event in events] == [BoardChanged, ParticipantChanged]
    lesson.joins(BO)
    assert [lesson.pen(who) for who in (WU, LI, BO, OB)] == ["all", "own", "own", "none"]


@pytest.mark.parametrize("who", [WU, AN, OB])
def test_the_pens_of_staff_and_observers_are_fixed(lesson: Class, who: ParticipantId) -> None:
    refused = refusal(lesson, command.GivePen(WU, who, "own"))
    assert (refused.code, refused.params) == ("pen.fixed", {"name": who.title()})


def test_a_pen_for_nobody(lesson: Class) -> None:
    assert refusal(lesson, command.GivePen(WU, BO, "own")).code == "participant.unknown"


def test_a_pen_is_kept_over_a_lost_connection_and_a_change_of_role(lesson: Class) -> None:
    lesson.do(command.GivePen(WU, LI, "own"))
    lesson.do(command.LoseConnection(LI))
    lesson.joins(LI)
    assert lesson.pen(LI) == "own"
    lesson.joins(LI, "observer")
    assert lesson.pen(LI) == "none"
    lesson.joins(LI, "assistant")
    assert lesson.pen(LI) == "all"
    lesson.joins(LI, "student")
    assert lesson.pen(LI) == "own"


def test_a_pen_that_was_taken_does_not_come_back_by_leaving(lesson: Class) -> None:
    lesson.do(command.GivePen(WU, None, "own"))
    lesson.do(command.GivePen(WU, LI, "none"))
    lesson.do(command.LeaveSeat(LI))
    lesson.joins(LI)
    assert lesson.pen(LI) == "none"
    lesson.do(command.LeaveSeat(LI))
    lesson.do(command.GivePen(WU, None, "all"))
    lesson.joins(LI)
    assert lesson.pen(LI) == "all", "what is decided about everybody is decided about them too"


def test_only_so_many_pens_are_remembered() -> None:
    given = GivenPens()
    for number in range(REMEMBERED_MAX):
        given.give(ParticipantId(str(number)), "all")
    given.give(ParticipantId("0"), "all")
    given.give(ParticipantId("one more"), "all")
    left = [number for number in range(REMEMBERED_MAX) if pen_of(given, number) == "none"]
    assert left == [1], "the one decided about first is forgotten"


def pen_of(given: GivenPens, number: int) -> Pen:
    return given.of(ParticipantId(str(number)), "student", "none")


# The stage


def test_the_board_lies_over_a_screen_and_gives_it_back(lesson: Class) -> None:
    lesson.do(command.PublishTrack(WU, "screen"))
    changed, staged = lesson.do(command.ShowBoard(AN, True))
    assert isinstance(changed, BoardChanged)
    assert changed.board.presenter == AN
    assert staged == StageChanged(WU, True)
    assert lesson.do(command.ShowBoard(AN, True)) == []
    assert lesson.do(command.ShowBoard(WU, False)) == [StageChanged(WU, False)]


def test_a_new_share_takes_the_board_off_the_stage(lesson: Class) -> None:
    lesson.do(command.ShowBoard(WU, True))
    assert lesson.do(command.PublishTrack(AN, "screen"))[-1] == StageChanged(AN, False)


def test_a_share_that_closes_below_the_board_leaves_it_there(lesson: Class) -> None:
    lesson.do(command.PublishTrack(WU, "screen"))
    lesson.do(command.ShowBoard(WU, True))
    assert lesson.do(command.UnpublishTrack(WU, "screen"))[-1] == StageChanged(None, True)


def test_a_student_does_not_share_over_the_board_while_staff_shows_it(lesson: Class) -> None:
    lesson.do(command.ShowBoard(WU, True))
    refused = refusal(lesson, command.PublishTrack(LI, "screen"))
    assert (refused.code, refused.params) == ("stage.taken", {"name": "Wu"})
    lesson.do(command.LeaveSeat(WU))
    assert lesson.do(command.PublishTrack(LI, "screen"))[-1] == StageChanged(LI, False)


def test_who_leaves_or_is_no_staff_any_more_presents_no_longer(lesson: Class) -> None:
    lesson.do(command.ShowBoard(AN, True))
    left, changed = lesson.do(command.LeaveSeat(AN))
    assert left == ParticipantLeft(AN, "left")
    assert isinstance(changed, BoardChanged)
    assert lesson.board.presenter is None
    lesson.do(command.TurnPage(WU, "p1"))
    assert lesson.board.presenter == WU
    lesson.joins(WU, "student")
    assert lesson.board.presenter is None


# Pages


def test_pages_are_added_behind_one_or_at_the_end(lesson: Class) -> None:
    lesson.adds("p2")
    lesson.do(command.AddPage(WU, "p3", "p1", " Roots \x07 of  2", "ruled", PageSize(None, None)))
    assert lesson.order == ["p1", "p3", "p2"]
    page = lesson.board.page("p3")
    assert (page.name, page.paper, page.width, page.height) == ("Roots of 2", "ruled", None, None)
    assert lesson.board.page_id == "p1"


def test_a_copy_has_the_paper_and_the_size_of_its_original(lesson: Class) -> None:
    lesson.do(command.ChangePage(WU, "p1", paper="graph", is_locked=True, size=PageSize(640, 480)))
    lesson.do(command.AddPage(WU, "p2", "p1", "Copy", "plain", STANDARD, copy_of="p1"))
    copy = lesson.board.page("p2")
    assert (copy.paper, copy.width, copy.height, copy.epoch) == ("graph", 640, 480, 0)
    assert (copy.name, copy.is_locked) == ("Copy", False)


def test_a_page_changes_only_in_what_is_said(lesson: Class) -> None:
    lesson.do(command.ChangePage(WU, "p1", name="Roots"))
    lesson.do(command.ChangePage(WU, "p1", is_locked=True))
    lesson.do(command.ChangePage(WU, "p1", paper="plain", size=PageSize(None, None)))
    assert lesson.do(command.ChangePage(WU, "p1")) == []
    page = lesson.board.page("p1")
    assert (page.name, page.is_locked, page.paper, page.width) == ("Roots", True, "plain", None)
    lesson.do(command.ChangePage(WU, "p1", name=""))
    assert lesson.board.page("p1").name == ""


def test_pages_are_moved(lesson: Class) -> None:
    lesson.adds("p2", "p3")
    lesson.do(command.MovePage(WU, "p3", "p1"))
    assert lesson.order == ["p3", "p1", "p2"]
    lesson.do(command.MovePage(WU, "p3", None))
    assert lesson.order == ["p1", "p2", "p3"]
    assert lesson.do(command.MovePage(WU, "p2", "p2")) == []


def test_the_classs_page_goes_on_to_a_neighbour_when_it_is_removed(lesson: Class) -> None:
    lesson.adds("p2", "p3")
    lesson.do(command.TurnPage(WU, "p2"))
    lesson.do(command.RemovePage(WU, "p2"))
    assert lesson.board.page_id == "p3"
    lesson.do(command.RemovePage(WU, "p3"))
    assert lesson.board.page_id == "p1"
    assert refusal(lesson, command.RemovePage(WU, "p1")).code == "page.last"


def test_a_removed_page_comes_back_to_its_old_place(lesson: Class) -> None:
    lesson.adds("p2", "p3", "p4")
    before = lesson.order
    for page_id in ("p3", "p2", "p1"):
        lesson.do(command.RemovePage(WU, page_id))
    for page_id in ("p3", "p1", "p2"):
        lesson.do(command.RestorePage(WU, page_id))
    assert lesson.order == before
    assert lesson.board.removed == ()
    assert refusal(lesson, command.RestorePage(WU, "p2")).code == "page.unknown"


def test_a_page_comes_back_although_its_neighbours_are_gone_for_good() -> None:
    board = new_board("b", "p0")
    for number in range(1, REMOVED_MAX + 3):
        added = command.AddPage(WU, f"p{number}", None, "", "grid", STANDARD)
        board = pages_after(board, added)
        board = pages_after(board, command.RemovePage(WU, f"p{number}"))
    assert len(board.removed) == REMOVED_MAX
    board = pages_after(board, command.RestorePage(WU, "p150"))
    assert [page.id for page in board.pages] == ["p0", "p150"]


def test_a_page_is_cleared_and_brought_back(lesson: Class) -> None:
    assert refusal(lesson, command.UnclearPage(WU, "p1")).code == "page.not_cleared"
    lesson.do(command.ClearPage(WU, "p1"))
    page = lesson.board.page("p1")
    assert (page.epoch, page.cleared_epoch) == (1, 0)
    lesson.do(command.UnclearPage(WU, "p1"))
    page = lesson.board.page("p1")
    assert (page.epoch, page.cleared_epoch) == (2, None)


def test_there_are_so_many_pages_and_no_more(lesson: Class) -> None:
    lesson.adds(*(f"n{number}" for number in range(PAGES_MAX - 1)))
    one_more = command.AddPage(WU, "more", None, "", "grid", STANDARD)
    assert refusal(lesson, one_more).params == {"max": PAGES_MAX}
    lesson.do(command.RemovePage(WU, "n0"))
    lesson.do(one_more)
    assert refusal(lesson, command.RestorePage(WU, "n0")).code == "page.limit"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (command.TurnPage(WU, "no"), "page.unknown"),
        (command.ChangePage(WU, "no", name="x"), "page.unknown"),
        (command.ChangePage(WU, "p1", name="x" * 61), "page.name_long"),
        (command.ChangePage(WU, "p1", size=PageSize(640, None)), "page.size"),
        (command.ChangePage(WU, "p1", size=PageSize(63, 640)), "page.size"),
        (command.ChangePage(WU, "p1", size=PageSize(640, 20_001)), "page.size"),
        (command.MovePage(WU, "no", None), "page.unknown"),
        (command.MovePage(WU, "p1", "no"), "page.unknown"),
        (command.RemovePage(WU, "no"), "page.unknown"),
        (command.RestorePage(WU, "p1"), "page.unknown"),
        (command.ClearPage(WU, "no"), "page.unknown"),
        (command.UnclearPage(WU, "no"), "page.unknown"),
        (command.AddPage(WU, "p1", None, "", "grid", STANDARD), "page.exists"),
        (command.AddPage(WU, "p2", "no", "", "grid", STANDARD), "page.unknown"),
        (command.AddPage(WU, "p2", None, "", "grid", STANDARD, "no"), "page.unknown"),
        (command.AddPage(WU, "p2", None, "x" * 61, "grid", STANDARD), "page.name_long"),
        (command.AddPage(WU, "p2", None, "", "grid", PageSize(0, 0)), "page.size"),
    ],
)
def test_what_the_pages_do_not_allow(lesson: Class, asked: Any, code: str) -> None:
    assert refusal(lesson, asked).code == code
