"""Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01).

One packet tells, for a run of transport-wide numbers, which packets arrived and how long after
each other. Behind the head come status chunks (two bits a packet in the end: not received, small
delta, large delta), then the deltas in the same order.
Decides the layout only; what delay trend follows is the estimator's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from struct import Struct

from media.errors import LocalError, Malformed
from media.wire.rtcp_feedback import parse_ssrcs
from media.wire.rtcp_packet import TRANSPORT_FEEDBACK, pack_frame

TRANSPORT_FORMAT = 15  # of RTPFB
# A few bytes can claim 65,535 packets; browsers send one each 50 to 250 ms, and 250 ms of
# 8 Mbit/s are 250 packets.
MAX_PACKETS = 512

_LOST, _SMALL, _LARGE = 0, 1, 2
_MAX_RUN = 0x1FFF  # run length has 13 bits
_ONE_BIT_SYMBOLS, _TWO_BIT_SYMBOLS = 14, 7

_HEAD = Struct("!IIHHI")  # sender, media, base, count, reference time (24) and feedback count (8)
_CHUNK = Struct("!H")
_LARGE_DELTA = Struct("!h")


@dataclass(frozen=True, slots=True)
class TransportFeedback:
    """`deltas[i]` tells of number `base_sequence + i`: None lost, else 250 us units since the
    arrival before it (the first since `reference_time`, in 64 ms units, signed 24 bits).
    """

    sender_ssrc: int
    media_ssrc: int
    base_sequence: int
    reference_time: int
    feedback_count: int
    deltas: tuple[int | None, ...]

    def pack(self) -> bytes:
        """The packet's bytes. LocalError for a delta beyond 16 signed bits or too many packets."""
        symbols = [_symbol(delta) for delta in self.deltas]
        if not 0 < len(symbols) <= MAX_PACKETS:
            raise LocalError(f"feedback about {len(symbols)} packets")
        time = (self.reference_time & 0xFFFFFF) << 8 | self.feedback_count
        body = _HEAD.pack(self.sender_ssrc, self.media_ssrc, self.base_sequence, len(symbols), time)
        body += b"".join(map(_CHUNK.pack, _chunks(symbols)))
        body += b"".join(map(_pack_delta, self.deltas))
        return pack_frame(TRANSPORT_FEEDBACK, TRANSPORT_FORMAT, body + bytes(-len(body) % 4))


def _symbol(delta: int | None) -> int:
    if delta is None:
        return _LOST
    if not -0x8000 <= delta <= 0x7FFF:
        raise LocalError(f"delta of {delta} ticks")
    return _SMALL if 0 <= delta <= 0xFF else _LARGE


def _pack_delta(delta: int | None) -> bytes:
    if delta is None:
        return b""
    return bytes((delta,)) if 0 <= delta <= 0xFF else _LARGE_DELTA.pack(delta)


def _chunks(symbols: list[int]) -> Iterator[int]:
    """Status chunks: a run where one is long, else a vector of one or two bits a packet."""
    position = 0
    while position < len(symbols):
        first = symbols[position]
        run = sum(1 for _ in takewhile(first.__eq__, symbols[position : position + _MAX_RUN]))
        ahead = symbols[position : position + _ONE_BIT_SYMBOLS]
        if run > _TWO_BIT_SYMBOLS or run == len(symbols) - position:
            yield first << 13 | run
            position += run
        elif _LARGE not in ahead:
            yield 0x8000 | _vector(ahead, _ONE_BIT_SYMBOLS, 1)
            position += _ONE_BIT_SYMBOLS
        else:
            yield 0xC000 | _vector(ahead[:_TWO_BIT_SYMBOLS], _TWO_BIT_SYMBOLS, 2)
            position += _TWO_BIT_SYMBOLS


def _vector(symbols: list[int], places: int, bits: int) -> int:
    """Symbols from the highest bits down; places left over say not received."""
    value = 0
    for symbol in symbols:
        value = value << bits | symbol
    return value << bits * (places - len(symbols))


def parse_transport_feedback(body: bytes) -> TransportFeedback:
    """Malformed `rtcp.transport_feedback`: cut short, reserved status, or too many packets."""
    parse_ssrcs(body, "rtcp.transport_feedback")
    if len(body) < _HEAD.size:
        raise _malformed(f"{len(body)} bytes")
    sender, media, base, count, time = _HEAD.unpack_from(body)
    if count > MAX_PACKETS:
        raise _malformed(f"{count} packets")
    symbols, position = _parse_symbols(body, count)
    deltas = tuple(_parse_deltas(body, position, symbols))
    reference = time >> 8
    if reference & 0x800000:
        reference -= 0x1000000
    return TransportFeedback(sender, media, base, reference, time & 0xFF, deltas)


def _parse_symbols(body: bytes, count: int) -> tuple[list[int], int]:
    """(a symbol for each packet, where the deltas begin)."""
    symbols: list[int] = []
    position = _HEAD.size
    while len(symbols) < count:
        if position + _CHUNK.size > len(body):
            raise _malformed("status chunks")
        (chunk,) = _CHUNK.unpack_from(body, position)
        position += _CHUNK.size
        if not chunk & 0x8000:
            symbols += [chunk >> 13] * (chunk & _MAX_RUN)
        elif not chunk & 0x4000:
            symbols += [chunk >> bit & 1 for bit in range(13, -1, -1)]
        else:
            symbols += [chunk >> bit & 3 for bit in range(12, -1, -2)]
    return symbols[:count], position


def _parse_deltas(body: bytes, position: int, symbols: list[int]) -> Iterator[int | None]:
    for symbol in symbols:
        if symbol == _LOST:
            yield None
            continue
        if symbol > _LARGE:
            raise _malformed("reserved status")
        if position + symbol > len(body):  # a symbol is its delta's size in bytes
            raise _malformed("deltas")
        yield body[position] if symbol == _SMALL else _LARGE_DELTA.unpack_from(body, position)[0]
        position += symbol


def _malformed(detail: str) -> Malformed:
    return Malformed("rtcp.transport_feedback", detail)
