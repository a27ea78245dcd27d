"""Any bytes at all: a page takes what keeps its rules, refuses the rest, and never breaks.

Updates are real ones with bytes changed, and made-up ones that are well formed but point anywhere.
Whatever is accepted is also given to a real Yjs document, which has to read the same in it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.boards import (
    ANN,
    BEN,
    DOC_ID,
    Browsers,
    Class,
    any_bytes,
    contents,
    item_id,
    note,
    number_bytes,
    stroke,
    text_bytes,
    write_update,
)
from whiteboard.errors import Refused
from whiteboard.ids import client_of_item
from whiteboard.page import Page
from whiteboard.pen import Pen
from whiteboard.rebuild import index_of
from whiteboard.schema import check_element, check_patch
from whiteboard.update import Struct, read_state_vector, read_update

ANNS, BENS = 1001, 1002


class Ground:
    """A page two people worked on, and the next updates Ben would send."""

    def __init__(self, browsers: Browsers) -> None:
        self.browsers = browsers
        lesson = Class(browsers)
        ann, ben = lesson.join(ANN), lesson.join(BEN)
        assert (ann.client, ben.client) == (ANNS, BENS)
        for browser, by in ((ann, ANN), (ben, BEN)):
            one, two = browser.new_id(), browser.new_id()
            for steps in (
                [["set", "el", one, stroke(by)]],
                [["set", "el", two, note(by)], ["set_type", "tx", two, "text", "ab🙂c"]],
                [["type", two, 1, "de"], ["set", "tf", one, {"z": "b"}]],
                [["erase", two, 0, 1]],
            ):
                lesson.send(browser, browser.edit(*steps))
        self.snapshot = lesson.page.snapshot()
        self.bound = dict(lesson.page.bound)
        self.seen = contents(lesson.page)
        one, two = item_id(BENS, 1), item_id(BENS, 2)
        self.next = [
            *ben.edit(["set", "el", ben.new_id(), stroke(BEN)]),
            *ben.edit(["set", "tf", one, {"m": [1, 0, 0, 1, 5, 5], "c": "#000000"}]),
            *ben.edit(["type", two, 2, "🙂x"]),
            *ben.edit(["erase", two, 0, 2]),
            *ben.edit(*[["delete", root, two] for root in ("el", "tx")]),
            *ben.undo(),
        ]

    def page(self) -> Page:
        return Page.load(DOC_ID, snapshot=self.snapshot, updates=[], seq=9, bound=self.bound)

    def meets(self, update: bytes, pen: Pen, before: list[bytes]) -> bool:
        """Whether the page took an update that Ben sends; fails when any rule is broken."""
        page = self.page()
        for one in before:
            page.receive(one, author=BEN, client_id=BENS, pen="own")
        state, seq, seen = page.snapshot(), page.seq, contents(page)
        try:
            applied = page.receive(update, author=BEN, client_id=BENS, pen=pen)
        except Refused:
            applied = None
        if applied is None:
            assert (page.snapshot(), page.seq) == (state, seq)
            return False
        now = contents(page)
        follows_the_schema(now)
        if pen == "own":
            assert of_ann(now) == of_ann(seen)
        ends = {client: track.end for client, track in page._index.tracks.items()}
        assert read_state_vector(page.state_vector()) == ends
        rebuilt = index_of(page.snapshot())
        assert {client: track.end for client, track in rebuilt.tracks.items()} == ends
        browser = self.browsers.open(77)
        browser.apply(self.snapshot, *before, update)
        read = browser.read()
        assert not read.pop("pending")
        assert sorted_words(read) == sorted_words(now)
        self.browsers.forget(browser)
        return True


def sorted_words(seen: dict[str, Any]) -> dict[str, Any]:
    """Letters that name their neighbours the wrong way round are not where both would read them in
    the same order; it is the writer's own text, and docs/board.md says so."""
    return {**seen, "tx": {key: sorted(words) for key, words in seen["tx"].items()}}


def of_ann(seen: dict[str, Any]) -> dict[str, Any]:
    return {
        root: {key: value for key, value in values.items() if client_of_item(key) == ANNS}
        for root, values in seen.items()
    }


def follows_the_schema(seen: dict[str, Any]) -> None:
    owners = {ANNS: ANN, BENS: BEN}
    for key, element in seen["el"].items():
        assert check_element(element) == owners[client_of_item(key)]
    for key, patch in seen["tf"].items():
        check_patch(patch)
        assert client_of_item(key) in owners
    for key, words in seen["tx"].items():
        assert client_of_item(key) in owners
        assert len(words) <= 5000


