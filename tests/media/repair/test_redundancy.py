"""Which frames go into a packet of sound, and which of those that came are new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import Malformed
from media.repair.redundancy import MAX_BYTES, MAX_DEPTH, Earlier, Frame, earlier_frames, protect
from media.wire.red import MAX_OFFSET, Block, split

OPUS = 100
STAMP = 0xFFFF_FF00


def before(count: int, size: int = 40, step: int = 960) -> list[Frame]:
    """Frames before that of `STAMP`, newest first."""
    return [
        Frame((STAMP - step * back) & 0xFFFFFFFF, bytes((back,)) * size)
        for back in range(1, count + 1)
    ]


def test_frames_go_along_oldest_first() -> None:
    blocks = split(protect(Frame(STAMP, b"now"), before(3), OPUS))
    assert [(block.timestamp_offset, block.data[:1]) for block in blocks[:-1]] == [
        (2880, b"\3"),
        (1920, b"\2"),
        (960, b"\1"),
    ]
    assert blocks[-1] == Block(OPUS, 0, b"now")


def test_seventeen_frames_of_20_ms_and_no_more() -> None:
    assert len(split(protect(Frame(STAMP, b"now"), before(40), OPUS))) == MAX_DEPTH + 1
    # 30 ms back is as far as eleven of these go: 12 * 1440 ticks do not fit 14 bits.
    assert len(split(protect(Frame(STAMP, b"now"), before(40, step=1440), OPUS))) == 12


def test_timestamps_wrap() -> None:
    blocks = split(protect(Frame(100, b"now"), [Frame(100 - 960 + (1 << 32), b"then")], OPUS))
    assert blocks[0] == Block(OPUS, 960, b"then")


def test_a_frame_of_another_time_ends_the_search() -> None:
    strange = [*before(1), Frame(STAMP + 960, b"later"), *before(3)[1:]]
    assert len(split(protect(Frame(STAMP, b"now"), strange, OPUS))) == 2


@given(
    st.binary(max_size=1300),
    st.lists(st.tuples(st.integers(1, 3000), st.binary(max_size=1200)), max_size=40),
)
def test_a_packet_never_outgrows_the_network(
    primary: bytes, frames: list[tuple[int, bytes]]
) -> None:
    earlier, stamp = [], STAMP
    for step, data in frames:
        stamp -= step
        earlier.append(Frame(stamp & 0xFFFFFFFF, data))
    payload = protect(Frame(STAMP, primary), earlier, OPUS)
    blocks = split(payload)
    assert len(payload) <= max(MAX_BYTES, len(primary) + 1)
    assert len(blocks) <= MAX_DEPTH + 1
    offsets = [block.timestamp_offset for block in blocks[:-1]]
    assert offsets == sorted(offsets, reverse=True)
    assert all(0 < offset <= MAX_OFFSET for offset in offsets)
    # The newest are kept: what is there is the beginning of what was given, but for empty ones.
    kept = [block.data for block in reversed(blocks[:-1])]
    assert kept == [frame.data for frame in earlier if frame.data][: len(kept)]


def test_the_kth_block_before_the_primary_is_k_numbers_back() -> None:
    blocks = (Block(111, 2880, b"a"), Block(111, 1920, b""), Block(0, 960, b"c"), Block(9, 0, b"d"))
    assert earlier_frames(blocks) == [Earlier(3, 2880, b"a"), Earlier(1, 960, b"c")]


def test_offsets_begin_anew_beyond_what_the_form_can_say() -> None:
    back = range(27, 0, -1)
    blocks = [Block(111, 960 * each & MAX_OFFSET, bytes([each])) for each in back]
    found = earlier_frames([*blocks, Block(111, 0, b"now")])
    assert found == [Earlier(each, 960 * each, bytes([each])) for each in back]
    early = earlier_frames([Block(111, 480, b"a"), Block(111, 960, b"b"), Block(111, 0, b"c")])
    assert early == [Earlier(2, MAX_OFFSET + 1 + 480, b"a"), Earlier(1, 960, b"b")]


@pytest.mark.parametrize("offsets", [(960, 960), (960, 0), (480, 16_000, 480, 16_000)])
def test_blocks_out_of_order_are_refused(offsets: tuple[int, ...]) -> None:
    with pytest.raises(Malformed) as caught:
        earlier_frames([*(Block(111, offset, b"x") for offset in offsets), Block(111, 0, b"y")])
    assert caught.value.code == "red.order"
