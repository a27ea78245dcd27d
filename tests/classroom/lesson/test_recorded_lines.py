"""What of a recording's lines is sent: who is not in it is nowhere, and neither is what was cut."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.lesson.recorded_lines import (
    chat_for,
    events_for,
    outside,
    tape_for,
    to_the_end,
)
from recording.playtime import merged

EVERYBODY = {"lin": ("voice", "screen", "chat", "ink"), "bo": ("voice",)}


def line(ms: int, event: str, **more: Any) -> dict[str, Any]:
    return {"ms": ms, "event": event, **more}


def events(lines: list[dict[str, Any]], *cuts: tuple[int, int]) -> list[tuple[int, str]]:
    return [(one["ms"], one["event"]) for one in events_for(lines, EVERYBODY, cuts)]


def test_events_outside_of_cuts_stay_as_they_are() -> None:
    lines = [line(0, "mark", title="a"), line(10, "mark", title="b"), line(20, "mark", title="c")]
    assert list(events_for(lines, EVERYBODY, ())) == lines
    assert list(events_for(lines, EVERYBODY, ((10, 20),))) == [lines[0], lines[2]]


def test_what_a_room_is_like_after_a_cut_is_told_at_its_end() -> None:
    lines = [
        line(0, "turned", page={"id": "p1"}),
        line(11, "turned", page={"id": "p2"}),
        line(12, "turned", page={"id": "p3"}),
        line(13, "joined", pid="bo", name="Bo"),
        line(14, "hand", pid="bo", is_up=True),
        line(15, "hand", pid="bo", is_up=False),
        line(16, "mark", title="secret"),
        line(17, "file", pid="lin", name="secret"),
    ]
    found = list(events_for(lines, EVERYBODY, ((10, 20),)))
    assert found == [
        lines[0],
        {**lines[2], "ms": 20},
        {**lines[3], "ms": 20},
        {**lines[5], "ms": 20},
    ]


def test_a_poll_that_came_and_went_in_a_cut_is_nowhere() -> None:
    opened = line(11, "poll", id="q", phase="opened", question="?")
    closed = line(15, "poll", id="q", phase="closed", tally=[["a", 3]])
    assert events([opened, closed], (10, 20)) == []
    assert events([opened, {**closed, "ms": 25}], (10, 20)) == [(20, "poll"), (25, "poll")]
    (told,) = events_for([{**opened, "ms": 5}, closed][1:], EVERYBODY, ((10, 20),))
    assert "tally" not in told


def test_ink_that_began_and_ended_in_a_cut_is_nowhere() -> None:
    page = {"id": "i1"}
    begun = line(11, "ink", deed="begun", page=page, of="lin")
    cleared = line(12, "ink", deed="cleared", page=page, of="lin")
    ended = line(13, "ink", deed="ended", page=page, of="lin")
    assert events([begun, cleared, ended], (10, 20)) == []
    assert events([begun, cleared], (10, 20)) == [(20, "ink"), (20, "ink")]
    assert events([{**begun, "ms": 1}, ended], (10, 20)) == [(1, "ink"), (20, "ink")]


def test_after_a_cut_to_the_end_nothing_comes() -> None:
    lines = [line(5, "turned", page={"id": "p1"}), line(15, "turned", page={"id": "p2"})]
    cuts = to_the_end(((10, 30),), 30)
    assert list(events_for(lines, EVERYBODY, cuts)) == lines[:1]
    assert to_the_end(((10, 20),), 30) == ((10, 20),)
    assert to_the_end((), 30) == ()


def test_events_about_who_is_not_in_it_are_left_out() -> None:
    lines = [
        line(1, "joined", pid="kim", name="Kim"),
        line(2, "hand", pid="kim", is_up=True),
        line(3, "file", pid="bo", name="homework.pdf"),
        line(4, "ink", of="bo", deed="begun", page={"id": "i"}),
        line(5, "stage", screen_of="bo"),
        line(6, "stage", screen_of="lin"),
        line(7, "groups", on=True),
    ]
    assert list(events_for(lines, EVERYBODY, ())) == [
        {**lines[4], "screen_of": ""},
        lines[5],
        lines[6],
    ]


@pytest.mark.parametrize("event", ["turned", "page", "ink"])
def test_a_picture_of_who_is_not_in_it_has_no_name_either(event: str) -> None:
    page = {"id": "p", "name": "Screen of Kim", "backdrop": "kim~screen~a1", "kind": "page"}
    (told,) = events_for([line(1, event, page=page, deed="frozen")], EVERYBODY, ())
    assert told["page"] == {**page, "name": "", "backdrop": ""}
    theirs = {**page, "backdrop": "lin~screen~a1"}
    (told,) = events_for([line(1, event, page=theirs, deed="frozen")], EVERYBODY, ())
    assert told["page"] == theirs
    (told,) = events_for([line(1, event, page=theirs)], {"lin": ("voice",)}, ())
    assert told["page"]["backdrop"] == ""
    slide = {**page, "name": "Acids", "backdrop": "abc"}
    (told,) = events_for([line(1, event, page=slide, deed="frozen")], EVERYBODY, ())
    assert told["page"] == slide


def put(ms: int, **more: Any) -> dict[str, Any]:
    return {"ms": ms, "doc": "p/1", "by": "lin", **more}


def test_what_is_drawn_in_a_cut_stands_there_after_it() -> None:
    lines = [
        put(1, base=True, items={"a": 1}),
        put(11, put={"b": 2}),
        put(12, put={"c": 3}),
        put(13, gone=["b", "a"]),
        put(14, put={"c": 4}),
        put(21, put={"d": 5}),
    ]
    assert list(tape_for(lines, ((10, 20),))) == [
        lines[0],
        put(20, gone=["a", "b"]),
        put(20, put={"c": 4}),
        lines[5],
    ]


def test_a_base_in_a_cut_is_a_base_after_it() -> None:
    lines = [put(11, put={"x": 0}), put(12, base=True, items={"a": 1}), put(13, put={"b": 2})]
    assert list(tape_for(lines, ((10, 20),))) == [put(20, base=True, items={"a": 1, "b": 2})]


def state_of(lines: list[dict[str, Any]], until: int) -> dict[tuple[str, str], dict[str, Any]]:
    """What stands on each page at a moment."""
    pages: dict[tuple[str, str], dict[str, Any]] = {}
    for one in lines:
        if one["ms"] > until:
            break
        items = pages.setdefault((one["doc"], one["by"]), {})
        if one.get("base"):
            items.clear()
        items.update(one.get("items", {}))
        items.update(one.get("put", {}))
        for gone in one.get("gone", ()):
            items.pop(gone, None)
    return {whose: items for whose, items in pages.items() if items}


ITEMS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), max_size=3)
DEEDS = st.one_of(
    st.builds(lambda items: {"base": True, "items": items}, ITEMS),
    st.builds(lambda items: {"put": items}, ITEMS),
    st.builds(lambda ids: {"gone": ids}, st.lists(st.sampled_from("abcd"), max_size=2)),
)


@settings(max_examples=100, deadline=None)
@given(
    deeds=st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["p/1", "p/2"]), DEEDS), max_size=20
    ),
    starts=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=3),
)
def test_the_board_is_the_same_wherever_it_is_shown(
    deeds: list[tuple[int, str, dict[str, Any]]], starts: list[tuple[int, int]]
) -> None:
    cuts = merged((start, start + length) for start, length in starts)
    ordered = sorted(deeds, key=lambda one: one[0])
    lines = [{"ms": ms, "doc": doc, "by": "lin", **deed} for ms, doc, deed in ordered]
    kept = list(tape_for(lines, cuts))
    assert [one["ms"] for one in kept] == sorted(one["ms"] for one in kept)
    last = lines[-1]["ms"] if lines else 0
    for moment in range(45):
        is_cut = any(start <= moment < stop for start, stop in cuts)
        is_after_all = any(moment >= start > last for start, _ in cuts)
        if not is_cut and not is_after_all:
            assert state_of(kept, moment) == state_of(lines, moment), moment
    for one in kept:
        assert not any(start <= one["ms"] < stop for start, stop in cuts)


def test_a_message_that_was_deleted_later_is_never_sent() -> None:
    lines = [
        {"ms": 1, "id": "m1", "text": "oops"},
        {"ms": 2, "id": "m2", "text": "fine"},
        {"ms": 30, "id": "m1", "text": "", "deleted": True},
        {"ms": 15, "id": "m3", "text": "cut"},
    ]
    ordered = sorted(lines, key=lambda one: int(str(one["ms"])))
    assert [one["id"] for one in chat_for(ordered, ((10, 20),))] == ["m2"]


@settings(max_examples=100, deadline=None)
@given(
    spans=st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=3),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=3),
    start=st.integers(0, 20),
)
def test_spans_outside_of_cuts(
    spans: list[tuple[int, int]], cuts: list[tuple[int, int]], start: int
) -> None:
    holes = merged((at, at + length) for at, length in cuts)
    given_spans = merged((at, at + length) for at, length in spans)
    left = outside(given_spans, holes, start)
    inside = {ms for begin, end in left for ms in range(begin, end)}
    wanted = {
        ms
        for begin, end in given_spans
        for ms in range(begin, end)
        if not any(a <= ms + start < b for a, b in holes)
    }
    assert inside == wanted
