"""Reception: how one stream arrives, for the reports its publisher gets.

Counts, loss and jitter as RFC 3550 appendices A.3 and A.8 define them; does not ask for repair.
"""

from __future__ import annotations

from media.wire.rtcp import ReportBlock, SenderReport, middle_32

_MAX_TRANSIT_JUMP = 10.0
"""Seconds: a larger step is a new timeline (a pause, a new track), not jitter."""


class Reception:
    """Of one SSRC. Numbers are extended sequence numbers."""

    __slots__ = (
        "_expected_before",
        "_first",
        "_jitter",
        "_received_before",
        "_transit",
        "clock_rate",
        "gaps",
        "highest",
        "octets",
        "received",
        "report",
        "report_at",
        "ssrc",
    )

    def __init__(self, ssrc: int, clock_rate: int) -> None:
        self.ssrc = ssrc
        self.clock_rate = clock_rate
        self.received = 0
        self.octets = 0
        self.highest = -1
        self.gaps = 0
        """How often numbers were left out: rows of losses, or packets out of order."""
        self.report: SenderReport | None = None
        """The publisher's newest SR, which ties its timestamps to its clock."""
        self.report_at = 0.0
        self._first = -1
        self._transit: float | None = None
        self._jitter = 0.0
        self._expected_before = 0
        self._received_before = 0

    def packet(self, index: int, timestamp: int, size: int, *, now: float) -> None:
        """One packet came, of `size` payload bytes, on this SSRC itself (not by repair)."""
        if self._first < 0:
            self._first = index
        self.received += 1
        self.octets += size
        ahead = index - self.highest
        if ahead > 0:
            if ahead > 1:
                self.gaps += 1
            self.highest = index
            self._measure(timestamp, now)

    def _measure(self, timestamp: int, now: float) -> None:
        transit = now * self.clock_rate - timestamp
        previous, self._transit = self._transit, transit
        if previous is None:
            return
        difference = abs(transit - previous)
        if difference < _MAX_TRANSIT_JUMP * self.clock_rate:
            self._jitter += (difference - self._jitter) / 16  # RFC 3550 A.8

    @property
    def missing(self) -> int:
        """How many numbers below the highest have not come so far."""
        return self.highest - self._first + 1 - self.received if self._first >= 0 else 0

    def reported(self, report: SenderReport, *, now: float) -> None:
        """The publisher's SR came."""
        self.report = report
        self.report_at = now

    def block(self, *, now: float) -> ReportBlock | None:
        """The block for an RR, counting from the last one; None before the first packet."""
        if self._first < 0:
            return None
        expected = self.highest - self._first + 1
        expected_now = expected - self._expected_before
        lost_now = expected_now - (self.received - self._received_before)
        self._expected_before, self._received_before = expected, self.received
        fraction = 0
        if expected_now > 0 and lost_now > 0:
            fraction = min(lost_now * 256 // expected_now, 255)
        last_sr = delay = 0
        if self.report is not None:
            last_sr = middle_32(self.report.ntp)
            delay = min(int((now - self.report_at) * 65536), 0xFFFFFFFF)
        return ReportBlock(
            self.ssrc,
            fraction,
            expected - self.received,
            self.highest & 0xFFFFFFFF,
            int(self._jitter),
            last_sr,
            delay,
        )

    def clock(self, *, now: float) -> tuple[float, int] | None:
        """(publisher's NTP seconds, timestamp) for this moment, extrapolated from its last SR."""
        if self.report is None:
            return None
        elapsed = now - self.report_at
        seconds = self.report.ntp / (1 << 32) + elapsed
        timestamp = self.report.rtp_timestamp + int(elapsed * self.clock_rate)
        return seconds, timestamp & 0xFFFFFFFF
