"""Frames on a stream survive any split; what no browser sends is named."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Malformed
from media.server.framing import MAX_FRAME_BYTES, cut, framed

datagrams = st.lists(st.binary(min_size=1, max_size=80), max_size=8)


def stream_of(frames: list[bytes]) -> bytes:
    return b"".join(struct.pack("!H", len(frame)) + frame for frame in frames)


def cut_in_pieces(stream: bytes, ends: list[int]) -> list[bytes]:
    """As a connection does: what is left of one piece stands before the next."""
    found: list[bytes] = []
    rest = b""
    for start, end in zip([0, *ends], [*ends, len(stream)], strict=True):
        piece = rest + stream[start:end]
        frames, used = cut(memoryview(piece))
        found += map(bytes, frames)
        rest = piece[used:]
    assert rest == b""
    return found


@settings(max_examples=60)
@given(datagrams, st.data())
def test_any_split_of_the_stream_gives_the_same_frames(
    sent: list[bytes], data: st.DataObject
) -> None:
    stream = stream_of(sent)
    ends = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    assert cut_in_pieces(stream, ends) == sent
    assert cut_in_pieces(stream, list(range(len(stream)))) == sent


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_frames_or_malformed(noise: bytes) -> None:
    with suppress(Malformed):
        frames, used = cut(memoryview(noise))
        assert sum(map(len, frames)) + 2 * len(frames) <= used <= len(noise)


def test_a_frame_waits_for_its_last_byte() -> None:
    stream = stream_of([b"abc"])
    assert cut(memoryview(stream[:-1])) == ([], 0)
    assert cut(memoryview(stream[:1])) == ([], 0)
    assert cut(memoryview(b"")) == ([], 0)
    assert cut(memoryview(stream + b"\0")) == ([b"abc"], 5)


def test_empty_frames_are_left_out() -> None:
    assert cut(memoryview(stream_of([b"", b"a", b"", b"bc", b""]))) == ([b"a", b"bc"], 13)


def test_a_frame_longer_than_any_datagram_is_named_before_it_has_come() -> None:
    longest = bytes(MAX_FRAME_BYTES)
    assert cut(memoryview(stream_of([longest]))) == ([longest], MAX_FRAME_BYTES + 2)
    with pytest.raises(Malformed) as caught:
        cut(memoryview(struct.pack("!H", MAX_FRAME_BYTES + 1)))
    assert caught.value.code == "tcp.frame_length"


@pytest.mark.parametrize(
    ("size", "count", "is_fine"),
    [(0, 99, True), (0, 100, False), (29, 200, False), (30, 200, True)],
)
def test_a_stream_of_crumbs_is_named(size: int, count: int, is_fine: bool) -> None:
    stream = memoryview(stream_of([bytes(size)] * count))
    if is_fine:
        assert cut(stream)[1] == len(stream)
        return
    with pytest.raises(Malformed) as caught:
        cut(stream)
    assert caught.value.code == "tcp.crumbs"


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=400), st.integers(5, 90))
def test_a_burst_is_framed_and_cut_again(joined: bytes, segment: int) -> None:
    stream = b"".join(framed(joined, segment))
    frames, used = cut(memoryview(stream))
    assert used == len(stream)
    assert frames == [joined[at : at + segment] for at in range(0, len(joined), segment)]
