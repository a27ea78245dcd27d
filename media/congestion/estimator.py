"""DownlinkEstimator: how much the line to one receiver carries (draft-ietf-rmcat-gcc-02).

Decides the target from what became of the packets; does not send, and does not know what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.congestion.probing import Probe
from media.congestion.send_log import PacketResult, SendLog

START_BPS = 1_000_000
MIN_BPS = 50_000
MAX_BPS = 20_000_000
FEEDBACK_TIMEOUT_S = 1.0
_PROBE_S = 0.03
_PROBE_PACKETS = 5


class DownlinkEstimator:
    """Of one receiver. With `log`, silence counts only while something sent is unanswered."""

    def __init__(self, *, now: float, log: SendLog | None = None) -> None:
        self._log = log
        self.target_bps = START_BPS
        self.round_trip = 0.1
        self.loss = 0.0
        self.has_feedback = False
        self._limit = MAX_BPS
        self._due_at: float | None = None
        self._next_probe_at = now
        self._cluster = 0

    @property
    def pacing_bps(self) -> float:
        """What the pacer may let out now."""
        return self.target_bps * 1.05

    def report(self, results: Sequence[PacketResult], *, now: float) -> None:
        """What feedback told, in the order of sending."""
        if not results:
            return
        self.has_feedback = True
        self._due_at = now + FEEDBACK_TIMEOUT_S
        lost = sum(1 for each in results if each.received_at is None)
        self.loss += (lost / len(results) - self.loss) * 0.1
        self.round_trip += (now - results[-1].sent_at - self.round_trip) * 0.1
        factor = 1 - 0.5 * self.loss if self.loss > 0.1 else 1.005
        self._set(self.target_bps * factor)

    def limit(self, bitrate_bps: int, *, now: float) -> None:
        """What the peer says it can take (REMB)."""
        self._limit = bitrate_bps
        self._set(self.target_bps if self.has_feedback else bitrate_bps)

    def probe(self, *, wanted_bps: int, now: float) -> Probe | None:
        """A cluster to send now, if one is due."""
        if wanted_bps <= self.target_bps or now < self._next_probe_at:
            return None
        self._next_probe_at = now + 5.0
        self._cluster += 1
        rate = min(2 * self.target_bps, wanted_bps)
        return Probe(self._cluster, rate, int(rate * _PROBE_S / 8), _PROBE_PACKETS)

    def handle_timer(self, now: float) -> None:
        """Feedback stopped coming."""
        if self._due_at is not None and now >= self._due_at:
            self._due_at = now + FEEDBACK_TIMEOUT_S
            self._set(self.target_bps * 0.7)

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do, None if never."""
        return self._due_at

    def _set(self, rate: float) -> None:
        self.target_bps = int(min(max(rate, MIN_BPS), MAX_BPS, self._limit))
