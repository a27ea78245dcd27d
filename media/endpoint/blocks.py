"""Blocks: the header extension bytes packets leave with, all of one batch equally long.

Decides the order of the elements and where padding stands for one a packet lacks (RFC 8285 section
4.2). Which elements a receiver gets, and their ids, was negotiated: `Shape.extensions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from media.forward.view import Sent, Shape
from media.wire.extension import ONE_BYTE_PROFILE, pack_abs_send_time

_HEAD = Struct("!HH")
HEAD_BYTES = _HEAD.size


def extension_blocks(sent: Sequence[Sent], shape: Shape, now: float) -> list[bytes]:
    """The header extension of every packet, all equally long; empty when there is none.

    Absolute send time is that of the flush; where only some packets carry an element, the others
    have padding bytes in its place.
    """
    time_id, level_id, orientation_id = shape.extensions
    has_level = level_id and any(each.packet.level for each in sent)
    has_orientation = orientation_id and any(each.packet.orientation for each in sent)
    bytes_used = (4 if time_id else 0) + 2 * bool(has_level) + 2 * bool(has_orientation)
    if not bytes_used:
        return []
    time = bytes((time_id << 4 | 2,)) + pack_abs_send_time(now) if time_id else b""
    words = -(-bytes_used // 4)
    head = _HEAD.pack(ONE_BYTE_PROFILE, words) + time
    tail = bytes(4 * words - bytes_used)
    if not has_level and not has_orientation:
        return [head + tail] * len(sent)
    return [
        head
        + (element(level_id, each.packet.level) if has_level else b"")
        + (element(orientation_id, each.packet.orientation) if has_orientation else b"")
        + tail
        for each in sent
    ]


def element(identifier: int, value: bytes | None) -> bytes:
    """An element of one byte, or padding of the same length."""
    return bytes((identifier << 4,)) + value if value else b"\0\0"
