from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from media.wire.record import ContentType, content_types, datagrams


def make_record(kind: int, size: int, *, major: int = 0xFE) -> bytes:
    return bytes((kind, major, 0xFD)) + bytes(8) + size.to_bytes(2) + bytes(size)


def test_kinds_are_told_in_order() -> None:
    flight = make_record(22, 5) + make_record(20, 1) + make_record(22, 40)
    assert content_types(flight) == [
        ContentType.HANDSHAKE,
        ContentType.CHANGE_CIPHER_SPEC,
        ContentType.HANDSHAKE,
    ]


def test_what_is_not_whole_records_has_no_kinds() -> None:
    whole = make_record(22, 5)
    assert content_types(b"") == []
    assert content_types(whole[:-1]) == []
    assert content_types(whole + b"\x16") == []
    assert content_types(make_record(24, 5)) == []
    assert content_types(make_record(22, 5, major=3)) == []


def test_records_are_grouped_up_to_the_limit_and_never_cut() -> None:
    records = [make_record(22, size) for size in (487, 187, 487, 1300, 10)]
    cut = datagrams(b"".join(records), 1200)
    assert cut == [records[0] + records[1] + records[2], records[3], records[4]]
    assert len(cut[0]) == 1200
    assert datagrams(b"", 1200) == []


@given(st.lists(st.integers(0, 600), max_size=12), st.integers(700, 1400))
def test_grouping_loses_nothing(sizes: list[int], limit: int) -> None:
    records = b"".join(make_record(22, size) for size in sizes)
    cut = datagrams(records, limit)
    assert b"".join(cut) == records
    assert all(0 < len(part) <= limit for part in cut)


@given(st.binary(max_size=200))
def test_any_bytes_are_told_without_error(datagram: bytes) -> None:
    assert len(content_types(datagram)) <= len(datagram) // 13
