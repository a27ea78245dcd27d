"""SR, RR, SDES, BYE and NTP time, byte by byte and against aiortc."""

from __future__ import annotations

import pytest
from aiortc import rtp as aiortc_rtp
from hypothesis import given
from hypothesis import strategies as st

from media.errors import LocalError
from media.wire import rtcp
from tests.support.packets import (
    receiver_reports,
    sender_reports,
    short_text,
    uint32,
    value_or_code,
)

BLOCK = rtcp.ReportBlock(0xAA, 64, -2, 0x10005, 9, 0x11223344, 0x8000)


def test_a_sender_report_byte_by_byte() -> None:
    raw = bytes.fromhex(
        "81c8000c 00000001 0000000280000000 00000003 00000004 00000005"
        "000000aa 40fffffe 00010005 00000009 11223344 00008000"
    )
    report = rtcp.SenderReport(1, rtcp.to_ntp(2.5), 3, 4, 5, (BLOCK,))
    assert report.pack() == raw
    assert rtcp.parse_compound(raw) == [report]


def test_profile_specific_words_are_ignored() -> None:
    raw = bytes.fromhex("80c90003 00000001 deadbeef deadbeef")
    assert rtcp.parse_compound(raw) == [rtcp.ReceiverReport(1)]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("80c80005 00000001 0000000280000000 00000003 00000004", "rtcp.sr"),
        ("81c90001 00000001", "rtcp.rr"),
        ("80c90000", "rtcp.rr"),
        ("81ca0000", "rtcp.sdes"),
        ("81ca0002 00000001 01034142", "rtcp.sdes"),  # text beyond the packet
        ("81ca0002 00000001 01024142", "rtcp.sdes"),  # nothing ends the items
        ("81ca0003 00000001 0102fffe 00000000", "rtcp.sdes"),  # not UTF-8
        ("82ca0002 00000001 00000000", "rtcp.sdes"),
        ("82cb0001 00000001", "rtcp.bye"),
        ("81cb0002 00000001 05414243", "rtcp.bye"),
        ("81cb0002 00000001 02fffe00", "rtcp.bye"),
    ],
)
def test_short_reports_are_malformed_by_name(raw: str, code: str) -> None:
    assert value_or_code(rtcp.parse_compound, bytes.fromhex(raw)) == (None, code)


def test_other_description_items_are_skipped() -> None:
    raw = bytes.fromhex("81ca0005 00000001 02044e616d65 0103617363 06016e 0000")
    assert rtcp.parse_compound(raw) == [rtcp.SourceDescription((rtcp.SourceChunk(1, "asc"),))]


@given(st.integers(0, 12))
def test_chunks_are_ended_and_aligned_whatever_the_name(length: int) -> None:
    chunks = (rtcp.SourceChunk(1, "c" * length), rtcp.SourceChunk(2, None))
    packed = rtcp.SourceDescription(chunks).pack()
    assert rtcp.parse_compound(packed) == [rtcp.SourceDescription(chunks)]


def test_a_goodbye_may_name_nobody() -> None:
    assert rtcp.parse_compound(bytes.fromhex("80cb0000")) == [rtcp.Bye(())]


def test_texts_beyond_a_byte_of_length_are_our_own_fault() -> None:
    with pytest.raises(LocalError):
        rtcp.Bye((1,), "x" * 256).pack()
    with pytest.raises(LocalError):
        rtcp.SourceDescription((rtcp.SourceChunk(1, "ä" * 128),)).pack()


def test_too_many_reports_are_our_own_fault() -> None:
    with pytest.raises(LocalError):
        rtcp.ReceiverReport(1, (BLOCK,) * 32).pack()


@pytest.mark.parametrize(("lost", "kept"), [(1 << 24, 0x7FFFFF), (-(1 << 24), -0x800000), (-1, -1)])
def test_losses_are_clamped_to_24_bits(lost: int, kept: int) -> None:
    block = rtcp.ReportBlock(1, 0, lost, 0, 0, 0, 0)
    (report,) = rtcp.parse_compound(rtcp.ReceiverReport(1, (block,)).pack())
    assert isinstance(report, rtcp.ReceiverReport)
    assert report.reports[0].packets_lost == kept


def theirs_of(block: rtcp.ReportBlock) -> aiortc_rtp.RtcpReceiverInfo:
    """The same block as aiortc holds it."""
    return aiortc_rtp.RtcpReceiverInfo(
        ssrc=block.ssrc,
        fraction_lost=block.fraction_lost,
        packets_lost=block.packets_lost,
        highest_sequence=block.highest_sequence,
        jitter=block.jitter,
        lsr=block.last_sr,
        dlsr=block.delay_since_last_sr,
    )


@given(sender_reports)
def test_aiortc_writes_the_same_sender_report(report: rtcp.SenderReport) -> None:
    theirs = aiortc_rtp.RtcpSrPacket(
        ssrc=report.ssrc,
        sender_info=aiortc_rtp.RtcpSenderInfo(
            ntp_timestamp=report.ntp,
            rtp_timestamp=report.rtp_timestamp,
            packet_count=report.packet_count,
            octet_count=report.octet_count,
        ),
        reports=[theirs_of(block) for block in report.reports],
    )
    assert bytes(theirs) == report.pack()


@given(receiver_reports)
def test_aiortc_writes_the_same_receiver_report(report: rtcp.ReceiverReport) -> None:
    theirs = aiortc_rtp.RtcpRrPacket(report.ssrc, [theirs_of(block) for block in report.reports])
    assert bytes(theirs) == report.pack()


@given(uint32, short_text.filter(bool))
def test_aiortc_reads_our_name(ssrc: int, name: str) -> None:
    # One chunk only: aiortc does not align the second one (RFC 3550 section 6.5 does).
    packed = rtcp.SourceDescription((rtcp.SourceChunk(ssrc, name),)).pack()
    (theirs,) = aiortc_rtp.RtcpPacket.parse(packed)
    assert [(chunk.ssrc, chunk.items) for chunk in theirs.chunks] == [(ssrc, [(1, name.encode())])]


@given(st.floats(0, 2**31))
def test_ntp_time_survives(seconds: float) -> None:
    assert rtcp.from_ntp(rtcp.to_ntp(seconds)) == pytest.approx(seconds, abs=1e-6)


def test_the_middle_of_ntp_time() -> None:
    assert rtcp.middle_32(0x1122334455667788) == 0x33445566
