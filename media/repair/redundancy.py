"""Redundancy: which earlier frames go into a packet of sound, and which of those that came are new.

Decides by time, size and number; the form is `wire.red`'s. What is best for how much loss is in
weak_network.md section 2: 17 frames of 20 ms reach as far back as the form can say, and a packet
of 1,100 bytes passes every network. Our own pages send frames from before that to us, and to us
alone: the 14 bits of their offsets begin anew, which their order tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from media.errors import Malformed
from media.wire.red import HEADER_BYTES, MAX_LENGTH, MAX_OFFSET, PRIMARY_HEADER_BYTES, Block, pack

MAX_DEPTH = 17
MAX_BYTES = 1100
"""Of the whole payload; the newest frames are kept."""
COPY_S = 0.17
"""When a whole packet is sent once more: half of what redundancy reaches back."""
MAX_REACH = 2 * (MAX_OFFSET + 1) - 1
"""Ticks that a frame of our own pages may have begun before the primary: 682 ms at 48 kHz."""
_TIMESTAMP_MASK = 0xFFFFFFFF


class Frame(NamedTuple):
    """One frame of sound: when it begins (32-bit RTP timestamp), and its bytes."""

    timestamp: int
    data: bytes


def protect(primary: Frame, earlier: Iterable[Frame], payload_type: int) -> bytes:
    """The payload that holds `primary` and as much of `earlier`, newest first, as may go with it.

    Frames need not follow each other: each says how long before the primary it began. One that is
    too far back ends the search, as does one that does not fit.
    """
    room = MAX_BYTES - PRIMARY_HEADER_BYTES - len(primary.data)
    blocks: list[Block] = []
    for frame in earlier:
        offset = (primary.timestamp - frame.timestamp) & _TIMESTAMP_MASK
        size = len(frame.data)
        room -= HEADER_BYTES + size
        if not 0 < offset <= MAX_OFFSET or size > MAX_LENGTH or room < 0:
            break
        if size:
            blocks.append(Block(payload_type, offset, frame.data))
        if len(blocks) == MAX_DEPTH:
            break
    blocks.reverse()
    return pack(blocks, Block(payload_type, 0, primary.data))


class Earlier(NamedTuple):
    """A frame that came along with a later one: `back` numbers and `offset` ticks before it."""

    back: int
    offset: int
    data: bytes


def earlier_frames(blocks: Sequence[Block]) -> list[Earlier]:
    """What a payload holds besides its primary (the last block), oldest first.

    The k-th block before the primary is the frame k numbers before it; one without data stands for
    a frame that was left out. An offset below that of the block behind it has begun anew once.
    Malformed `red.order` when two have the same, or they say more than `MAX_REACH`.
    """
    found, offset = [], 0
    for back, block in enumerate(reversed(blocks[:-1]), 1):
        further = (block.timestamp_offset - offset) & MAX_OFFSET
        offset += further
        if not further or offset > MAX_REACH:
            raise Malformed("red.order", f"{further} ticks to {offset}")
        if block.data:
            found.append(Earlier(back, offset, block.data))
    found.reverse()
    return found
