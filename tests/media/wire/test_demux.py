from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.wire.demux import PacketKind, classify


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (0, 1, PacketKind.STUN),
        (3, 0, PacketKind.STUN),
        (4, 0, PacketKind.UNKNOWN),
        (16, 0, PacketKind.UNKNOWN),  # ZRTP
        (20, 254, PacketKind.DTLS),
        (63, 254, PacketKind.DTLS),
        (64, 0, PacketKind.UNKNOWN),  # TURN channel
        (127, 0, PacketKind.UNKNOWN),
        (128, 96, PacketKind.RTP),
        (191, 191, PacketKind.RTP),
        (128, 192, PacketKind.RTCP),
        (144, 200, PacketKind.RTCP),
        (129, 223, PacketKind.RTCP),
        (128, 224, PacketKind.RTP),
        (192, 200, PacketKind.UNKNOWN),
    ],
)
def test_the_first_bytes_tell_the_protocol(first: int, second: int, kind: PacketKind) -> None:
    datagram = bytes((first, second, 0, 0))
    assert classify(datagram) is kind
    assert classify(memoryview(datagram)) is kind


def test_a_datagram_too_short_to_tell_is_unknown() -> None:
    assert classify(b"") is PacketKind.UNKNOWN
    assert classify(b"\x80") is PacketKind.UNKNOWN


@given(st.binary(max_size=64))
def test_any_bytes_have_a_kind(datagram: bytes) -> None:
    assert classify(datagram) in PacketKind
