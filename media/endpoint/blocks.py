"""Blocks: the header extension bytes packets leave with, all of one batch equally long.

Decides the order of the elements and where padding stands for one a packet lacks (RFC 8285 section
4.2). Which elements a receiver gets, and their ids, was negotiated: `Shape.extensions`. The
transport-wide number stands last, behind all padding: wherever the other elements end, it is the
last two bytes of a header, and a batch counts it by one addition (`batch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from media.forward.view import Sent, Shape
from media.wire.extension import ONE_BYTE_PROFILE, pack_abs_send_time

_HEAD = Struct("!HH")
HEAD_BYTES = _HEAD.size
_NUMBER = Struct("!BH")
_NUMBER_MASK = 0xFFFF


def extension_blocks(
    sent: Sequence[Sent], shape: Shape, now: float, transport: int = 0
) -> list[bytes]:
    """The header extension of every packet, all equally long; empty when there is none.

    Absolute send time is that of the flush; where only some packets carry an element, the others
    have padding bytes in its place. Transport-wide numbers go up from `transport` in this order.
    """
    ids = shape.extensions
    has_level = ids.level and any(each.packet.level for each in sent)
    has_orientation = ids.orientation and any(each.packet.orientation for each in sent)
    bytes_used = 4 * bool(ids.time) + 2 * bool(has_level) + 2 * bool(has_orientation)
    bytes_used += 3 * bool(ids.transport)
    if not bytes_used:
        return []
    words = -(-bytes_used // 4)
    head = _HEAD.pack(ONE_BYTE_PROFILE, words)
    if ids.time:
        head += bytes((ids.time << 4 | 2,)) + pack_abs_send_time(now)
    padding = bytes(4 * words - bytes_used)
    return [
        b"".join(
            (
                head,
                element(ids.level, each.packet.level) if has_level else b"",
                element(ids.orientation, each.packet.orientation) if has_orientation else b"",
                padding,
                _NUMBER.pack(ids.transport << 4 | 1, number & _NUMBER_MASK)
                if ids.transport
                else b"",
            )
        )
        for number, each in enumerate(sent, transport)
    ]


def element(identifier: int, value: bytes | None) -> bytes:
    """An element of one byte, or padding of the same length."""
    return bytes((identifier << 4,)) + value if value else b"\0\0"
