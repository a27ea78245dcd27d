"""Quota: what one producer may send, by what it shows.

A second's worth may come at once; what is beyond is dropped as `producer.rate`, for everybody who
would have to receive it. Browsers stay far below, as the client sets `maxBitrate` and REMB says
less; so nobody who is dropped has to be let down gently.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from media.repair.allowance import Allowance
from media.source import Source


class Bound(NamedTuple):
    """Bits and packets a second, headers and repairs counted."""

    bitrate_bps: int
    packets: int


_SOUND = Bound(800_000, 150)
"""Opus ends at 510 kbit/s (RFC 6716), 17 redundant frames of speech need 360; frames of 10 ms are
100 packets a second."""
BOUNDS: Mapping[Source, Bound] = {
    Source.MICROPHONE: _SOUND,
    Source.SCREEN_AUDIO: _SOUND,
    # Three layers of 720p are 2.15 Mbit/s in 300 packets, a screen in motion is 4 in 450; and as
    # much again by repair.
    Source.CAMERA: Bound(5_000_000, 700),
    Source.SCREEN: Bound(8_000_000, 900),
}


class Quota:
    """Of one producer."""

    __slots__ = ("_octets", "_packets", "bitrate_bps")

    def __init__(self, source: Source) -> None:
        bound = BOUNDS[source]
        self.bitrate_bps = bound.bitrate_bps
        self._octets = Allowance(bound.bitrate_bps / 8)
        self._packets = Allowance(bound.packets)

    def takes(self, octets: int, *, now: float) -> bool:
        """Whether a packet of that size is still within it."""
        return self._packets.spend(1, now=now) and self._octets.spend(octets, now=now)
