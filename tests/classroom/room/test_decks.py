"""Decks on the stage: where they come, how they go, and that nobody sees what was not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.errors import Refused
from classroom.ids import ParticipantId, RoomId
from classroom.live.board.making import reserved_pages
from classroom.room import command
from classroom.room.board import BoardState, new_board
from classroom.room.command import PageSize
from classroom.room.decks import LEAVES_MAX, PLACEMENTS_MAX, pages_of
from classroom.room.decks_command import LeaveDeck, PlaceDeck, UpdateDeck
from classroom.room.event import BoardChanged, StageChanged
from classroom.room.lifecycle import RoomTerms
from classroom.room.page import BoardPage, Placement
from classroom.room.room import Room
from classroom.wire import codec, entries

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
WU, LI = ParticipantId("wu"), ParticipantId("li")


def deck(name: str, leaves: int = 3) -> PlaceDeck:
    pages = tuple(
        BoardPage(
            f"{name}-{slide}-0",
            paper="plain",
            kind="slide",
            backdrop=f"/slides/{name}/{slide}",
            placement=name,
            slide=slide,
            is_seen=False,
        )
        for slide in range(1, leaves + 1)
    )
    placement = Placement(name, "deck", "print", "Roots", "slides", "2026-03-01T09:30:00.000Z")
    return PlaceDeck(WU, placement, pages, pages[0].id)


def new_room() -> Room:
    terms = RoomTerms(RoomId("r"), "kfm-qtw-xyz", "Algebra", 10, 60)
    room = Room(terms, new_board("b", "p1"), now=0, at=AT)
    do(room, command.TakeSeat(WU, "Wu", "host"))
    do(room, command.TakeSeat(LI, "Li", "student"))
    return room


def do(room: Room, asked: Any) -> list[Any]:
    return [entry.event for entry in room.apply(asked, now=1, at=AT)]


def order(room: Room) -> list[str]:
    return [page.id for page in room.board.pages]


def refusal(room: Room, asked: Any) -> str:
    before = room.board
    with pytest.raises(Refused) as refused:
        room.apply(asked, now=1, at=AT)
    assert room.board == before
    return refused.value.code


def add(room: Room, page_id: str, after: str | None = None) -> None:
    do(room, command.AddPage(WU, page_id, after, "", "dots", PageSize(1280, 720)))


def test_a_deck_comes_behind_the_classs_page_and_is_shown() -> None:
    room = new_room()
    add(room, "p2")
    changed, staged = do(room, deck("a"))
    assert isinstance(changed, BoardChanged)
    assert staged == StageChanged(None, True)
    assert order(room) == ["p1", "a-1-0", "a-2-0", "a-3-0", "p2"]
    assert (room.board.page_id, room.board.presenter) == ("a-1-0", WU)
    assert [page.is_seen for page in room.board.pages] == [True, True, False, False, True]
    do(room, deck("b", 1))
    assert order(room) == ["p1", "a-1-0", "a-2-0", "a-3-0", "b-1-0", "p2"], "no deck tears another"
    assert [one.id for one in room.board.placements] == ["a", "b"]


def test_it_goes_whole_and_the_class_to_the_page_before_it() -> None:
    room = new_room()
    add(room, "p2")
    do(room, deck("a"))
    add(room, "between", "a-1-0")
    do(room, command.TurnPage(WU, "a-3-0"))
    (changed,) = do(room, LeaveDeck(WU, "a"))
    assert isinstance(changed, BoardChanged)
    assert (order(room), room.board.page_id) == (["p1", "between", "p2"], "p1")
    assert room.board.placements == ()
    assert room.board.removed == (), "none of its pages is brought back alone"
    assert refusal(room, LeaveDeck(WU, "a")) == "deck.unknown"
    again = replace(deck("a"), page_id="a-2-0")
    do(room, again)
    assert room.board.page_id == "a-2-0"
    do(room, command.TurnPage(WU, "p2"))
    do(room, LeaveDeck(WU, "a"))
    assert room.board.page_id == "p2", "who is elsewhere stays there"


def test_the_first_page_after_it_when_there_is_none_before() -> None:
    room = new_room()
    do(room, deck("a"))
    do(room, command.MovePage(WU, "p1", None))
    do(room, LeaveDeck(WU, "a"))
    assert (order(room), room.board.page_id) == (["p1"], "p1")


def test_its_pages_stay_with_it() -> None:
    room = new_room()
    do(room, deck("a"))
    assert refusal(room, command.RemovePage(WU, "a-1-0")) == "page.deck"
    assert refusal(room, command.RemovePage(WU, "p1")) == "page.last", "one is of no deck"
    size = PageSize(100, 100)
    for more in ({"size": size}, {"paper": "grid"}):
        change = command.ChangePage(WU, "a-1-0", None, None, None, None)
        assert refusal(room, replace(change, **more)) == "page.deck"
    do(room, command.ChangePage(WU, "a-1-0", "Title", None, True, None))
    assert pages_of(room.board, "a")[0].is_locked


def test_only_staff_and_no_more_than_a_board_holds() -> None:
    room = new_room()
    assert refusal(room, replace(deck("a"), by=LI)) == "right.missing"
    assert refusal(room, deck("a", LEAVES_MAX + 1)) == "deck.leaves"
    for number in range(PLACEMENTS_MAX):
        do(room, deck(f"d{number}"))
    assert refusal(room, deck("one-more")) == "deck.placed"
    assert refusal(room, replace(LeaveDeck(WU, "d1"), by=LI)) == "right.missing"
    do(room, LeaveDeck(WU, "d1"))
    assert refusal(room, deck("d2")) == "page.exists", "it is on the stage"
    do(room, deck("d1"))


def version(name: str, *leaves: tuple[int, int], height: int = 720) -> UpdateDeck:
    model = deck(name, 1)
    pages = tuple(
        replace(
            model.pages[0],
            id=f"{name}-{slide}-{step}",
            backdrop=f"/slides/{name}-new/{slide}-{step}",
            slide=slide,
            step=step,
            height=height,
        )
        for slide, step in leaves
    )
    return UpdateDeck(WU, replace(model.placement, print_id="newer", name="Roots 2"), pages)


def test_a_new_version_lies_under_what_was_drawn() -> None:
    room = new_room()
    do(room, deck("a"))
    do(room, command.TurnPage(WU, "a-2-0"))
    do(room, command.ClearPage(WU, "a-2-0"))
    add(room, "between", "a-1-0")
    (changed,) = do(room, version("a", (1, 0), (2, 0), (2, 1), (4, 0), height=960))
    assert isinstance(changed, BoardChanged)
    assert order(room) == ["p1", "a-1-0", "between", "a-2-0", "a-2-1", "a-4-0"], (
        "a-3-0 was not seen"
    )
    assert room.board.page_id == "a-2-0"
    page = room.board.page("a-2-0")
    assert (page.epoch, page.is_seen, page.height) == (1, True, 960), "its document stays"
    assert page.backdrop == "/slides/a-new/2-0"
    assert [room.board.page(f"a-{name}").is_seen for name in ("2-1", "4-0")] == [False, False]
    (placement,) = room.board.placements
    assert (placement.print_id, placement.name) == ("newer", "Roots 2")
    assert do(room, version("a", (1, 0), (2, 0), (2, 1), (4, 0), height=960)) == []


def test_what_the_class_saw_stays_with_its_old_picture() -> None:
    room = new_room()
    do(room, deck("a"))
    for slide in ("2", "3"):
        do(room, command.TurnPage(WU, f"a-{slide}-0"))
    do(room, version("a", (2, 0), (2, 1), (5, 0)))
    assert order(room) == ["p1", "a-1-0", "a-2-0", "a-2-1", "a-3-0", "a-5-0"]
    assert room.board.page("a-1-0").backdrop == "/slides/a/1"
    do(room, version("a", (1, 0)))
    assert order(room) == ["p1", "a-1-0", "a-2-0", "a-3-0"], "those nobody saw go"
    moved = new_room()
    do(moved, replace(deck("b"), page_id="b-3-0"))
    do(moved, version("b", (1, 0), (2, 0), (2, 1)))
    assert order(moved) == ["p1", "b-1-0", "b-2-0", "b-2-1", "b-3-0"]


def test_a_version_comes_only_over_a_deck_and_within_the_bounds() -> None:
    room = new_room()
    do(room, deck("a"))
    assert refusal(room, replace(version("a", (1, 0)), by=LI)) == "right.missing"
    assert refusal(room, version("b", (1, 0))) == "deck.unknown"
    many = version("a", *((slide, 0) for slide in range(2, LEAVES_MAX + 2)))
    assert refusal(room, many) == "deck.leaves", "with the one that was seen"
    do(room, version("a", *((slide, 0) for slide in range(1, LEAVES_MAX + 1))))


names = st.sampled_from(["p1", "p2", *(f"{d}-{n}-0" for d in "ab" for n in (1, 2, 3))])
steps = st.one_of(
    st.sampled_from([deck("a"), deck("b"), LeaveDeck(WU, "a"), LeaveDeck(WU, "b")]),
    st.sampled_from([version("a", (2, 0), (2, 1)), version("b", (1, 0), (4, 0))]),
    names.map(lambda page: command.TurnPage(WU, page)),
    names.map(lambda page: command.RemovePage(WU, page)),
    names.map(lambda page: command.RestorePage(WU, page)),
    names.map(lambda page: command.ClearPage(WU, page)),
    st.tuples(names, names).map(lambda two: command.MovePage(WU, *two)),
    st.just(command.AddPage(WU, "p2", None, "", "dots", PageSize(1280, 720))),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(steps, max_size=40))
def test_no_script_tells_a_student_of_a_page_that_was_not_shown(script: list[Any]) -> None:
    room = new_room()
    shown: set[str] = set()
    for step in script:
        try:
            told = room.apply(step, now=1, at=AT)
        except Refused:
            continue
        if isinstance(step, PlaceDeck):  # put on the stage anew, none of it was seen
            shown -= {page.id for page in step.pages}
        shown.add(room.board.page_id)
        check(room.board, shown)
        snapshot = entries.snapshot_form(room, room.participants[LI], now=1)
        for letter in (snapshot, *map(entries.entry_form, told)):
            for page in room.board.pages:
                is_told = page.backdrop and f"{page.backdrop}'" in str(codec.encode(letter))
                assert not is_told or page.id in shown


def check(board: BoardState, shown: set[str]) -> None:
    assert board.page_id in [page.id for page in board.class_pages]
    assert any(not page.placement for page in board.class_pages)
    assert {page.placement for page in board.pages} - {""} == {one.id for one in board.placements}
    assert not any(gone.page.placement for gone in board.removed)
    closed = {page.id for page in board.pages if page.placement and page.id not in shown}
    assert set(reserved_pages(board, {})) == closed, "nobody else opens them"
