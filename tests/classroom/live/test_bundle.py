"""One conversation over streams that stall and break: once, in order, and cheap when calm."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.live.bundle import WINDOW, Bundle
from classroom.live.bundle_frames import (
    PIECE_MAX,
    MalformedBundle,
    read_hello,
    read_line,
    write_line,
    write_welcome,
)
from tests.support.stalling import Pair

CORPUS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "corpus" / "bundle.json").read_text()
)
KEY = "k" * 22

# What is written


@pytest.mark.parametrize("case", CORPUS["lines"], ids=lambda case: case["line"][:20])
def test_lines_are_read_and_written(case: dict[str, Any]) -> None:
    said = read_line(case["line"])
    piece = said.piece
    assert (said.seen, said.is_late) == (case["seen"], case["late"])
    read = None if piece is None else [piece.kind, piece.number, piece.text]
    assert read == case["piece"]
    assert write_line(said) == case["line"]


@pytest.mark.parametrize("line", CORPUS["malformed"])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(MalformedBundle):
        read_line(line)


@pytest.mark.parametrize("case", CORPUS["hellos"], ids=lambda case: case["line"][:40])
def test_hellos(case: dict[str, Any]) -> None:
    hello = read_hello(case["line"])
    assert [hello.key, hello.name, hello.seen, list(hello.held)] == case["hello"]


@pytest.mark.parametrize("line", CORPUS["bad_hellos"])
def test_other_hellos_are_refused(line: str) -> None:
    with pytest.raises(MalformedBundle):
        read_hello(line)


@pytest.mark.parametrize("case", CORPUS["welcomes"], ids=lambda case: case["line"])
def test_welcomes(case: dict[str, Any]) -> None:
    name, seen, held = case["welcome"]
    assert write_welcome(name, seen, tuple(held)) == case["line"]


@given(st.text(max_size=200))
def test_anything_is_read_or_refused(line: str) -> None:
    for read in (read_line, read_hello):
        with suppress(MalformedBundle):
            read(line)


# A calm line


def test_on_a_calm_line_one_strand_carries_and_the_others_are_silent() -> None:
    pair = Pair()
    for name in (1, 2, 3):
        pair.open(name)
    for number in range(20):
        pair.put("near", f"ask {number}")
        pair.run(0.2)
        pair.put("far", f"answer {number}")
        pair.run(0.2)
    assert pair.given["far"] == [f"ask {number}" for number in range(20)]
    assert pair.given["near"] == [f"answer {number}" for number in range(20)]
    assert pair.written["near"] <= 41, "a line and a receipt for each"
    assert pair.written["far"] <= 41
    assert not pair.near.is_weak(now=pair.now)
    assert not pair.far.is_weak(now=pair.now)


def test_a_long_text_comes_whole_and_does_not_make_a_narrow_line_weak() -> None:
    pair = Pair()
    pair.open(1)
    text = "".join(chr(0x4E00 + place % 999) for place in range(300_000))
    pair.put("far", text)
    assert pair.far.is_full
    pair.run(5)
    assert pair.given["near"] == [text]
    assert pair.far.is_said
    assert not pair.far.is_full


def test_an_empty_text_is_a_text() -> None:
    pair = Pair()
    pair.open(1)
    pair.put("near", "")
    pair.run(1)
    assert pair.given["far"] == [""]


# Bad lines


def test_when_one_stream_stalls_another_carries_it() -> None:
    pair = Pair()
    pair.open(1)
    pair.open(2)
    pair.put("near", "hello")
    pair.run(1)
    pair._streams[1, "near"].busy_until = pair.now + 60
    pair.put("near", "still there?")
    pair.run(1)
    assert pair.given["far"] == ["hello", "still there?"]


def test_weakness_passes() -> None:
    pair = Pair(loss=0.7)
    for name in (1, 2, 3):
        pair.open(name)
    for number in range(40):
        pair.put("near", str(number))
        pair.put("far", str(number))
        pair.run(0.25)
    assert pair.near.is_weak(now=pair.now)
    pair.loss = 0.0
    for name in (1, 2, 3):  # what stalled stays stalled: they are replaced
        pair.open(name + 10)
        pair.cut(name)
    for _ in range(60):
        pair.put("near", "calm")
        pair.put("far", "calm")
        pair.run(0.5)
    assert not pair.near.is_weak(now=pair.now)
    assert not pair.far.is_weak(now=pair.now)
    before = dict(pair.written)
    pair.put("near", "one")
    pair.run(0.5)
    assert pair.written["near"] - before["near"] == 1
    assert pair.written["far"] - before["far"] == 1, "its receipt"


def test_at_70_percent_every_answer_comes_and_three_streams_are_faster_than_one() -> None:
    def waits(streams: int) -> list[float]:
        found = []
        for seed in range(40):
            pair = Pair(seed=seed)
            for name in range(streams):
                pair.open(name)
            pair.put("near", "before")
            pair.run(1)
            pair.loss = 0.7
            start = pair.now
            pair.put("near", "ask")
            while "ask" not in pair.given["far"] and pair.now < start + 60:
                pair.run(0.1)
            pair.put("far", "answer")
            while not pair.given["near"] and pair.now < start + 60:
                pair.run(0.1)
            found.append(pair.now - start)
        return sorted(found)

    one, three = waits(1), waits(3)
    assert three[35] < one[35] / 4, "nine of ten"
    assert three[35] < 5.0


def test_nothing_is_lost_when_every_stream_breaks() -> None:
    pair = Pair()
    pair.open(1)
    pair.put("near", "a")
    pair.cut(1)
    pair.put("near", "b")
    pair.put("far", "c")
    pair.run(19)
    pair.open(2)
    pair.run(1)
    assert pair.given == {"far": ["a", "b"], "near": ["c"]}


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[str, int]]:
    step = st.one_of(
        st.tuples(st.sampled_from(["near", "far"]), st.sampled_from([0, 5, 3000, 20_000])),
        st.tuples(st.just("open"), st.integers(1, 6)),
        st.tuples(st.just("cut"), st.integers(1, 6)),
        st.tuples(st.just("run"), st.sampled_from([1, 100, 3000])),
        st.tuples(st.just("loss"), st.sampled_from([0, 30, 70])),
    )
    return draw(st.lists(step, max_size=40))


@settings(max_examples=150, deadline=None)
@given(stories(), st.integers(0, 5))
def test_each_text_comes_once_and_in_order(story: list[tuple[str, int]], seed: int) -> None:
    pair = Pair(seed=seed)
    said: dict[str, list[str]] = {"near": [], "far": []}
    for number, (what, size) in enumerate(story):
        if what in said:
            said[what].append(f"{number} " + "x" * size)
            pair.put(what, said[what][-1])
        elif what == "run":
            pair.run(size / 1000)
        elif what == "loss":
            pair.loss = size / 100
        else:
            (pair.cut if what == "cut" or size in pair.near.strands else pair.open)(size)
    pair.loss = 0.0
    for name in list(pair.near.strands):
        pair.cut(name)
    pair.open(100)
    pair.run(20)
    assert pair.given == {"far": said["near"], "near": said["far"]}
    assert pair.near.is_said
    assert pair.far.is_said


# The end, and what no honest end does


def test_the_end_comes_after_everything_else() -> None:
    pair = Pair()
    pair.open(1)
    pair.put("far", "last")
    pair.far.end(now=pair.now)
    pair.run(1)
    assert pair.given["near"] == ["last"]
    assert pair.near.is_over
    assert pair.far.is_said


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"F{WINDOW + 1},0:x", "bundle.window"),
        ("A1", "bundle.seen"),
        ("F1,5:x", "bundle.seen"),
        ("F1,0:" + "x" * (PIECE_MAX + 1), "bundle.piece"),
        ("F1,0:" + "x" * 101, "bundle.payload"),
    ],
)
def test_what_no_honest_end_says(line: str, code: str) -> None:
    bundle = Bundle(payload_max=100)
    bundle.attach(1, 0, (), now=1)
    with pytest.raises(MalformedBundle) as refused:
        bundle.came(1, line, now=1)
    assert str(refused.value) == code


def test_pieces_ahead_of_a_hole_are_bounded_by_size() -> None:
    bundle = Bundle()
    bundle.attach(1, 0, (), now=1)
    for number in range(2, 34):
        bundle.came(1, f"F{number},0:" + "x" * PIECE_MAX, now=1)
    with pytest.raises(MalformedBundle):
        bundle.came(1, "F40,0:" + "x" * PIECE_MAX, now=1)


def test_an_end_that_hears_nothing_at_all_is_weak() -> None:
    bundle = Bundle(quiet_s=6)
    bundle.attach(1, 0, (), now=1)
    assert not bundle.is_weak(now=7)
    assert bundle.wake_at(now=7) == pytest.approx(7.001)
    assert bundle.is_weak(now=7.1)
