"""Admission: what one line may send us and ask of us in a second.

Looked at before anything is parsed or opened, so that a flood costs a subtraction a datagram and
harms the line it comes on, nobody else's. The bounds are far above what browsers do; each drop is
counted on the line as `rtp.rate`, `rtcp.rate`, `stun.rate` or `dtls.rate`.
"""

from __future__ import annotations

from collections.abc import Iterable

from media.repair.allowance import Allowance
from media.wire.demux import PacketKind
from media.wire.rtcp import RtcpPacket, TransportFeedback

RTP_PER_SECOND = 3000
"""8 Mbit/s are 900 packets; small layers, sound and repairs bring it to half of this."""
RTP_AT_ONCE = 1000
"""What a stalled path lets go at once: a second of 8 Mbit/s. 25 ms of work."""
RTCP_BYTES_PER_SECOND = 128_000
"""Somebody who sees 25 faces at 30 % loss sends a third of it."""
RTCP_BYTES_AT_ONCE = 64_000
CHECKS_PER_SECOND = 100
"""Chromium sends 20 while it connects, then one each 2.5 s."""
RECORDS_PER_SECOND = 100
"""Datagrams of DTLS: three dozen in a lossy handshake, then none."""
LOOKUPS_PER_SECOND = 300
"""Packets on unknown SSRCs that are looked at for who they belong to: tracks whose packets are
here before their verb is, and probes."""
CHANGES_PER_SECOND = 1
"""Encodings that move to another SSRC. Each ends the old stream for everybody who watches."""
CHANGES_AT_ONCE = 8
BYES_PER_SECOND = 2
"""Streams said to have ended; each makes the receivers of all layers look for another."""
BYES_AT_ONCE = 16

_DATAGRAM_BYTES = 60
_PACKET_BYTES = 40
_DELTA_BYTES = 4
"""What opening a datagram, reading a packet of it, and taking a packet's fate from feedback cost
in time, in bytes of RTCP: about 20 to a microsecond."""

Gate = tuple[Allowance, int, int]
"""An allowance, and what a datagram costs of it: so much each, so much a byte."""


class Admission:
    """Of one line. `lookups`, `changes` and `byes` are spent by who does that work."""

    __slots__ = ("_gates", "_rtcp", "byes", "changes", "lookups")

    def __init__(self) -> None:
        self.lookups = Allowance(LOOKUPS_PER_SECOND)
        self.changes = Allowance(CHANGES_PER_SECOND, CHANGES_AT_ONCE)
        self.byes = Allowance(BYES_PER_SECOND, BYES_AT_ONCE)
        self._rtcp = Allowance(RTCP_BYTES_PER_SECOND, RTCP_BYTES_AT_ONCE)
        self._gates: dict[PacketKind, Gate] = {
            PacketKind.RTP: (Allowance(RTP_PER_SECOND, RTP_AT_ONCE), 1, 0),
            PacketKind.RTCP: (self._rtcp, _DATAGRAM_BYTES, 1),
            PacketKind.STUN: (Allowance(CHECKS_PER_SECOND), 1, 0),
            PacketKind.DTLS: (Allowance(RECORDS_PER_SECOND), 1, 0),
        }

    def admits(self, kind: PacketKind, octets: int, *, now: float) -> bool:
        """Whether a datagram of `kind`, one of the four protocols, may be looked at."""
        allowance, each, each_octet = self._gates[kind]
        return allowance.spend(each + each_octet * octets, now=now)

    def charge(self, compound: Iterable[RtcpPacket], *, now: float) -> None:
        """What was found in a datagram of RTCP costs more than its bytes say."""
        cost = 0
        for packet in compound:
            cost += _PACKET_BYTES
            if isinstance(packet, TransportFeedback):
                cost += _DELTA_BYTES * len(packet.deltas)
        self._rtcp.charge(cost, now=now)
