"""Which protocol a datagram on the shared port belongs to, by its first bytes.

Decides the kind only; whether the datagram is well formed is the business of its parser.
RFC 7983 section 7 for the first byte, RFC 5761 section 4 for RTP against RTCP.
"""

from __future__ import annotations

from enum import Enum


class PacketKind(Enum):
    STUN = "stun"
    DTLS = "dtls"
    RTP = "rtp"
    RTCP = "rtcp"
    UNKNOWN = "unknown"


_RTCP_TYPES = range(192, 224)


def _by_first_byte() -> list[PacketKind]:
    kinds = [PacketKind.UNKNOWN] * 256
    kinds[0:4] = [PacketKind.STUN] * 4
    kinds[20:64] = [PacketKind.DTLS] * 44
    kinds[128:192] = [PacketKind.RTP] * 64
    return kinds


_BY_FIRST_BYTE = _by_first_byte()


def classify(datagram: bytes | bytearray | memoryview) -> PacketKind:
    """The protocol of `datagram`. UNKNOWN for empty, unassigned, ZRTP and TURN channel bytes."""
    if len(datagram) < 2:
        return PacketKind.UNKNOWN
    kind = _BY_FIRST_BYTE[datagram[0]]
    if kind is PacketKind.RTP and datagram[1] in _RTCP_TYPES:
        return PacketKind.RTCP
    return kind
