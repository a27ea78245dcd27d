"""A publisher that does what REMB says, as Chromium does (libwebrtc's
send_side_bandwidth_estimation.cc).

For 2 s after the first receiver report its target is what REMB says; later it climbs 8 % a second
up to it, falls to it at once, and loses half of what is lost beyond 10 %. Frames are as large as
the target allows, and leave at two and a half times that rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from media.source import Source
from media.wire import extension
from tests.support.peers import SERVER, Browser
from tests.support.tracks import TIME, Encoder

START_BPS = 1_000_000
START_PHASE_S = 2.0
CLIMB = 1.08
LOSS = 0.1
PACKET_BYTES = 1100
PACING = 2.5
FPS = 30
HEADERS_BYTES = 60
_TIME_AT = 17  # behind the fixed header, that of the extension block, and of its first element


@dataclass
class Track:
    """One encoding and the most it takes."""

    encoder: Encoder
    max_bps: float
    since: float
    full_at: float | None = None
    """When it first was sent at nearly its most."""


@dataclass
class Obedient:
    """Drives the tracks of one browser. `targets` are (time, target) as they changed."""

    browser: Browser
    target_bps: float = START_BPS
    tracks: list[Track] = field(default_factory=list)
    targets: list[tuple[float, float]] = field(default_factory=list)
    _first_report_at: float | None = None
    _reports: int = 0
    _climbed_at: float = 0.0
    _free_at: float = 0.0

    def __post_init__(self) -> None:
        self._climbed_at = self.browser.room.network.now
        self._tick(self._climbed_at)

    def shows(self, producer: str, max_bps: float, source: Source = Source.CAMERA) -> Track:
        """One more picture."""
        (encoder,) = self.browser.shares_camera(producer, source=source)
        self.browser.mute(producer)
        track = Track(encoder, max_bps, self.browser.room.network.now)
        self.tracks.append(track)
        self._frame(track, self.browser.room.network.now)
        return track

    def _tick(self, now: float) -> None:
        self._obey(now)
        self.targets.append((now, self.target_bps))
        self.browser.room.network.at(now + 0.025, self._tick)

    def _obey(self, now: float) -> None:
        reports = self.browser.reports[self._reports :]
        self._reports += len(reports)
        if reports and self._first_report_at is None:
            self._first_report_at = now
        limit = self.browser.bitrate_bps or math.inf
        started = self._first_report_at
        is_new = started is not None and now - started < START_PHASE_S
        lost = max((block.fraction_lost / 256 for block in reports), default=0.0)
        if lost > LOSS:
            self.target_bps *= 1 - lost / 2
        elif is_new and limit < math.inf:
            self.target_bps = max(self.target_bps, limit)
        elif now - self._climbed_at >= 1.0 and started is not None:
            self._climbed_at = now
            self.target_bps *= CLIMB
        self.target_bps = min(self.target_bps, limit, 10_000_000)

    def _frame(self, track: Track, now: float) -> None:
        network, encoder = self.browser.room.network, track.encoder
        share = min(
            self.target_bps * track.max_bps / sum(one.max_bps for one in self.tracks), track.max_bps
        )
        if share >= 0.95 * track.max_bps and track.full_at is None:
            track.full_at = now
        octets = share / FPS / 8
        encoder.packets_per_frame = count = max(round(octets / PACKET_BYTES), 1)
        encoder.packet_bytes = max(int(octets / count) - HEADERS_BYTES, 30)
        at = max(now, self._free_at)
        for packet in encoder.frame(now):
            network.at(
                at, lambda leaving, p=packet: self.browser.sends.send_rtp(_stamped(p, leaving))
            )
            at += octets / count * 8 / (PACING * self.target_bps)
        self._free_at = at
        network.at(now + 1 / FPS, lambda later: self._frame(track, later))

    def _send(self, packet: tuple[bytes, bytes, int], now: float) -> None:
        self.browser.sends.send_rtp(_stamped(packet, now))

    @property
    def sent_octets(self) -> int:
        """All that was put on the way to the server."""
        return self.browser.room.network.link(self.browser.addresses[0], SERVER).counts["bytes"]


def _stamped(packet: tuple[bytes, bytes, int], now: float) -> tuple[bytes, bytes, int]:
    """With the time it leaves as abs-send-time, which is the first element."""
    header, payload, number = packet
    assert header[_TIME_AT - 1] >> 4 == TIME
    stamp = extension.pack_abs_send_time(now)
    return header[:_TIME_AT] + stamp + header[_TIME_AT + len(stamp) :], payload, number
