"""RTP headers: layout, bounds, round trips, padding; aiortc reads what we write."""

from __future__ import annotations

import pytest
from aiortc.rtp import RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError, Malformed
from media.wire.rtp import RtpHeader, pack_header, parse_header, strip_padding
from tests.support.packets import uint16, uint32, value_or_code

PLAIN = bytes.fromhex("80 e5 0102 00000003 deadbeef") + b"payload"


def test_reads_a_plain_header_and_leaves_the_payload() -> None:
    header = parse_header(PLAIN)
    assert header == RtpHeader(True, 101, 0x0102, 3, 0xDEADBEEF, None, b"", 12, False)
    assert PLAIN[header.header_length :] == b"payload"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_reads_any_buffer(kind: type) -> None:
    packet = bytes.fromhex("90 64 0001 00000002 00000003 bede 0001 10610000") + b"x"
    header = parse_header(kind(packet))
    assert (header.extension_profile, header.extension) == (0xBEDE, b"\x10a\0\0")
    assert type(header.extension) is bytes
    assert header.header_length == len(packet) - 1


def test_steps_over_contributing_sources() -> None:
    packet = bytes.fromhex("b2 64 0001 00000002 00000003 00000007 00000008 1000 0000") + b"\x01"
    header = parse_header(packet)
    assert header.header_length == 24
    assert (header.extension_profile, header.extension, header.padding) == (0x1000, b"", True)


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        (b"", "rtp.truncated"),
        (PLAIN[:11], "rtp.truncated"),
        (b"\x00" + PLAIN[1:], "rtp.version"),
        (b"\xc0" + PLAIN[1:], "rtp.version"),
        (b"\x8f" + PLAIN[1:], "rtp.truncated"),  # fifteen sources, none there
        (b"\x90" + PLAIN[1:12] + b"\xbe\xde", "rtp.truncated"),
        (b"\x90" + PLAIN[1:12] + b"\xbe\xde\0\x02\0\0\0\0", "rtp.truncated"),
    ],
)
def test_names_what_is_wrong(packet: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_header(packet)
    assert caught.value.code == code


@given(st.binary(max_size=64))
def test_any_bytes_give_a_header_inside_the_packet_or_malformed(packet: bytes) -> None:
    header, code = value_or_code(parse_header, packet)
    if header is None:
        assert code in {"rtp.truncated", "rtp.version"}
    else:
        assert 12 <= header.header_length <= len(packet)


@given(
    st.integers(0, 127),
    uint16,
    uint32,
    uint32,
    st.booleans(),
    st.none() | st.tuples(uint16, st.integers(0, 10).map(lambda words: b"abcd" * words)),
    st.booleans(),
)
def test_what_is_written_is_read(
    payload_type: int,
    sequence: int,
    timestamp: int,
    ssrc: int,
    marker: bool,
    extension: tuple[int, bytes] | None,
    padding: bool,
) -> None:
    packed = pack_header(
        payload_type=payload_type,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        marker=marker,
        extension=extension,
        padding=padding,
    )
    profile, block = extension or (None, b"")
    assert parse_header(packed) == RtpHeader(
        marker, payload_type, sequence, timestamp, ssrc, profile, block, len(packed), padding
    )


def test_aiortc_reads_what_we_write() -> None:
    packed = pack_header(payload_type=100, sequence=9, timestamp=8, ssrc=7, marker=True)
    theirs = RtpPacket.parse(packed + b"abc")
    assert (theirs.payload_type, theirs.sequence_number, theirs.timestamp) == (100, 9, 8)
    assert (theirs.ssrc, theirs.marker, theirs.payload) == (7, 1, b"abc")


def test_a_block_of_half_a_word_is_our_own_fault() -> None:
    with pytest.raises(LocalError):
        pack_header(payload_type=1, sequence=1, timestamp=1, ssrc=1, extension=(0xBEDE, b"abc"))


@pytest.mark.parametrize(
    ("padded", "plain"), [(b"ab\0\0\3", b"ab"), (b"a\1", b"a"), (b"\0\0\3", b"")]
)
def test_strips_padding(padded: bytes, plain: bytes) -> None:
    assert strip_padding(padded) == plain


@pytest.mark.parametrize("padded", [b"", b"ab\0", b"ab\4", b"\xff"])
def test_padding_beyond_the_payload_is_malformed(padded: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        strip_padding(padded)
    assert caught.value.code == "rtp.padding"