@pytest.fixture(scope="module")
def ground(browsers: Browsers) -> Ground:
    return Ground(browsers)


changes = st.lists(
    st.tuples(
        st.sampled_from(["set", "flip", "insert", "drop", "repeat"]),
        st.floats(0, 0.999),
        st.one_of(st.integers(0, 255), st.sampled_from([0, 1, 2, 7, 8, 127, 128, 255])),
    ),
    min_size=1,
    max_size=4,
)


def changed(update: bytes, steps: list[tuple[str, float, int]]) -> bytes:
    found = bytearray(update)
    for kind, where, byte in steps:
        at = int(where * len(found))
        if kind == "set" and found:
            found[at] = byte
        elif kind == "flip" and found:
            found[at] ^= 1 << byte % 8
        elif kind == "insert":
            found.insert(at, byte)
        elif kind == "drop":
            del found[at : at + 1 + byte % 3]
        elif kind == "repeat":
            found[at:at] = found[at : at + byte % 16]
    return bytes(found)


relaxed = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@settings(relaxed, max_examples=400)
@given(which=st.integers(0, 5), steps=changes)
def test_real_updates_with_bytes_changed(
    ground: Ground, which: int, steps: list[tuple[str, float, int]]
) -> None:
    ground.meets(changed(ground.next[which], steps), "own", ground.next[:which])


@settings(relaxed, max_examples=300)
@given(data=st.binary(max_size=64))
def test_any_bytes_are_an_update_or_refused(data: bytes) -> None:
    code = "read"
    try:
        read_update(data)
    except Refused as refused:
        code = refused.code
    assert code in ("read", "update.malformed", "update.trailing", "update.large")


@cache
def made_up() -> st.SearchStrategy[dict[str, Any]]:
    """Structs that are well formed and point anywhere."""
    ids = st.tuples(st.sampled_from([ANNS, BENS]), st.integers(0, 14))
    keys = st.sampled_from([item_id(c, n) for c in (ANNS, BENS) for n in (1, 2, 3)])
    values = [stroke(BEN), note(BEN), stroke(ANN), {"z": "q"}, {"m": [1, 2, 3, 4, 5, 6]}, {}]
    content = st.one_of(
        st.sampled_from(values).map(lambda value: (8, 1, b"\x01" + any_bytes(value))),
        st.sampled_from(["x", "🙂", "yz"]).map(
            lambda text: (4, len(text.encode("utf-16-le")) // 2, text_bytes(text))
        ),
        st.sampled_from([2, 2, 2, 1]).map(lambda kind: (7, 1, number_bytes(kind))),
        st.integers(1, 3).map(lambda length: (1, length, number_bytes(length))),
        st.integers(1, 3).map(lambda length: (0, length, number_bytes(length))),
    )
    where = st.one_of(
        st.tuples(st.sampled_from(["el", "tf", "tx"]), keys).map(
            lambda at: {"parent": at[0], "key": at[1]}
        ),
        ids.map(lambda parent: {"parent": parent}),
        ids.map(lambda origin: {"origin": origin}),
        ids.map(lambda right: {"right_origin": right}),
        st.tuples(ids, ids).map(lambda both: {"origin": both[0], "right_origin": both[1]}),
    )
    deletes = st.lists(st.tuples(ids, st.integers(1, 3)), max_size=2)
    return st.fixed_dictionaries(
        {"structs": st.lists(st.tuples(where, content), max_size=4), "deletes": deletes}
    )


def written(plan: dict[str, Any], clock: int) -> bytes:
    structs = []
    for where, (ref, length, content) in plan["structs"]:
        place = {} if ref == 0 else where
        structs.append(Struct(clock, length, ref, content=content, **place))
        clock += length
    deletes = {client: [(clock, length)] for (client, clock), length in plan["deletes"]}
    return write_update({BENS: structs} if structs else {}, deletes)


@settings(relaxed, max_examples=1000)
@given(plan=made_up(), pen=st.sampled_from(["own", "all"]), erases=st.booleans())
def test_well_formed_updates_that_point_anywhere(
    ground: Ground, plan: dict[str, Any], pen: Pen, erases: bool
) -> None:
    before = ground.next[:5] if erases else []
    page = ground.page()
    for one in before:
        page.receive(one, author=BEN, client_id=BENS, pen="own")
    clock = read_state_vector(page.state_vector())[BENS]
    ground.meets(written(plan, clock), pen, before)


def test_the_real_ones_are_taken(ground: Ground) -> None:
    for at, update in enumerate(ground.next):
        assert ground.meets(update, "own", ground.next[:at])
