"""Datagrams on a byte stream: two bytes of length before each (RFC 4571 section 2). Sans-IO.

ICE-TCP carries STUN, DTLS, RTP and RTCP this way (RFC 6544 section 3). A stream that broke a rule
here is out of step for good, so its connection has to go.
"""

from __future__ import annotations

import struct

from media.endpoint.outlet import Buffer
from media.errors import Malformed

LENGTH = struct.Struct("!H")
PREFIX_BYTES = LENGTH.size

MAX_FRAME_BYTES = 2048
"""As long as a datagram may be; browsers keep below the path MTU on TCP too."""

MEAN_FRAME_BYTES = 32
"""The least a hundred frames and more may have on average, prefix included. The sound of a silent
room has 40 in each: what comes in crumbs is meant to cost us time."""

_CRUMBS_FROM = 100


def cut(stream: memoryview) -> tuple[list[memoryview], int]:
    """The whole frames `stream` begins with, and how many bytes they take.

    Empty frames only keep a connection open and are left out. Malformed("tcp.frame_length" |
    "tcp.crumbs") for what no browser sends.
    """
    frames: list[memoryview] = []
    end, start, count = len(stream), 0, 0
    while end - start >= PREFIX_BYTES:
        (length,) = LENGTH.unpack_from(stream, start)
        if length > MAX_FRAME_BYTES:
            raise Malformed("tcp.frame_length", f"{length} bytes")
        if end - start < PREFIX_BYTES + length:
            break
        start += PREFIX_BYTES + length
        count += 1
        if length:
            frames.append(stream[start - length : start])
    if count >= _CRUMBS_FROM and start < count * MEAN_FRAME_BYTES:
        raise Malformed("tcp.crumbs", f"{count} frames in {start} bytes")
    return frames, start


def framed(datagrams: Buffer, segment_bytes: int) -> list[Buffer]:
    """Length and datagram in turns, of datagrams that lie one after the other in one buffer.

    All have `segment_bytes` but the last, which may be shorter. Nothing is copied.
    """
    whole, last = divmod(len(datagrams), segment_bytes)
    prefix, view = LENGTH.pack(segment_bytes), memoryview(datagrams)
    pieces: list[Buffer] = []
    for start in range(0, whole * segment_bytes, segment_bytes):
        pieces += (prefix, view[start : start + segment_bytes])
    if last:
        pieces += (LENGTH.pack(last), view[-last:])
    return pieces
