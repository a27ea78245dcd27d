"""RTCP compounds: framing, unknown types, arbitrary bytes, and a queue of packets and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from media.errors import LocalError, Malformed
from media.wire import rtcp
from media.wire.rtcp_packet import pack_frame
from tests.support.packets import rtcp_packets, value_or_code

PLI = bytes.fromhex("81ce0002 00000001 00000002")
RR = bytes.fromhex("80c90001 00000001")


@given(st.lists(rtcp_packets, min_size=1, max_size=6))
def test_what_is_written_is_read(packets: list[rtcp.RtcpPacket]) -> None:
    compound = rtcp.pack_compound(packets)
    assert len(compound) % 4 == 0
    assert rtcp.parse_compound(compound) == packets


def test_reads_a_compound_in_order() -> None:
    assert rtcp.parse_compound(RR + PLI) == [
        rtcp.ReceiverReport(1),
        rtcp.PictureLossIndication(1, 2),
    ]


def test_feedback_may_come_alone() -> None:
    assert rtcp.parse_compound(PLI) == [rtcp.PictureLossIndication(1, 2)]


@pytest.mark.parametrize(
    "packet",
    [
        "80cf0003 00000001 04000001 00000002",  # extended report (RFC 3611)
        "82cc0002 00000001 6e616d65",  # APP
        "8bcd0002 00000001 00000002",  # RFC 8888 feedback
        "82ce0003 00000001 00000002 00010002",  # slice loss indication
        "8fce0003 00000001 00000000 41424344",  # somebody's application feedback
    ],
)
def test_unread_types_stay_as_they_came(packet: str) -> None:
    raw = bytes.fromhex(packet)
    assert rtcp.parse_compound(raw) == [rtcp.Unknown(raw[1], raw[0] & 31, raw[4:])]
    assert rtcp.pack_compound(rtcp.parse_compound(raw)) == raw


def test_padding_of_the_last_packet_goes() -> None:
    padded = bytes.fromhex("a1ce0004 00000001 00000002 00000000 00000008")
    assert rtcp.parse_compound(RR + padded)[1] == rtcp.PictureLossIndication(1, 2)


@pytest.mark.parametrize(
    ("compound", "code"),
    [
        (b"", "rtcp.truncated"),
        (PLI[:3], "rtcp.truncated"),
        (PLI[:-1], "rtcp.truncated"),
        (RR + PLI[:4], "rtcp.truncated"),
        (RR + b"\0\0\0\0", "rtcp.version"),
        (b"\x41" + PLI[1:], "rtcp.version"),
        (b"\xa1" + PLI[1:-1] + b"\x04" + RR, "rtcp.padding"),  # not the last
        (b"\xa1" + PLI[1:-1] + b"\x00", "rtcp.padding"),
        (b"\xa1" + PLI[1:-1] + b"\x03", "rtcp.padding"),
        (b"\xa1" + PLI[1:-1] + b"\x0c", "rtcp.padding"),
        (b"\xa0\xc9\0\0", "rtcp.padding"),
    ],
)
def test_names_what_is_wrong(compound: bytes, code: str) -> None:
    assert value_or_code(rtcp.parse_compound, compound) == (None, code)


def test_a_compound_of_endlessly_many_is_not_read() -> None:
    loss = rtcp.PictureLossIndication(1, 2)
    most = rtcp.pack_compound([loss] * 48)
    assert rtcp.parse_compound(most) == [loss] * 48
    assert value_or_code(rtcp.parse_compound, most + loss.pack()) == (None, "rtcp.compound")


def test_one_malformed_packet_spoils_the_compound() -> None:
    with pytest.raises(Malformed) as caught:
        rtcp.parse_compound(RR + bytes.fromhex("81ce0001 00000001"))
    assert caught.value.code == "rtcp.pli"


@pytest.mark.parametrize(("count", "body"), [(0, b"abc"), (32, b"")])
def test_bodies_no_frame_can_hold_are_our_own_fault(count: int, body: bytes) -> None:
    with pytest.raises(LocalError):
        pack_frame(200, count, body)


frames = st.builds(
    lambda kind, count, words, body: bytes((0x80 | count, kind)) + words.to_bytes(2, "big") + body,
    st.integers(200, 207),
    st.integers(0, 31),
    st.integers(0, 9),
    st.binary(max_size=36),
)


@settings(max_examples=400)
@given(st.binary(max_size=80) | frames | st.lists(frames, max_size=3).map(b"".join))
def test_any_bytes_give_packets_or_malformed(compound: bytes) -> None:
    packets, code = value_or_code(rtcp.parse_compound, compound)
    if packets is None:
        assert (code or "").startswith("rtcp.")
    else:
        assert packets


@given(st.lists(rtcp_packets, min_size=1, max_size=3), st.data())
def test_a_flipped_byte_gives_packets_or_malformed(
    packets: list[rtcp.RtcpPacket], data: st.DataObject
) -> None:
    compound = bytearray(rtcp.pack_compound(packets))
    compound[data.draw(st.integers(0, len(compound) - 1))] = data.draw(st.integers(0, 255))
    found, code = value_or_code(rtcp.parse_compound, bytes(compound))
    assert found or (code or "").startswith("rtcp.")


@given(st.lists(rtcp_packets, min_size=1, max_size=3), st.integers(1, 100))
def test_a_cut_compound_is_a_shorter_one_or_malformed(
    packets: list[rtcp.RtcpPacket], cut: int
) -> None:
    found, _ = value_or_code(rtcp.parse_compound, rtcp.pack_compound(packets)[:-cut])
    if found is not None:
        assert found == packets[: len(found)]
        assert len(found) < len(packets)


class ReportingSession(RuleBasedStateMachine):
    """A sender gathers packets and ships compounds; the receiver must see the same packets.

    Compounds may be split at packet borders, joined with the next, or padded at the end: none of
    that may change what arrives.
    """

    @initialize()
    def connect(self) -> None:
        self.queued: list[rtcp.RtcpPacket] = []
        self.shipped: list[rtcp.RtcpPacket] = []
        self.received: list[rtcp.RtcpPacket] = []
        self.held = b""

    @rule(packet=rtcp_packets)
    def queue(self, packet: rtcp.RtcpPacket) -> None:
        self.queued.append(packet)

    @precondition(lambda self: self.queued)
    @rule()
    def hold_back(self) -> None:
        self.held += rtcp.pack_compound(self.queued)
        self.shipped += self.queued
        self.queued = []

    @precondition(lambda self: self.held)
    @rule()
    def deliver_held(self) -> None:
        self.received += rtcp.parse_compound(self.held)
        self.held = b""

    @precondition(lambda self: self.queued and not self.held)
    @rule(words=st.integers(1, 63))
    def deliver_padded(self, words: int) -> None:
        *rest, last = self.queued
        packed = bytearray(last.pack() + bytes(4 * words - 1) + bytes((4 * words,)))
        packed[0] |= 0x20
        packed[2:4] = (len(packed) // 4 - 1).to_bytes(2, "big")
        self.received += rtcp.parse_compound(rtcp.pack_compound(rest) + packed)
        self.shipped += self.queued
        self.queued = []

    @precondition(lambda self: self.queued and not self.held)
    @rule()
    def deliver_one_by_one(self) -> None:
        for packet in self.queued:
            self.received += rtcp.parse_compound(packet.pack())
        self.shipped += self.queued
        self.queued = []

    @invariant()
    def received_is_what_was_shipped(self) -> None:
        arrived = self.received + (rtcp.parse_compound(self.held) if self.held else [])
        assert arrived == self.shipped


TestReportingSession = ReportingSession.TestCase
TestReportingSession.settings = settings(max_examples=30, stateful_step_count=15)
