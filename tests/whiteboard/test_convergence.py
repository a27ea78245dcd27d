"""Three people draw over links that lose, double and shuffle: in the end all see one page, and the
gate has refused nobody.

Each browser numbers its updates and sends them until they are acknowledged, and asks for what it
lacks when it comes back, as the board's protocol has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.boards import (
    ANN,
    BEN,
    DOC_ID,
    TUTOR,
    Browser,
    Browsers,
    contents,
    note,
    stroke,
)
from whiteboard.ids import AuthorId, client_of_item
from whiteboard.page import Page
from whiteboard.pen import Pen

PEOPLE: Sequence[tuple[AuthorId, Pen]] = ((ANN, "own"), (BEN, "own"), (TUTOR, "all"))
WORDS = ("x", "三角", "🙂", "a b ")


class Seat:
    """A browser, its unacknowledged updates, and the messages under way to and from it."""

    def __init__(self, browser: Browser, author: AuthorId, pen: Pen) -> None:
        self.browser, self.author, self.pen = browser, author, pen
        self.made: list[bytes] = []
        self.acknowledged = 0
        self.taken = 0
        """By the server: the last number."""
        self.up: list[int] = []
        self.down: list[bytes] = []

    def send(self, updates: Sequence[bytes]) -> None:
        for update in updates:
            self.made.append(update)
            self.up.append(len(self.made))

    def act(self, kind: str, choice: int) -> None:
        """One edit, of something this person sees and may change."""
        seen = self.browser.read()
        mine = [
            key
            for key in sorted(seen["el"])
            if self.pen == "all" or client_of_item(key) == self.browser.client
        ]
        notes = [key for key in mine if key in seen["tx"]]
        if kind == "draw":
            self.send(self.browser.edit(["set", "el", self.browser.new_id(), stroke(self.author)]))
        elif kind == "write":
            item = self.browser.new_id()
            made = ["set", "el", item, note(self.author)]
            words = WORDS[choice % len(WORDS)]
            self.send(self.browser.edit(made, ["set_type", "tx", item, "text", words]))
        elif kind == "undo":
            self.send(self.browser.undo())
        elif kind == "redo":
            self.send(self.browser.redo())
        elif kind == "move" and mine:
            steps = ["set", "tf", mine[choice % len(mine)], {"m": [1, 0, 0, 1, choice, 0]}]
            self.send(self.browser.edit(steps))
        elif kind == "erase" and mine:
            item = mine[choice % len(mine)]
            there = [root for root in ("el", "tf", "tx") if item in seen[root]]
            self.send(self.browser.edit(*(["delete", root, item] for root in there)))
        elif kind in ("type", "shorten") and notes:
            self.type(notes[choice % len(notes)], seen["tx"], kind, choice)

    def type(self, item: str, texts: dict[str, str], kind: str, choice: int) -> None:
        words = texts[item]
        at = choice % (len(words) + 1)
        before = units(words[:at])
        if kind == "type":
            self.send(self.browser.edit(["type", item, before, WORDS[choice % len(WORDS)]]))
        elif words[at:]:
            gone = units(words[at : at + 2])
            self.send(self.browser.edit(["erase", item, before, gone]))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Network:
    """The page and everybody's links to it."""

    def __init__(self, browsers: Browsers) -> None:
        self.page = Page(DOC_ID)
        self.seats = []
        for number, (author, pen) in enumerate(PEOPLE):
            browser = browsers.open(500 + number)
            self.page.bind(browser.client, author)
            self.seats.append(Seat(browser, author, pen))

    def rise(self, seat: Seat, at: int, fate: str) -> None:
        """A message on its way to the server arrives, arrives and stays under way, or is lost."""
        if not seat.up:
            return
        at %= len(seat.up)
        number = seat.up[at] if fate == "double" else seat.up.pop(at)
        if fate == "lose" or number > seat.taken + 1:
            return
        update = seat.made[number - 1]
        client = seat.browser.client
        applied = self.page.receive(update, author=seat.author, client_id=client, pen=seat.pen)
        assert applied is None or number > seat.taken
        seat.taken = max(seat.taken, number)
        for other in self.seats:
            if applied is not None and other is not seat:
                other.down.append(update)

    def fall(self, seat: Seat, at: int, fate: str) -> None:
        """A message on its way to a browser."""
        if seat.down:
            at %= len(seat.down)
            update = seat.down[at] if fate == "double" else seat.down.pop(at)
            if fate != "lose":
                seat.browser.apply(update)

    def come_back(self, seat: Seat) -> None:
        """A new connection: nothing is under way, what is missing is asked for, and what was not
        acknowledged is sent again."""
        seat.up.clear()
        seat.down.clear()
        seat.browser.apply(self.page.state(seat.browser.vector()))
        seat.acknowledged = seat.taken
        # One of those taken goes twice, as after a lost acknowledgement.
        seat.up += range(max(1, seat.acknowledged), len(seat.made) + 1)

    def settle(self) -> dict[str, Any]:
        """Everybody comes back and says all; then everybody hears all."""
        for seat in self.seats:
            self.come_back(seat)
            while seat.up:
                self.rise(seat, 0, "arrive")
        for seat in self.seats:
            self.come_back(seat)
        seen = contents(self.page)
        for seat in self.seats:
            assert seat.taken == len(seat.made)
            assert seat.browser.read() == {**seen, "pending": False}
        return seen


edits = st.sampled_from(
    ["draw", "write", "write", "move", "erase", "type", "type", "shorten", "undo", "redo"]
)
events = st.one_of(
    st.tuples(edits, st.integers(0, 2), st.integers(0, 99)),
    st.tuples(
        st.sampled_from(["up", "up", "down"]),
        st.integers(0, 2),
        st.tuples(st.integers(0, 9), st.sampled_from(["arrive", "arrive", "double", "lose"])),
    ),
    st.tuples(st.sampled_from(["come back", "reload"]), st.integers(0, 2), st.just(0)),
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(events, max_size=60))
def test_all_see_one_page_in_the_end(browsers: Browsers, happened: list[Any]) -> None:
    network = Network(browsers)
    for kind, number, detail in happened:
        seat = network.seats[number]
        if kind == "up":
            network.rise(seat, *detail)
        elif kind == "down":
            network.fall(seat, *detail)
        elif kind == "come back":
            network.come_back(seat)
        elif kind == "reload":
            page = network.page
            snapshot = page.snapshot()
            network.page = Page.load(
                DOC_ID, snapshot=snapshot, updates=[], seq=page.seq, bound=page.bound
            )
        else:
            seat.act(kind, detail)
    network.settle()
    for seat in network.seats:
        browsers.forget(seat.browser)


@pytest.mark.parametrize("fate", ["arrive", "double", "lose"])
def test_something_is_drawn_at_all(browsers: Browsers, fate: str) -> None:
    network = Network(browsers)
    for seat in network.seats:
        for kind in ("write", "draw", "type", "move"):
            seat.act(kind, 1)
        for _ in range(4):
            network.rise(seat, 0, fate)
    assert len(network.settle()["el"]) == 6
