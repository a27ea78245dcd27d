"""What one receiver of the load got: packets, gaps, delays of a sample; and its reports."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from bench.load import SENT_AT
from media.errors import Malformed
from media.transport.srtp import SrtpOpener
from media.wire import rtp
from media.wire.rtcp import ReceiverReport, ReportBlock

SAMPLE_EVERY = 37
"""One packet of so many is opened: decrypting all would cost more than the server's own work. A
prime, so that no place within a frame is preferred."""

_REPORTER_SSRC = 1


@dataclass(slots=True)
class _Stream:
    first: int
    highest: int
    packets: int = 0


@dataclass(slots=True)
class Reception:
    """Counters of one receiver. `delays_s` and `refused` are of the sampled packets only."""

    packets: int = 0
    packet_bytes: int = 0
    refused: int = 0
    delays_s: list[float] = field(default_factory=list)
    _streams: dict[int, _Stream] = field(default_factory=dict)

    def take(self, packet: memoryview, opener: SrtpOpener) -> None:
        """Count one RTP datagram."""
        ssrc = int.from_bytes(packet[8:12])
        number = packet[2] << 8 | packet[3]
        self.packets += 1
        self.packet_bytes += len(packet)
        stream = self._streams.get(ssrc)
        if stream is None:
            stream = self._streams[ssrc] = _Stream(number, number)
        stream.packets += 1
        ahead = (number - stream.highest + 0x8000 & 0xFFFF) - 0x8000
        if ahead > 0:
            stream.highest += ahead
        if number % SAMPLE_EVERY == 0:
            self._sample(bytes(packet), opener)

    def _sample(self, packet: bytes, opener: SrtpOpener) -> None:
        try:
            header = rtp.parse_header(packet)
        except Malformed:
            self.refused += 1
            return
        opened = opener.open_rtp(packet, header.header_length, header.ssrc, header.sequence)
        if opened is None:
            self.refused += 1
            return
        payload = rtp.strip_padding(opened[1]) if header.padding else opened[1]
        if len(payload) >= SENT_AT.size:  # a packet of padding alone is a probe
            (sent_at,) = SENT_AT.unpack_from(payload, len(payload) - SENT_AT.size)
            self.delays_s.append(time.monotonic() - sent_at)

    def lost(self) -> int:
        """Numbers never seen between the first and the highest of each stream."""
        return sum(one.highest - one.first + 1 - one.packets for one in self._streams.values())

    def report(self) -> bytes:
        """A receiver report about every stream."""
        blocks = tuple(
            ReportBlock(ssrc, 0, 0, stream.highest & 0xFFFFFFFF, 0, 0, 0)
            for ssrc, stream in self._streams.items()
        )
        return ReceiverReport(_REPORTER_SSRC, blocks).pack()


def summary(receptions: list[Reception], since: list[Reception]) -> dict[str, Any]:
    """All receivers together, counted from an earlier state of theirs."""
    delays = sorted(
        delay
        for now, before in zip(receptions, since, strict=True)
        for delay in now.delays_s[len(before.delays_s) :]
    )
    lost = sum(one.lost() for one in receptions) - sum(one.lost() for one in since)
    packets = sum(one.packets for one in receptions) - sum(one.packets for one in since)
    return {
        "packets": packets,
        "bytes": sum(one.packet_bytes for one in receptions)
        - sum(one.packet_bytes for one in since),
        "lost": lost,
        "refused": sum(one.refused for one in receptions),
        "silent_receivers": sum(not one.packets for one in receptions),
        "delay_p50_ms": _percentile_ms(delays, 0.50),
        "delay_p99_ms": _percentile_ms(delays, 0.99),
    }


def _percentile_ms(ordered: list[float], share: float) -> float | None:
    if not ordered:
        return None
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2)
