"""The frame all RTCP packets share (RFC 3550 section 6.4.1) and the packet we do not know.

Decides packet types, lengths and padding; what a body says is for `rtcp_report`, `rtcp_feedback`
and `rtcp_transport`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from media.errors import LocalError, Malformed

SENDER_REPORT = 200
RECEIVER_REPORT = 201
SOURCE_DESCRIPTION = 202
BYE = 203
TRANSPORT_FEEDBACK = 205  # RTPFB, RFC 4585 section 6.1
PAYLOAD_FEEDBACK = 206  # PSFB

HEADER_BYTES = 4
_HEADER = Struct("!BBH")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A packet as cut out of a compound; stays one when nobody reads its type (APP, XR, ...).

    `count` is the 5-bit field behind the version: reports, sources, or the feedback format.
    """

    packet_type: int
    count: int
    body: bytes

    def pack(self) -> bytes:
        """The packet's bytes."""
        return pack_frame(self.packet_type, self.count, self.body)


def pack_frame(packet_type: int, count: int, body: bytes) -> bytes:
    """Header and body. LocalError when the body does not fill whole words or `count` is above 31"""
    if len(body) % 4 or count > 31:
        raise LocalError(f"RTCP body of {len(body)} bytes, count {count}")
    return _HEADER.pack(0x80 | count, packet_type, len(body) // 4) + body


def split(compound: bytes) -> Iterator[Unknown]:
    """Cuts a compound into packets, padding removed.

    Reduced-size compounds (RFC 5506) are allowed, so any type may come first.
    Malformed: `rtcp.truncated`, `rtcp.version`, `rtcp.padding`.
    """
    position, size = 0, len(compound)
    if not size:
        raise Malformed("rtcp.truncated", "empty")
    while position < size:
        if size - position < HEADER_BYTES:
            raise Malformed("rtcp.truncated", "header")
        first, packet_type, words = _HEADER.unpack_from(compound, position)
        if first >> 6 != 2:
            raise Malformed("rtcp.version", f"version {first >> 6}")
        start = position + HEADER_BYTES
        position = start + 4 * words
        if position > size:
            raise Malformed("rtcp.truncated", f"type {packet_type}")
        body = compound[start:position]
        if first & 0x20:
            unit = 1 if packet_type == TRANSPORT_FEEDBACK else 4
            body = _without_padding(body, unit, last=position == size)
        yield Unknown(packet_type, first & 0x1F, body)


def _without_padding(body: bytes, unit: int, *, last: bool) -> bytes:
    """Only the last packet may be padded, by a multiple of four bytes (RFC 3550 section 6.4.1).

    `unit` is 1 for what Chromium fills up to whole words itself and says so (libwebrtc's
    TransportFeedback: the last byte counts one to three).
    """
    count = body[-1] if body else 0
    if not last or not count or count % unit or count > len(body):
        raise Malformed("rtcp.padding", f"{count} of {len(body)} bytes")
    return body[: len(body) - count]
