"""Records: what stands in the chunks of a track's journal, one after the other.

    packet  1, stream u8, flags u8, length u16, arrival u32, level u8, orientation u8, number u32,
            timestamp u32, so many bytes of RTP payload
    report  2, stream u8, arrival u32, NTP time u64, timestamp u32
    stream  3, stream u8, arrival u32, SSRC u32, spatial layer u8
    hole    4, arrival u32, why u8

Times are in 0.1 ms since the recording's beginning, numbers big-endian. A chunk holds whole
records. Sans-IO.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Literal, NamedTuple

from media.errors import Malformed

TICKS = 10_000
"""Of `arrival`, in a second."""

MARKER = 1
STARTS_PICTURE = 2
KEY_FRAME = 4
NONE = 255
"""A level or orientation that the packet does not have."""

Why = Literal["behind", "storage", "paused"]
"""Packets are missing as the disk did not keep up, as it failed, or as the track was paused."""

PACKET = Struct("!BBBHIBBII")
REPORT = Struct("!BBIQI")
STREAM = Struct("!BBIIB")
HOLE = Struct("!BIB")
PACKET_KIND, REPORT_KIND, STREAM_KIND, HOLE_KIND = 1, 2, 3, 4

_FORMS = {PACKET_KIND: PACKET, REPORT_KIND: REPORT, STREAM_KIND: STREAM, HOLE_KIND: HOLE}
_WHYS: tuple[Why, ...] = ("behind", "storage", "paused")
_32_BITS = 0xFFFFFFFF


class PacketRecord(NamedTuple):
    """One RTP packet, each at most once; those of a stream come nearly in order."""

    stream: int
    arrival: int
    number: int
    """The extended sequence number (roll-over count << 16 | number), its lower 32 bits."""
    timestamp: int
    flags: int
    level: int
    """RFC 6464: bit 7 is "voice", the rest -dBov."""
    orientation: int
    """The element of 3GPP TS 26.114 section 7.4.5."""
    payload: memoryview


class ReportRecord(NamedTuple):
    """The publisher's SR, which ties timestamps of a stream to its clock."""

    stream: int
    arrival: int
    ntp: int
    timestamp: int


class StreamRecord(NamedTuple):
    """What follows with this number is of that SSRC; told anew in each file and at each switch."""

    stream: int
    arrival: int
    ssrc: int
    spatial: int


class HoleRecord(NamedTuple):
    """From here on packets are missing that did arrive, or would have."""

    arrival: int
    why: Why


Record = PacketRecord | ReportRecord | StreamRecord | HoleRecord


def ticks(seconds: float) -> int:
    """Seconds since the beginning as an `arrival`; what was before it counts as the beginning."""
    return min(max(int(seconds * TICKS), 0), _32_BITS)


def pack_report(record: ReportRecord) -> bytes:
    return REPORT.pack(REPORT_KIND, *record)


def pack_stream(record: StreamRecord) -> bytes:
    return STREAM.pack(STREAM_KIND, *record)


def pack_hole(record: HoleRecord) -> bytes:
    return HOLE.pack(HOLE_KIND, record.arrival, _WHYS.index(record.why))


def read_records(plain: bytes | memoryview) -> Iterator[Record]:
    """What stands in a chunk. Payloads point into it. Malformed `journal.record`."""
    for record, _, _ in _walk(memoryview(plain)):
        yield record


def cut_after(plain: bytes | memoryview, arrival: int) -> bytes:
    """The chunk without the records that came at `arrival` or later. Malformed as above."""
    view = memoryview(plain)
    kept = (view[start:end] for record, start, end in _walk(view) if record.arrival < arrival)
    return b"".join(kept)


def _walk(view: memoryview) -> Iterator[tuple[Record, int, int]]:
    at = 0
    while at < len(view):
        form = _FORMS.get(view[at])
        if form is None or len(view) - at < form.size:
            raise Malformed("journal.record", f"at {at}")
        start, at = at, at + form.size
        kind, *values = form.unpack_from(view, start)
        if kind == PACKET_KIND:
            stream, flags, length, arrival, level, orientation, number, timestamp = values
            payload = view[at : at + length]
            if len(payload) < length:
                raise Malformed("journal.record", f"at {start}")
            at += length
            record: Record = PacketRecord(
                stream, arrival, number, timestamp, flags, level, orientation, payload
            )
        elif kind == REPORT_KIND:
            record = ReportRecord(*values)
        elif kind == STREAM_KIND:
            record = StreamRecord(*values)
        else:
            record = _hole(*values)
        yield record, start, at


def _hole(arrival: int, why: int) -> HoleRecord:
    if why >= len(_WHYS):
        raise Malformed("journal.record", f"hole {why}")
    return HoleRecord(arrival, _WHYS[why])
