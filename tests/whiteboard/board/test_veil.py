"""A page shown without telling who drew on it: nothing that goes out names them."""

from __future__ import annotations

from typing import Any

import pytest
from pycrdt import Map

from tests.support.board_lesson import Client, Lesson, doc_id
from whiteboard import frame
from whiteboard.effects import Deflate
from whiteboard.frame_writing import encode
from whiteboard.pen import Pen

CLASS, HERS = doc_id("p1"), doc_id("p2")
SHOWN: dict[str, Pen] = {"annabel": "own", "sam": "none"}


class Shown:
    """Page p2 is Annabel's, who has drawn on it; Sam and Tina of the staff look at it, too."""

    def __init__(self, *, strokes: int = 2) -> None:
        self.lesson = Lesson(pages=("p1", "p2"))
        self.tina = self.lesson.comes("tina", pen="all", is_staff=True)
        self.ann = self.lesson.comes("annabel", pen="none")
        self.sam = self.lesson.comes("sam", pen="none")
        self.shows()
        self.ann.opens(HERS)
        for _ in range(strokes):
            self.ann.draws()
        self.lesson.passes(0.1)
        self.sam.forgets()

    def shows(self, *, is_named: bool = False) -> None:
        unnamed = {} if is_named else {"p2": ("annabel",)}
        self.lesson.has_pages(CLASS, HERS, reserved={"p2": SHOWN}, unnamed=unnamed)

    def told(self, client: Client) -> bytes:
        """All that somebody heard about pages, as it crossed the wire."""
        return b"".join(
            encode(one) for one in client.inbox if not isinstance(one, frame.Peers | frame.Welcome)
        )


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.mark.parametrize("mode", [frame.LOOK, frame.WRITE])
def test_what_lies_on_it_is_somebodys(shown: Shown, mode: int) -> None:
    shown.sam.opens(HERS, mode=mode)
    assert len(shown.sam.items()) == 2
    assert shown.sam.heard(frame.Authors) == [frame.Authors(0, {"sam": "Sam"})]
    told = shown.told(shown.sam)
    assert b"annabel" not in told.lower()
    assert told.count(b"somebody") == 2


def test_a_large_page_compressed_for_all_at_once_names_nobody_either() -> None:
    shown = Shown(strokes=0)
    for number in range(8):
        shown.ann.draws(points=b"\x01" + bytes((number, 2, 3)) * 5000)
        shown.lesson.passes(1)
    bo = shown.lesson.comes("bo", pen="none")
    shown.lesson.has_pages(
        CLASS, HERS, reserved={"p2": {**SHOWN, "bo": "none"}}, unnamed={"p2": ("annabel",)}
    )
    shown.lesson.holds_deflates = True
    shown.tina.opens(HERS)
    shown.sam.opens(HERS)
    assert [one.is_veiled for one in shown.lesson.held if isinstance(one, Deflate)] == [False, True]
    shown.ann.draws()
    shown.lesson.release()
    bo.opens(HERS)
    shown.lesson.passes(0.1)
    for client, author in ((shown.tina, "annabel"), (shown.sam, "somebody"), (bo, "somebody")):
        assert client.heard(frame.State)[0].flags & frame.DEFLATED
        elements: Map[Any] = client.docs[0].get("el", type=Map)
        assert [item["by"] for item in elements.values()] == [author] * 9


def test_what_is_drawn_and_pointed_at_meanwhile_has_no_known_peer(shown: Shown) -> None:
    shown.sam.opens(HERS)
    shown.sam.forgets()
    shown.ann.shows("k-1")
    shown.ann.points_at(1, 2)
    key = shown.ann.draws()
    shown.lesson.passes(0.1)
    heard = [
        one
        for kind in (frame.Apply, frame.PeerLive, frame.PeerCursor)
        for one in shown.sam.heard(kind)
    ]
    assert len(heard) == 3
    assert len({one.peer for one in heard}) == 1
    assert heard[0].peer not in shown.lesson.clients
    assert key in shown.sam.items()
    assert b"annabel" not in shown.told(shown.sam).lower()


def test_staff_is_heard_as_themselves(shown: Shown) -> None:
    shown.tina.opens(HERS)
    shown.sam.opens(HERS)
    shown.tina.points_at(1, 2)
    shown.lesson.passes(0.1)
    assert [one.peer for one in shown.sam.heard(frame.PeerCursor)] == [shown.tina.peer]


def test_its_owner_and_the_staff_see_who_drew(shown: Shown) -> None:
    shown.tina.opens(HERS)
    assert shown.tina.heard(frame.Authors)[0].names == {"annabel": "Annabel", "tina": "Tina"}
    assert b"somebody" not in shown.told(shown.tina)
    assert not shown.ann.heard(frame.Deny)


def test_who_is_told_the_name_later_takes_the_page_anew_and_back(shown: Shown) -> None:
    shown.sam.opens(HERS)
    shown.sam.forgets()
    shown.shows(is_named=True)
    assert shown.sam.heard(frame.Deny) == [frame.Deny(0, 0, "page.authors")]
    shown.sam.opens(HERS)
    assert shown.sam.heard(frame.Authors)[0].names["annabel"] == "Annabel"
    shown.sam.forgets()
    shown.shows()
    assert shown.sam.heard(frame.Deny) == [frame.Deny(0, 0, "page.authors")]
    shown.ann.draws()
    shown.lesson.passes(0.1)
    assert not shown.sam.heard(frame.Apply)


def test_who_begins_to_draw_on_it_is_not_named() -> None:
    shown = Shown(strokes=0)
    shown.sam.opens(HERS)
    shown.ann.draws()
    shown.lesson.passes(0.1)
    assert shown.sam.heard(frame.Apply)
    assert b"annabel" not in shown.told(shown.sam).lower()
