"""The order of letters: the page's index knows it as the document has it, and a text that would
cost the document a long walk at every letter is not to be had.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Map

from tests.support.boards import (
    ANN,
    BEN,
    DOC_ID,
    Class,
    note,
    text_bytes,
    value_struct,
    write_update,
)
from whiteboard import weave
from whiteboard.errors import Refused
from whiteboard.page import Applied, Page
from whiteboard.update import Struct

CLIENTS = (10, 20, 30)
KEY = "a-1"
TEXT = {10: [Struct(0, 1, 7, parent="tx", key=KEY, content=b"\x02")]}


def page_with_text() -> Page:
    page = Page(DOC_ID)
    for client in CLIENTS:
        page.bind(client, ANN)
    assert send(page, TEXT) == Applied(1)
    return page


def send(page: Page, structs: dict[int, list[Struct]], deletes: Any = None) -> Applied | None:
    return page.receive(write_update(structs, deletes), author=ANN, client_id=10, pen="own")


def erased(clock: int, **where: Any) -> Struct:
    return Struct(clock, 1, 1, content=b"\x01", **where)


def at_the_front(first: int, count: int) -> list[Struct]:
    """Letters erased already, each put before everything, as if nothing were there."""
    return [erased(clock, parent=(10, 0)) for clock in range(first, first + count)]


def reloaded(page: Page) -> Page:
    return Page.load(DOC_ID, snapshot=page.snapshot(), updates=[], seq=page.seq, bound=page.bound)


def letter(clock: int, text: str, **where: Any) -> Struct:
    return Struct(clock, len(text), 4, content=text_bytes(text), **where)


def closed(page: Page) -> bool:
    return any(words.chain.is_closed for words in page._index.texts.values())


def chains(page: Page) -> list[list[tuple[int, int, int]]]:
    return [words.chain.order() for words in page._index.texts.values()]


@pytest.mark.parametrize("ends", ["together", "apart"])
def test_letters_at_one_place_do_not_stop_the_page(ends: str) -> None:
    page = page_with_text()
    if ends == "apart":
        send(page, {10: at_the_front(1, 4000)})
        attack = {20: at_the_front(0, 4000)}
    else:
        attack = {20: at_the_front(0, 4000), 10: at_the_front(1, 4000)}
        # The document takes the larger client first; what it points at comes before it.
        attack[30] = [erased(0, origin=(10, 4000))]
    before, began = (page.snapshot(), chains(page)), time.process_time()
    for _ in range(2):
        with pytest.raises(Refused, match=r"page\.full"):
            send(page, attack)
    assert time.process_time() - began < 2
    assert (page.snapshot(), chains(page)) == before
    assert send(page, {20: at_the_front(0, 2)}) == Applied(page.seq)


def test_a_text_is_not_of_pieces_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_with_text()
    monkeypatch.setattr(weave, "MOST_PIECES", 30)
    send(page, {10: at_the_front(1, 30)})
    with pytest.raises(Refused, match=r"page\.full"):
        send(page, {10: at_the_front(31, 1)})
    assert send(page, {}, {10: [(1, 1)]}) is None
    # Typing on is no new piece.
    assert send(page, {10: [erased(31, origin=(10, 30))]})
    with pytest.raises(Refused, match=r"page\.full"):
        send(reloaded(page), {10: at_the_front(32, 1)})


def test_the_texts_of_a_page_are_not_of_pieces_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_with_text()
    monkeypatch.setattr(weave, "MOST_PIECES_OF_PAGE", 30)
    send(page, {10: at_the_front(1, 25)})
    other = Struct(0, 1, 7, parent="tx", key="a-2", content=b"\x02")
    more = [other, *(erased(clock, parent=(20, 0)) for clock in range(1, 10))]
    with pytest.raises(Refused, match=r"page\.full"):
        send(page, {20: more})
    send(page, {}, {10: [(0, 1)]})
    assert send(page, {20: more})


@pytest.mark.parametrize("right", [(10, 1), (10, 2), (20, 0)])
def test_letters_between_neighbours_in_the_wrong_order(right: tuple[int, int]) -> None:
    page = page_with_text()
    send(page, {10: [Struct(1, 3, 4, parent=(10, 0), content=text_bytes("abc"))]})
    send(page, {20: [Struct(0, 1, 4, right_origin=(10, 1), content=text_bytes("x"))]})
    before = (page.snapshot(), chains(page))
    wrong = Struct(0, 1, 4, origin=(10, 2), right_origin=right, content=text_bytes("y"))
    with pytest.raises(Refused, match=r"update\.malformed"):
        send(page, {30: [wrong]})
    assert (page.snapshot(), chains(page)) == before


def test_erased_letters_side_by_side_are_one_piece() -> None:
    page = page_with_text()
    word = Struct(1, 9, 4, parent=(10, 0), content=text_bytes("abcdefghi"))
    send(page, {10: [word]})
    for clock in (9, 8, 7, 3, 6, 5, 4):
        send(page, {}, {10: [(clock, 1)]})
    assert chains(page) == [[(10, 1, 3), (10, 3, 10)]]
    assert chains(reloaded(page)) == chains(page)


def test_a_tangled_page_is_loaded_and_its_text_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_with_text()
    send(page, {10: at_the_front(1, 50)})
    send(page, {20: at_the_front(0, 50)})
    monkeypatch.setattr(weave, "MOST_STEPS_OF_LOADING", 60)
    page = reloaded(page)
    with pytest.raises(Refused, match=r"page\.full"):
        send(page, {10: at_the_front(51, 1)})
    assert send(page, {10: [value_struct(51, "tf", KEY, {"z": "a"})]})


@pytest.mark.parametrize("way", ["one by one", "merged"])
def test_two_type_a_lot_at_one_place_without_network(lesson: Class, way: str) -> None:
    ann, second = lesson.join(ANN), lesson.join(ANN)
    item = ann.new_id()
    made: Any = [["set", "el", item, note(ANN)], ["set_type", "tx", item, "text", "<>"]]
    lesson.send(ann, ann.edit(*made))
    work = {}
    for browser, letters in ((ann, "ab"), (second, "xy")):
        updates = []
        for at in range(700):
            updates += browser.edit(["type", item, 1 + at, letters[at % 2]])
            if at % 20 == 19:
                updates += browser.edit(["erase", item, at, 1], ["type", item, at, "-"])
        work[browser] = updates if way == "one by one" else [lesson.merge(updates)]
    for browser, updates in work.items():
        lesson.send(browser, updates)
    assert len(lesson.agrees()["tx"][item]) == 1402
    lesson.reload()
    lesson.send(ann, ann.edit(["type", item, 700, "on and on"]))
    lesson.agrees()


def test_many_write_at_the_end_at_once(lesson: Class) -> None:
    seats = [lesson.join(BEN) for _ in range(8)]
    item = seats[0].new_id()
    made: Any = [["set", "el", item, note(BEN)], ["set_type", "tx", item, "text", "."]]
    lesson.send(seats[0], seats[0].edit(*made))
    for at in range(20):
        updates = [seat.edit(["type", item, 1 + 8 * at, str(at % 10)]) for seat in seats]
        for seat, update in zip(seats, updates, strict=True):
            lesson.send(seat, update)
    assert len(lesson.agrees()["tx"][item]) == 161


Step = tuple[int, int, int, int, int]
STEPS = st.lists(st.tuples(*[st.integers(0, 99)] * 5), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_the_order_is_the_documents(steps: Sequence[Step]) -> None:
    """Letters anywhere, honest or not, each different, so that the text tells their order."""
    page = page_with_text()
    letters: dict[tuple[int, int], str] = {}
    ends = {10: 1, 20: 0, 30: 0}
    for which, how, one, other, size in steps:
        client, known = CLIENTS[which % 3], sorted(letters)
        clock, length = ends[client], 1 + size % 3
        where: dict[str, Any] = {}
        if known and how % 4 != 0:
            where["origin"] = known[one % len(known)]
        if known and how % 3 != 0:
            where["right_origin"] = known[other % len(known)]
        where = where or {"parent": (10, 0)}
        new = {(client, clock + at): chr(0x4E00 + len(letters) + at) for at in range(length)}
        text = "".join(new.values())
        try:
            send(page, {client: [Struct(clock, length, 4, content=text_bytes(text), **where)]})
        except Refused as refused:
            assert refused.code == "update.malformed"  # noqa: PT017 - one of many
            continue
        letters.update(new)
        ends[client] += length
        if other % 5 == 0 and known:
            gone = known[other % len(known)]
            send(page, {}, {gone[0]: [(gone[1], 1)]})
            letters[gone] = ""
    text = str(page._doc.get("tx", type=Map)[KEY])
    (order,) = chains(page)
    clocks = [(client, at) for client, start, end in order for at in range(start, end)]
    assert "".join(letters[at] for at in clocks) == text
    assert sorted(clocks) == sorted(letters)
    again = reloaded(page)
    if not closed(again):
        (order,) = chains(again)
        loaded = [(client, at) for client, start, end in order for at in range(start, end)]
        assert sorted(loaded) == sorted(letters)


def test_letters_that_lie_about_their_place_may_close_their_text_when_it_is_read_again() -> None:
    """The third says to be the first of all and before one that begins after another: read in the
    order of a file it comes to stand elsewhere, and what was put behind it has no place."""
    page = page_with_text()
    send(page, {10: [letter(1, "ab", parent=(10, 0))]})
    send(page, {20: [letter(0, "c", origin=(10, 1))]})
    send(page, {}, {10: [(1, 1)]})
    send(page, {30: [letter(0, "d", right_origin=(10, 2))]})
    send(page, {10: [letter(3, "e", origin=(30, 0), right_origin=(20, 0))]})
    again = reloaded(page)
    assert not closed(page)
    assert closed(again)
    with pytest.raises(Refused, match=r"page\.full"):
        send(again, {20: [letter(1, "f", origin=(20, 0))]})
    assert send(again, {10: [Struct(4, 1, 7, parent="tx", key="a-2", content=b"\x02")]})
