"""NACK, PLI, FIR and REMB, byte by byte and against aiortc."""

from __future__ import annotations

import pytest
from aiortc import rtp as aiortc_rtp
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError
from media.wire import rtcp
from tests.support.packets import lost_numbers, nacks, uint16, uint32, value_or_code


def test_a_nack_byte_by_byte() -> None:
    raw = bytes.fromhex("81cd0004 00000001 00000002 ffff 8003 0064 0000")
    nack = rtcp.GenericNack(1, 2, (65535, 0, 1, 15, 100))
    assert rtcp.parse_compound(raw) == [nack]
    assert nack.pack() == raw


@given(st.integers(0, 65535))
def test_seventeen_numbers_fit_one_item(first: int) -> None:
    lost = tuple((first + i) & 0xFFFF for i in range(17))
    assert len(rtcp.GenericNack(1, 2, lost).pack()) == 16
    assert len(rtcp.GenericNack(1, 2, (*lost, (first + 17) & 0xFFFF)).pack()) == 20


@given(st.lists(uint16, max_size=60))
def test_no_number_is_forgotten_in_any_order(lost: list[int]) -> None:
    (found,) = rtcp.parse_compound(rtcp.GenericNack(1, 2, tuple(lost)).pack())
    assert isinstance(found, rtcp.GenericNack)
    assert set(found.lost) == set(lost)


@given(st.integers(0, 0xFFFF), st.sampled_from((0, 1, 0x5555, 0xFFFF)))
def test_a_long_nack_is_not_read_to_its_end(first: int, bitmap: int) -> None:
    item = first.to_bytes(2, "big") + bitmap.to_bytes(2, "big")
    raw = b"\x81\xcd" + (2 + 500).to_bytes(2, "big") + bytes(8) + item * 500
    (found,) = rtcp.parse_compound(raw)
    assert isinstance(found, rtcp.GenericNack)
    assert rtcp.MAX_NACK_NUMBERS < len(found.lost) <= rtcp.MAX_NACK_NUMBERS + 17


@given(nacks)
def test_aiortc_reads_our_nack(nack: rtcp.GenericNack) -> None:
    (theirs,) = aiortc_rtp.RtcpPacket.parse(nack.pack())
    assert (theirs.ssrc, theirs.media_ssrc) == (nack.sender_ssrc, nack.media_ssrc)
    assert [number & 0xFFFF for number in theirs.lost] == list(nack.lost)


@given(lost_numbers().filter(lambda lost: list(lost) == sorted(lost)))  # aiortc cannot wrap
def test_we_read_aiortcs_nack(lost: tuple[int, ...]) -> None:
    theirs = aiortc_rtp.RtcpRtpfbPacket(
        fmt=aiortc_rtp.RTCP_RTPFB_NACK, ssrc=1, media_ssrc=2, lost=list(lost)
    )
    assert rtcp.parse_compound(bytes(theirs)) == [rtcp.GenericNack(1, 2, lost)]


def test_a_full_intra_request_byte_by_byte() -> None:
    raw = bytes.fromhex("84ce0006 00000001 00000000 00000005 07000000 00000006 08000000")
    request = rtcp.FullIntraRequest(1, ((5, 7), (6, 8)))
    assert request.pack() == raw
    assert rtcp.parse_compound(raw) == [request]


@given(uint32, st.lists(uint32, max_size=20))
def test_we_and_aiortc_agree_on_remb(bitrate: int, ssrcs: list[int]) -> None:
    theirs = aiortc_rtp.RtcpPsfbPacket(
        fmt=aiortc_rtp.RTCP_PSFB_APP,
        ssrc=1,
        media_ssrc=0,
        fci=aiortc_rtp.pack_remb_fci(bitrate, ssrcs),
    )
    ours = rtcp.ReceiverEstimatedBitrate(1, bitrate, tuple(ssrcs))
    assert ours.pack() == bytes(theirs)
    (found,) = rtcp.parse_compound(bytes(theirs))
    assert isinstance(found, rtcp.ReceiverEstimatedBitrate)
    assert found.ssrcs == ours.ssrcs
    # 18 significant bits, rounded down
    assert 0 <= bitrate - found.bitrate_bps <= bitrate / (1 << 17)


def test_a_bitrate_beyond_the_format_becomes_its_largest() -> None:
    packed = rtcp.ReceiverEstimatedBitrate(1, 1 << 90, ()).pack()
    (found,) = rtcp.parse_compound(packed)
    assert isinstance(found, rtcp.ReceiverEstimatedBitrate)
    assert found.bitrate_bps == ((1 << 18) - 1) << 63


def test_too_many_sources_are_our_own_fault() -> None:
    with pytest.raises(LocalError):
        rtcp.ReceiverEstimatedBitrate(1, 1, tuple(range(256))).pack()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("81cd0001 00000001", "rtcp.nack"),
        ("81ce0001 00000001", "rtcp.pli"),
        ("84ce0001 00000001", "rtcp.fir"),
        ("84ce0003 00000001 00000000 00000005", "rtcp.fir"),
        ("8fce0001 00000001", "rtcp.remb"),
        ("8fce0003 00000001 00000000 52454d42", "rtcp.remb"),
        ("8fce0004 00000001 00000000 52454d42 01000001", "rtcp.remb"),
    ],
)
def test_short_feedback_is_malformed_by_name(raw: str, code: str) -> None:
    assert value_or_code(rtcp.parse_compound, bytes.fromhex(raw)) == (None, code)
