"""H.264 payloads: key frames and picture starts in single units, aggregates and fragments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.wire import h264
from tests.support.packets import value_or_code

FIRST, LATER = b"\x88", b"\x30"  # first_mb_in_slice: 0 as Exp-Golomb `1`, and something else
SLICE, IDR, SEI, SPS, PPS, AUD = b"\x41", b"\x65", b"\x06", b"\x67", b"\x68", b"\x09"


def aggregate(*units: bytes) -> bytes:
    """A STAP-A of these NAL units."""
    return b"\x78" + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def fragment(kind: int, body: bytes, *, start: bool = False) -> bytes:
    """An FU-A with a piece of a NAL unit of this type."""
    return bytes((0x7C, (0x80 if start else 0) | kind)) + body


@pytest.mark.parametrize(
    ("payload", "key", "starts"),
    [
        (IDR + FIRST, True, True),
        (IDR + LATER, True, False),
        (SLICE + FIRST, False, True),
        (SLICE + LATER, False, False),
        (SLICE, False, False),
        (SPS + b"\x42", True, True),
        (PPS + b"\xce", False, True),
        (SEI + b"\x05", False, True),
        (AUD + b"\xf0", False, True),
        (aggregate(SPS + b"\x42", PPS + b"\xce"), True, True),
        (aggregate(PPS + b"\xce", IDR + FIRST), True, True),
        (aggregate(SEI, SLICE + FIRST), False, True),
        (aggregate(SLICE + LATER, IDR + FIRST), True, False),
        (fragment(5, FIRST, start=True), True, True),
        (fragment(5, FIRST), False, False),
        (fragment(1, FIRST, start=True), False, True),
        (fragment(1, LATER, start=True), False, False),
        (fragment(7, b"", start=True), True, True),
    ],
)
def test_key_frames_and_picture_starts(payload: bytes, key: bool, starts: bool) -> None:
    assert h264.is_key_frame(payload) is key
    assert h264.starts_picture(payload) is starts


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x7c",
        b"\x78\x00",
        b"\x78\x00\x05\x41",
        b"\x78\x00\x00",
        aggregate(SEI) + b"\x00",
    ],
)
def test_framing_beyond_the_payload_is_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        h264.is_key_frame(payload)
    assert caught.value.code == "h264.truncated"


def test_an_empty_aggregate_begins_nothing() -> None:
    assert h264.is_key_frame(b"\x78") is False
    assert h264.starts_picture(b"\x78") is False


@given(st.binary(max_size=40) | st.binary(max_size=40).map(lambda rest: b"\x78" + rest))
def test_any_bytes_give_an_answer_or_malformed(payload: bytes) -> None:
    for question in (h264.is_key_frame, h264.starts_picture):
        answer, code = value_or_code(question, payload)
        assert answer in {True, False} or code == "h264.truncated"


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=6))
def test_an_aggregate_is_a_key_frame_when_one_unit_is(units: list[bytes]) -> None:
    kinds = {unit[0] & 0x1F for unit in units}
    assert h264.is_key_frame(aggregate(*units)) is bool(kinds & {5, 7})
