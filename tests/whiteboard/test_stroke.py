"""Packed points: the golden file shared with TypeScript, round trips, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import strokes
from whiteboard.errors import LocalError, Refused
from whiteboard.stroke import LARGEST, Point, check_points, pack, unpack
from whiteboard.varint import unzigzag, write_varuint, zigzag

GOLDEN = json.loads(strokes.FILE.read_text(encoding="utf-8"))

eighths = st.integers(-8_000_000, 8_000_000).map(lambda steps: steps / 8)
near = st.integers(-9000, 9000).map(lambda steps: steps / 8)
points = st.lists(st.tuples(eighths | near, near | eighths, st.integers(0, 255)), min_size=1)


def test_the_golden_file_is_the_generated_one() -> None:
    assert strokes.FILE.read_text(encoding="utf-8") == strokes.text()


@pytest.mark.parametrize("entry", GOLDEN, ids=lambda entry: entry["name"])
def test_the_golden_strokes(entry: dict[str, object]) -> None:
    packed = bytes.fromhex(str(entry["packed"]))
    given_points = [tuple(point) for point in entry["points"]]  # type: ignore[attr-defined]
    assert pack(given_points) == packed
    assert unpack(packed) == given_points
    check_points(packed)


@given(points)
def test_points_come_back(stroke: list[Point]) -> None:
    packed = pack(stroke)
    check_points(packed)
    assert unpack(packed) == stroke


@given(st.binary(max_size=40) | st.binary(max_size=39).map(lambda rest: b"\x01" + rest))
def test_checking_and_reading_refuse_the_same(packed: bytes) -> None:
    def refusal(read: Callable[[bytes], object]) -> str | None:
        try:
            read(packed)
        except Refused as refused:
            return refused.code
        return None

    assert refusal(check_points) == refusal(unpack)
    assert refusal(unpack) in (None, "schema.value")


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x01",
        b"\x02\x00\x00\x00",
        b"\x01\x00\x00",
        b"\x01\x00\x00\x00\x00",
        b"\x01\x00\x00\x80",
        b"\x01\x00\x00\x80\x00",
        b"\x01\x00\x00\x00\x00\x80\x00\x00",
        b"\x01" + bytes(LARGEST),
        b"\x01" + b"\xff\xff\xff\xff\xff\xff\x7f" * 3,
        bytes.fromhex(strokes.packed([(1e6, 0, 0), (1e6 + 0.125, 0, 0)])),
        bytes.fromhex(strokes.packed([(0.0, 0.0, 0), (-9e5, 0.0, 0), (-18e5, 0.0, 0)])),
        bytes.fromhex(strokes.packed([(step * 1000.0, 0.0, 0) for step in range(1003)])),
    ],
)
def test_what_is_no_stroke(packed: bytes) -> None:
    for read in (check_points, unpack):
        with pytest.raises(Refused, match=r"schema\.value"):
            read(packed)


def test_a_pressure_out_of_range_is_the_nearest_one() -> None:
    packed = bytearray((1,))
    for step in (0, 0, 300, 8, 8, -400):
        write_varuint(packed, zigzag(step))
    check_points(bytes(packed))
    assert unpack(bytes(packed)) == [(0.0, 0.0, 255), (1.0, 1.0, 0)]


def test_coordinates_go_to_the_nearest_eighth() -> None:
    assert unpack(pack([(0.0625, -0.0625, 3), (0.06, -0.07, 3)])) == [
        (0.125, 0.0, 3),
        (0.0, -0.125, 3),
    ]


@pytest.mark.parametrize("stroke", [[], [(2e6, 0, 0)], [(0, float("nan"), 0)], [(0, 0, 256)]])
def test_our_own_mistakes(stroke: list[Point]) -> None:
    with pytest.raises(LocalError):
        pack(stroke)


@given(st.integers(-(2**52), 2**52))
def test_zigzag_comes_back(value: int) -> None:
    assert unzigzag(zigzag(value)) == value
    assert zigzag(value) >= 0


STEP = st.one_of(
    st.integers(-9, 9), st.integers(-16_000_001, 16_000_001), st.integers(-(2**54), 2**54)
)


@given(st.lists(st.tuples(STEP, STEP, STEP), min_size=1, max_size=8), st.booleans())
def test_far_strokes_are_checked_as_they_are_read(
    steps: list[tuple[int, int, int]], is_padded: bool
) -> None:
    out = bytearray(b"\x01")
    for step in steps:
        for number in step:
            write_varuint(out, zigzag(number))
    if is_padded:
        out[-1:] = bytes((out[-1] | 0x80, 0))
    answers = []
    for read in (unpack, check_points):
        try:
            read(bytes(out))
            answers.append("")
        except Refused as refused:
            answers.append(refused.code)
    assert answers[0] == answers[1]
