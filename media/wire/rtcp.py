"""RTCP compounds to packets and back (RFC 3550 section 6.1, reduced size RFC 5506).

Decides which reader a packet gets by type and format; types without a reader become `Unknown`.
One door for all packet classes: import them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from media.errors import Malformed
from media.wire import rtcp_feedback, rtcp_packet, rtcp_report, rtcp_transport
from media.wire.rtcp_feedback import (
    MAX_NACK_NUMBERS,
    FullIntraRequest,
    GenericNack,
    PictureLossIndication,
    ReceiverEstimatedBitrate,
)
from media.wire.rtcp_packet import Unknown
from media.wire.rtcp_report import (
    Bye,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    SourceChunk,
    SourceDescription,
    from_ntp,
    middle_32,
    to_ntp,
)
from media.wire.rtcp_transport import TransportFeedback

__all__ = [
    "MAX_NACK_NUMBERS",
    "Bye",
    "FullIntraRequest",
    "GenericNack",
    "PictureLossIndication",
    "ReceiverEstimatedBitrate",
    "ReceiverReport",
    "ReportBlock",
    "RtcpPacket",
    "SenderReport",
    "SourceChunk",
    "SourceDescription",
    "TransportFeedback",
    "Unknown",
    "from_ntp",
    "middle_32",
    "pack_compound",
    "parse_compound",
    "to_ntp",
]

MAX_COMPOUND_PACKETS = 48
"""Our own longest, two packets for each of 21 streams and two more, and room to spare; packets
that cost much to read are short, and one datagram must not hold hundreds of them."""

RtcpPacket = (
    SenderReport
    | ReceiverReport
    | SourceDescription
    | Bye
    | GenericNack
    | TransportFeedback
    | PictureLossIndication
    | FullIntraRequest
    | ReceiverEstimatedBitrate
    | Unknown
)

# The count field of reports counts something; of feedback it is part of the type.
_COUNTED: dict[int, Callable[[bytes, int], RtcpPacket]] = {
    rtcp_packet.SENDER_REPORT: rtcp_report.parse_sender_report,
    rtcp_packet.RECEIVER_REPORT: rtcp_report.parse_receiver_report,
    rtcp_packet.SOURCE_DESCRIPTION: rtcp_report.parse_source_description,
    rtcp_packet.BYE: rtcp_report.parse_bye,
}
_FEEDBACK: dict[tuple[int, int], Callable[[bytes], RtcpPacket | None]] = {
    (rtcp_packet.TRANSPORT_FEEDBACK, rtcp_feedback.NACK_FORMAT): rtcp_feedback.parse_nack,
    (
        rtcp_packet.TRANSPORT_FEEDBACK,
        rtcp_transport.TRANSPORT_FORMAT,
    ): rtcp_transport.parse_transport_feedback,
    (rtcp_packet.PAYLOAD_FEEDBACK, rtcp_feedback.PLI_FORMAT): rtcp_feedback.parse_pli,
    (rtcp_packet.PAYLOAD_FEEDBACK, rtcp_feedback.FIR_FORMAT): rtcp_feedback.parse_fir,
    (rtcp_packet.PAYLOAD_FEEDBACK, rtcp_feedback.APPLICATION_FORMAT): rtcp_feedback.parse_remb,
}


def parse_compound(compound: bytes) -> list[RtcpPacket]:
    """All packets of one (decrypted) compound, in order; never empty.

    Malformed with a code of `rtcp.*` when any of them is: half a compound is not acted upon; and
    `rtcp.compound` for more than `MAX_COMPOUND_PACKETS`.
    """
    packets: list[RtcpPacket] = []
    for frame in rtcp_packet.split(compound):
        if len(packets) == MAX_COMPOUND_PACKETS:
            raise Malformed("rtcp.compound", f"more than {MAX_COMPOUND_PACKETS} packets")
        packets.append(_read(frame))
    return packets


def _read(frame: Unknown) -> RtcpPacket:
    counted = _COUNTED.get(frame.packet_type)
    if counted is not None:
        return counted(frame.body, frame.count)
    feedback = _FEEDBACK.get((frame.packet_type, frame.count))
    return (feedback and feedback(frame.body)) or frame


def pack_compound(packets: Iterable[RtcpPacket]) -> bytes:
    """The packets' bytes one behind the other; an SR or RR should be the first (RFC 3550 6.1)."""
    return b"".join(packet.pack() for packet in packets)
