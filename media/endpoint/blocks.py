"""Blocks: the header extension bytes packets leave with, all of one batch equally long.

Decides the order of the elements, and fills up with padding behind them what a packet lacks that
others of its batch have (RFC 8285 section 4.2). Which elements a receiver gets, and their ids, was
negotiated: `Shape.extensions`. The transport-wide number stands last, behind all padding: wherever
the other elements end, it is the last two bytes of a header, and a batch counts it by one addition
(`batch`).

A dependency descriptor of more than 16 bytes, as the first packet of a key frame has, does not fit
the one-byte form; its whole batch is then in the two-byte form. Whoever negotiates descriptors
takes both (`a=extmap-allow-mixed`, RFC 8285 section 6; mediasoup-client always says so).
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct

from media.forward.view import ExtensionIds, Sent, Shape
from media.wire.extension import (
    ONE_BYTE_PROFILE,
    SHORT_ELEMENT_BYTES,
    TWO_BYTE_PROFILE,
    pack_abs_send_time,
)

_HEAD = Struct("!HH")
_NUMBER_BYTES = 2
_NUMBER_MASK = 0xFFFF
_SEND_TIME_BYTES = 3


def extension_blocks(
    sent: Sequence[Sent], shape: Shape, now: float, transport: int = 0
) -> list[bytes]:
    """The header extension of every packet, all equally long; empty when there is none.

    Absolute send time is that of the flush. Transport-wide numbers go up from `transport` in this
    order.
    """
    ids = shape.extensions
    is_long = bool(ids.descriptor) and any(map(_is_described_at_length, sent))
    time = number = b""
    if ids.time:
        time = _lead(ids.time, _SEND_TIME_BYTES, is_long) + pack_abs_send_time(now)
    if ids.transport:
        number = _lead(ids.transport, _NUMBER_BYTES, is_long)
    bodies = [time + _own_elements(each, ids, is_long) for each in sent]
    behind = len(number) + _NUMBER_BYTES if number else 0
    words = -(-(max(map(len, bodies)) + behind) // 4)
    if not words:
        return []
    head = _HEAD.pack(TWO_BYTE_PROFILE if is_long else ONE_BYTE_PROFILE, words)
    width = 4 * words - behind
    if not number:
        return [head + body.ljust(width, b"\0") for body in bodies]
    return [
        head
        + body.ljust(width, b"\0")
        + number
        + (at & _NUMBER_MASK).to_bytes(_NUMBER_BYTES, "big")
        for at, body in enumerate(bodies, transport)
    ]


def extension_of(sent: Sent, shape: Shape, now: float, transport: int) -> tuple[int, bytes] | None:
    """The same of one packet by itself, as (profile, elements)."""
    for block in extension_blocks((sent,), shape, now, transport):
        return _HEAD.unpack_from(block)[0], block[_HEAD.size :]
    return None


def _own_elements(sent: Sent, ids: ExtensionIds, is_long: bool) -> bytes:
    """What differs from packet to packet; a packet that only closes a gap is of no frame."""
    packet, elements = sent.packet, b""
    if ids.level and packet.level:
        elements += _lead(ids.level, len(packet.level), is_long) + packet.level
    if ids.orientation and packet.orientation:
        elements += _lead(ids.orientation, len(packet.orientation), is_long) + packet.orientation
    if ids.descriptor and packet.descriptor and sent.payload:
        elements += _lead(ids.descriptor, len(packet.descriptor), is_long) + packet.descriptor
    return elements


def _is_described_at_length(sent: Sent) -> bool:
    descriptor = sent.packet.descriptor
    return bool(descriptor and sent.payload) and len(descriptor or b"") > SHORT_ELEMENT_BYTES


def _lead(identifier: int, size: int, is_long: bool) -> bytes:
    """What stands in front of an element of `size` bytes."""
    return bytes((identifier, size)) if is_long else bytes((identifier << 4 | size - 1,))
