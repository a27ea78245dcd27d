"""Records of a journal: each comes back as it was, and any bytes are records or refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import Malformed
from media.journal.records import (
    PACKET,
    PACKET_KIND,
    HoleRecord,
    PacketRecord,
    Record,
    ReportRecord,
    StreamRecord,
    cut_after,
    pack_hole,
    pack_report,
    pack_stream,
    read_records,
    ticks,
)

U8 = st.integers(0, 255)
U32 = st.integers(0, 0xFFFFFFFF)
PACKETS = st.builds(
    PacketRecord, U8, U32, U32, U32, U8, U8, U8, st.binary(max_size=40).map(memoryview)
)
REPORTS = st.builds(ReportRecord, U8, U32, st.integers(0, 2**64 - 1), U32)
STREAMS = st.builds(StreamRecord, U8, U32, U32, U8)
HOLES = st.builds(HoleRecord, U32, st.sampled_from(["behind", "storage", "paused"]))
RECORDS = st.lists(PACKETS | REPORTS | STREAMS | HOLES, max_size=8)


def packed(record: Record) -> bytes:
    match record:
        case PacketRecord():
            stream, arrival, number, timestamp, flags, level, orientation, payload = record
            return (
                PACKET.pack(
                    PACKET_KIND,
                    stream,
                    flags,
                    len(payload),
                    arrival,
                    level,
                    orientation,
                    number,
                    timestamp,
                )
                + payload
            )
        case ReportRecord():
            return pack_report(record)
        case StreamRecord():
            return pack_stream(record)
        case HoleRecord():
            return pack_hole(record)


@settings(max_examples=100, deadline=None)
@given(RECORDS, U32)
def test_records_come_back_as_they_were(records: list[Record], arrival: int) -> None:
    plain = b"".join(map(packed, records))
    assert list(read_records(plain)) == records
    kept = [record for record in records if record.arrival < arrival]
    assert list(read_records(cut_after(plain, arrival))) == kept


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100))
def test_any_bytes_are_records_or_refused(garbage: bytes) -> None:
    try:
        records = list(read_records(garbage))
    except Malformed:
        return
    assert b"".join(map(packed, records)) == garbage


@pytest.mark.parametrize(
    "plain",
    [
        b"\x00",
        b"\x05",
        pack_hole(HoleRecord(1, "paused"))[:-1],
        pack_hole(HoleRecord(1, "paused"))[:-1] + b"\x03",
        PACKET.pack(PACKET_KIND, 0, 0, 5, 0, 0, 0, 0, 0) + b"four",
    ],
)
def test_what_is_no_record_is_refused(plain: bytes) -> None:
    with pytest.raises(Malformed) as raised:
        list(read_records(plain))
    assert raised.value.code == "journal.record"


def test_times_are_tenths_of_milliseconds_from_the_beginning_on() -> None:
    assert ticks(-1.0) == 0
    assert ticks(1.00005) == 10_000
    assert ticks(1e9) == 0xFFFFFFFF
