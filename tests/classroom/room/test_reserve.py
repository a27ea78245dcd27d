"""Reserved pages in the list of pages: which rules they follow, and how they come to the class."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.room import command
from classroom.room.board import (
    PAGES_MAX,
    BoardState,
    check_pages,
    check_space,
    new_board,
    pages_after,
)
from classroom.room.command import PageSize
from classroom.room.lifecycle import RoomTerms
from classroom.room.page import PAGE_NAME_MAX, BoardPage
from classroom.room.reserve import Reserve, add_reserved, drop, release
from classroom.room.room import Room
from classroom.wire.form import board_form

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, LI, BO = (ParticipantId(name) for name in ("wu", "li", "bo"))
STANDARD = PageSize(1280, 720)


def board_with(*reserved: str) -> BoardState:
    """A page p1 of the class, and reserved ones."""
    board = new_board("b", "p1")
    for page in reserved:
        board = add_reserved(board, [(page, page.upper(), f"group-{page}")], None)
    return board


def order(board: BoardState) -> list[str]:
    return [page.id for page in board.pages]


def test_a_reserved_page_has_the_paper_and_size_of_its_model() -> None:
    board = replace(new_board("b", "p1"), pages=(BoardPage("p1", "x", "grid", None, None),))
    board = add_reserved(board, [("r", "n" * 100, "li")], "p1")
    assert board.pages[1] == BoardPage(
        "r", "n" * PAGE_NAME_MAX, "grid", None, None, belongs_to="li"
    )
    assert add_reserved(board, [("s", "", "li")], None).pages[2].paper == "dots"


def test_the_class_sees_its_own_pages_only() -> None:
    board = board_with("r", "s")
    assert [page.id for page in board_form(board).pages] == ["p1"]
    assert [page.id for page in board.class_pages] == ["p1"]


@pytest.mark.parametrize(
    "asked",
    [
        command.TurnPage(WU, "r"),
        command.MovePage(WU, "r", None),
        command.MovePage(WU, "p1", "r"),
    ],
)
def test_the_class_is_not_led_to_a_reserved_page(asked: command.PageCommand) -> None:
    with pytest.raises(Refused, match=r"page\.reserved"):
        check_pages(board_with("r"), asked)


def test_the_last_page_of_the_class_stays() -> None:
    board = board_with("r", "s")
    with pytest.raises(Refused, match=r"page\.last"):
        check_pages(board, command.RemovePage(WU, "p1"))
    check_pages(board, command.RemovePage(WU, "r"))
    assert pages_after(board, command.RemovePage(WU, "r")).page_id == "p1"


@pytest.mark.parametrize(("removed", "turned"), [("p1", "p2"), ("p2", "p3"), ("p3", "p2")])
def test_the_class_goes_on_to_its_own_next_page(removed: str, turned: str) -> None:
    pages = ("p1", "", "p2", "", "p3", "")
    board = BoardState(
        "b",
        tuple(
            BoardPage(name or f"r{at}", belongs_to="" if name else "g")
            for at, name in enumerate(pages)
        ),
        removed,
    )
    assert pages_after(board, command.RemovePage(WU, removed)).page_id == turned


def test_released_pages_stand_behind_the_classs_in_the_order_asked_for() -> None:
    board = board_with("r", "s", "t")
    board = pages_after(board, command.AddPage(WU, "p2", None, "", "dots", STANDARD))
    board = release(board, ["t", "gone", "r"], {"t": "Group 3"})
    assert order(board) == ["p1", "s", "p2", "t", "r"]
    assert [page.name for page in board.class_pages] == ["", "", "Group 3", "R"]
    assert release(board, ["p1"], {"p1": "x"}) == board


def test_dropped_pages_come_back_as_the_classs() -> None:
    board = drop(board_with("r", "s"), ["r", "p1", "gone"])
    assert order(board) == ["p1", "s"]
    back = pages_after(board, command.RestorePage(WU, "r"))
    assert [page.id for page in back.class_pages] == ["p1", "r"]


def test_reserved_pages_count_for_the_boards_bound() -> None:
    board = board_with(*(f"r{number}" for number in range(PAGES_MAX - 3)))
    check_space(board, 2)
    with pytest.raises(Refused, match=r"page\.limit"):
        check_space(board, 3)


def test_the_pens_of_a_reserve_by_page() -> None:
    assert Reserve((("r", ((LI, "own"), (WU, "all"))),)).pens() == {"r": {LI: "own", WU: "all"}}


# Who sees them, in a room


def room_with_pages() -> Room:
    """A room with a host and two students; r belongs to Li, s to nobody who is here."""
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60.0)
    room = Room(terms, new_board("b", "p1"), now=0.0, at=AT)
    for who, role in ((WU, "host"), (LI, "student"), (BO, "student")):
        room.apply(command.TakeSeat(who, who, role), now=0.0, at=AT)  # type: ignore[arg-type]
    board = room.parts.board
    board.owners.append(lambda belongs_to: {LI: "own"} if belongs_to == "li" else {})
    board.reserve_all([("r", "Li", "li"), ("s", "Gone", "gone")], "p1")
    return room


def test_a_room_without_reserved_pages_reserves_nothing() -> None:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60.0)
    assert Room(terms, new_board("b", "p1"), now=0.0, at=AT).reserve() == Reserve()


def test_those_who_work_on_a_page_are_named() -> None:
    reserve = room_with_pages().reserve()
    assert reserve.pages == (("r", ((LI, "own"),)), ("s", ()))
    assert (reserve.own, reserve.shown) == (((LI, "r"),), None)


def test_a_page_that_is_shown_is_there_for_all_who_are_in() -> None:
    room = room_with_pages()
    room.parts.board.reservations.shown = lambda: ("r", True)
    reserve = room.reserve()
    assert reserve.pens()["r"] == {WU: "none", LI: "own", BO: "none"}
    assert (reserve.shown, reserve.is_named) == ("r", True)
    room.apply(command.LeaveSeat(BO), now=1.0, at=AT)
    assert room.reserve().pens()["r"] == {WU: "none", LI: "own"}


def test_new_pages_are_checked_before_they_are_made() -> None:
    board = room_with_pages().parts.board
    board.check_reserved(["t"], "p1")
    for page_ids, like, code in (
        (["r"], None, "page.exists"),
        (["t"], "gone", "page.unknown"),
        (["t"], "r", "page.reserved"),
        ([f"t{n}" for n in range(PAGES_MAX)], None, "page.limit"),
    ):
        with pytest.raises(Refused) as refused:
            board.check_reserved(page_ids, like)
        assert refused.value.code == code


def test_only_what_is_left_of_an_earlier_lesson_may_be_removed() -> None:
    room = room_with_pages()
    for page in ("r", "s"):
        with pytest.raises(Refused, match=r"page\.reserved"):
            room.apply(command.RemovePage(WU, page), now=1.0, at=AT)
    later = Room(room.terms, room.board, now=0.0, at=AT)
    later.apply(command.TakeSeat(WU, "Wu", "host"), now=0.0, at=AT)
    later.apply(command.RemovePage(WU, "s"), now=1.0, at=AT)
    assert order(later.board) == ["p1", "r"]
    later.apply(command.RestorePage(WU, "s"), now=2.0, at=AT)
    assert order(later.board) == ["p1", "r", "s"]
    assert [page.id for page in later.board.class_pages] == ["p1"], "staff's alone, as before"


def test_pages_come_to_the_class_or_go() -> None:
    room = room_with_pages()
    assert len(room.parts.board.release(["r"], {"r": "Group 1"})) == 1
    assert room.parts.board.release(["r"], {"r": "Group 1"}) == []
    room.parts.board.drop(["s"])
    assert [page.name for page in room.board.pages] == ["", "Group 1"]
    assert room.reserve() == Reserve()


def test_what_an_earlier_lesson_left_is_nobodys_in_the_next() -> None:
    room = room_with_pages()
    terms = room.terms
    resumed = Room(terms, room.board, now=0.0, at=AT, kept=room.kept(1.0))
    # No group and no tile of the record names them.
    assert [page.belongs_to for page in resumed.board.pages] == ["", "left", "left"]
    begun = Room(terms, room.board, now=0.0, at=AT)
    assert [page.belongs_to for page in begun.board.pages] == ["", "left", "left"]
    assert begun.reserve().pages == (("r", ()), ("s", ()))
