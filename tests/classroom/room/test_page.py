"""Pages with a picture under them: what turning tells, what copies keep, what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.live.board.making import reserved_pages
from classroom.room import command
from classroom.room.board import PAGES_MAX, BoardState, check_space, new_board, pages_after
from classroom.room.command import PageSize
from classroom.room.event import PageTurned
from classroom.room.lifecycle import RoomTerms
from classroom.room.page import BoardPage
from classroom.room.reserve import add_reserved
from classroom.room.room import Room
from classroom.wire.form import board_form
from whiteboard.ids import PageId

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU = ParticipantId("wu")
LEAF = BoardPage("d-1-0", "", "plain", 1280, 960, kind="slide", backdrop="/slides/x/1-0.sig")


def leaf(slide: int, *, is_seen: bool = False) -> BoardPage:
    return replace(
        LEAF, id=f"d-{slide}-0", placement="d", slide=slide, backdrop=f"/b{slide}", is_seen=is_seen
    )


def board_with(*pages: BoardPage) -> BoardState:
    board = new_board("b", "p1")
    return replace(board, pages=(*board.pages, *pages))


def room_with(*pages: BoardPage) -> Room:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60)
    room = Room(terms, board_with(*pages), now=0, at=AT)
    room.apply(command.TakeSeat(WU, "Wu", "host"), now=0, at=AT)
    return room


def test_a_turn_tells_the_page_that_is_new_and_no_list() -> None:
    room = room_with(leaf(1), leaf(2))
    (told,) = room.apply(command.TurnPage(WU, "d-2-0"), now=1, at=AT)
    assert told.event == PageTurned(room.board, ("d-2-0",))
    assert (room.board.page_id, room.board.presenter) == ("d-2-0", WU)
    assert [page.is_seen for page in room.board.pages] == [True, False, True]
    (told,) = room.apply(command.TurnPage(WU, "p1"), now=2, at=AT)
    assert told.event == PageTurned(room.board, ())
    (told,) = room.apply(command.TurnPage(WU, "d-2-0"), now=3, at=AT)
    assert told.event == PageTurned(room.board, ()), "it was seen before"
    assert room.apply(command.TurnPage(WU, "d-2-0"), now=4, at=AT) == []


def test_an_unseen_page_has_no_address_and_is_there_for_staff_alone() -> None:
    board = board_with(leaf(1, is_seen=True), leaf(2))
    told = [page.backdrop for page in board_form(board).pages]
    assert told == ["", "/b1", ""]
    assert reserved_pages(board, {}) == {PageId("d-2-0"): {}}


def test_a_copy_has_the_picture_and_belongs_to_no_deck() -> None:
    board = board_with(leaf(1, is_seen=True), leaf(2))
    for slide, is_seen in ((1, True), (2, False)):
        add = command.AddPage(
            WU, f"c{slide}", None, "", "grid", PageSize(1, 1), copy_of=f"d-{slide}-0"
        )
        board = pages_after(board, add)
        copy = board.page(f"c{slide}")
        assert (copy.kind, copy.backdrop, copy.height) == ("page", f"/b{slide}", 960)
        assert (copy.placement, copy.slide, copy.is_seen) == ("", 0, is_seen)


def test_a_task_page_shows_its_picture_to_whom_it_is_given() -> None:
    board = add_reserved(board_with(leaf(1)), [("t", "Ann", "ann")], "d-1-0")
    task = board.page("t")
    assert (task.backdrop, task.is_seen, task.kind, task.placement) == ("/b1", True, "page", "")


def test_what_plays_on_a_page_does_not_on_its_copy() -> None:
    board = board_with(replace(leaf(1), kind="film"))
    assert add_reserved(board, [("t", "Ann", "ann")], "d-1-0").page("t").backdrop == ""


def test_an_emptied_page_keeps_its_picture() -> None:
    board = pages_after(board_with(leaf(1)), command.ClearPage(WU, "d-1-0"))
    assert board.page("d-1-0") == replace(leaf(1), epoch=1, cleared_epoch=0)


def test_pages_of_decks_do_not_count_as_pages_of_the_board() -> None:
    board = board_with(*(leaf(number) for number in range(1, PAGES_MAX + 50)))
    check_space(board, PAGES_MAX - 1)
    with pytest.raises(Refused) as refused:
        check_space(board, PAGES_MAX)
    assert refused.value.code == "page.limit"
