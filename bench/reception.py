"""What one receiver of the load got: packets, gaps, delays of a sample; and its reports."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from bench.feedback import Arrivals
from bench.load import SENT_AT
from media.errors import Malformed
from media.ortc.capabilities import ROUTER
from media.transport.srtp import SrtpOpener
from media.wire import rtp
from media.wire.extension import Extension
from media.wire.rtcp import ReceiverReport, ReportBlock

SAMPLE_EVERY = 37
"""One packet of so many is opened: decrypting all would cost more than the server's own work. A
prime, so that no place within a frame is preferred."""

_REPORTER_SSRC = 1
TRANSPORT_NUMBER = next(
    own.id for own in ROUTER.extensions if own.uri == Extension.TRANSPORT_SEQUENCE
)
"""The id of the transport-wide number, ours and in what we ask of others."""
_ELEMENT = TRANSPORT_NUMBER << 4 | 1  # RFC 8285 section 4.2: two bytes long


def transport_number(packet: memoryview) -> int | None:
    """The 16-bit transport-wide number of an RTP packet; None when it carries none."""
    if not packet[0] & 0x10 or packet[12] != 0xBE:  # one-byte form only
        return None
    at, end = 16, 16 + 4 * packet[15]
    while at < end:
        lead = packet[at]
        if lead == _ELEMENT:
            return packet[at + 1] << 8 | packet[at + 2]
        at += 2 + (lead & 0x0F) if lead else 1
    return None


SMALL_BYTES = 400
"""Longer than any packet of sound, shorter than any of our pictures."""


@dataclass(slots=True)
class Stream:
    """Of one SSRC. `frames` are marked ends of pictures."""

    first: int
    highest: int
    is_small: bool
    packets: int = 0
    frames: int = 0


@dataclass(slots=True)
class Reception:
    """Counters of one receiver. `delays_s` and `refused` are of the sampled packets only."""

    packets: int = 0
    packet_bytes: int = 0
    refused: int = 0
    delays_s: list[float] = field(default_factory=list)
    arrivals: Arrivals = field(default_factory=Arrivals)
    streams: dict[int, Stream] = field(default_factory=dict)
    """By SSRC; retransmissions and probes have their own."""

    def take(self, packet: memoryview, opener: SrtpOpener, *, now: float) -> None:
        """Count one RTP datagram."""
        wide = transport_number(packet)
        if wide is not None:
            self.arrivals.came(wide, now)
        ssrc = int.from_bytes(packet[8:12])
        number = packet[2] << 8 | packet[3]
        self.packets += 1
        self.packet_bytes += len(packet)
        stream = self.streams.get(ssrc)
        if stream is None:
            is_small = len(packet) < SMALL_BYTES
            stream = self.streams[ssrc] = Stream(number, number, is_small)
        stream.packets += 1
        stream.frames += packet[1] >> 7
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
        return sum(one.highest - one.first + 1 - one.packets for one in self.streams.values())

    def report(self) -> bytes:
        """A receiver report about every stream."""
        blocks = tuple(
            ReportBlock(ssrc, 0, 0, stream.highest & 0xFFFFFFFF, 0, 0, 0)
            for ssrc, stream in self.streams.items()
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
