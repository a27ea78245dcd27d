"""DownlinkEstimator: how much the line to one receiver carries (draft-ietf-rmcat-gcc-02).

Decides the target from what became of the packets; does not send, and does not know what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from media.congestion.arrival_groups import ArrivalGroups
from media.congestion.loss_control import LossControl, State
from media.congestion.pacer import BURST_S
from media.congestion.path_delay import PathDelay
from media.congestion.probing import CAUTIOUS_FACTOR, FACTOR, FIRST_FACTOR, Probe, Probing
from media.congestion.rate_control import RateControl
from media.congestion.send_log import PacketResult, SendLog
from media.congestion.throughput import Throughput
from media.congestion.trend import Trend, Usage

START_BPS = 1_000_000
MIN_BPS = 50_000
MAX_BPS = 20_000_000
FEEDBACK_TIMEOUT_S = 1.5
PACING_FACTOR = 1.05
_DRAIN_S = 0.5
_SMOOTH_S = 0.012
_STANDING_S = 0.015
"""A queue as short is no queue: one frame of another flow."""
_LONG_S = 0.06
_LONGEST_DRAIN_S = 1.5
_SILENCE_FACTOR = 0.7
_FILLED = 0.85


class DownlinkEstimator:
    """Of one receiver. With `log`, silence counts only while something sent is unanswered."""

    def __init__(self, *, now: float, log: SendLog | None = None) -> None:
        self.target_bps = START_BPS
        self.round_trip = 0.1
        self.loss = 0.0
        self.has_feedback = False
        self._log = log
        self._limit = MAX_BPS
        self._groups = ArrivalGroups()
        self._trend = Trend()
        self._path = PathDelay()
        self._throughput = Throughput()
        self._rate = RateControl(START_BPS, now=now)
        self._lossy = LossControl()
        self._probing = Probing()
        self._heard_at = now
        self._draining_since: float | None = None
        self._drain_checked = now
        self._drain_queue = 0.0

    @property
    def pacing_bps(self) -> float:
        """What the pacer may let out now."""
        if self._draining_since is not None:
            return self.target_bps * min(max(1 - self._path.least / _DRAIN_S, 0.3), 0.8)
        return min(self.target_bps * PACING_FACTOR, self._lossy.limit)

    @property
    def burst_s(self) -> float:
        """Seconds of the pacing rate that may leave at once: less where loss set the limit, as
        a short queue or a small bucket drops what comes as a burst.
        """
        return BURST_S if self._lossy.state is State.CLEAR else _SMOOTH_S

    def report(self, results: Sequence[PacketResult], *, now: float) -> None:
        """What feedback told, in the order of sending."""
        if not results:
            return
        self.has_feedback = True
        self._heard_at = now
        self._measure_round_trip(results, now)
        groups = self._groups.add([each for each in results if each.cluster is None])
        self._trend.update(groups)
        self._path.update(groups)
        self._throughput.update(results, groups, self._path.base)
        queued = self._trend.usage is Usage.OVER or self._path.least > _LONG_S / 2
        self._lossy.update(results, is_queued=queued, round_trip=self.round_trip, now=now)
        self.loss = self._lossy.loss
        self._control(now)
        self._learn(results, now)
        self._set(now)

    def _measure_round_trip(self, results: Sequence[PacketResult], now: float) -> None:
        for each in reversed(results):
            if each.received_at is not None:
                self.round_trip += (now - each.sent_at - self.round_trip) * 0.1
                return

    def _control(self, now: float) -> None:
        usage, least = self._trend.usage, self._path.least
        rate = self._rate
        is_over = (usage is Usage.OVER and least > _STANDING_S) or least > _LONG_S
        since = now - rate.reduced_at if rate.reduced_at is not None else 1e9
        if is_over and since > self.round_trip + 0.1:
            delivered = self._throughput.received_bps or 0
            if (self._throughput.sent_bps or 0) < _FILLED * rate.target:
                delivered = max(self._throughput.busy_bps or 0, delivered)
            if delivered:
                rate.reduce(delivered / (1 - self._lossy.inherent), now=now)
                self._probing.reduced(rate.target, now=now)
                if self._draining_since is None:
                    self._draining_since = self._drain_checked = now
                    self._drain_queue = least
        if self._draining_since is not None:
            if least < _STANDING_S:
                self._draining_since = None
            elif now - self._drain_checked > _LONGEST_DRAIN_S:
                if self._path.least > 0.9 * self._drain_queue:
                    self._draining_since = None
                    self._path.forget()
                self._drain_checked = now
                self._drain_queue = 0.0
            self._drain_queue = max(self._drain_queue, self._path.least)
        sent = self._throughput.sent_bps
        if (
            usage is Usage.NORMAL
            and self._draining_since is None
            and least < 0.02
            and sent is not None
            and sent > _FILLED * rate.target
            and rate.target < 1.1 * self._lossy.limit
        ):
            rate.grow(round_trip=self.round_trip, now=now)
        else:
            rate.hold(now=now)

    def _learn(self, results: Sequence[PacketResult], now: float) -> None:
        answer = self._probing.update(results)
        if answer is None:
            return
        delivered, is_full = answer
        delivered /= 1 - self._lossy.inherent
        if is_full:
            if self._draining_since is None and self._path.least > _STANDING_S:
                self._draining_since = self._drain_checked = now
                self._drain_queue = self._path.least
        if self._path.least < _LONG_S and delivered > self.target_bps:
            self._rate.raise_to(delivered, now=now)
            self._lossy.raise_to(delivered)
            self._probing.raised(delivered, now=now)
            if not is_full and self._lossy.state is State.CLEAR:
                self._probing.next_at = now + (0 if self._probing.trust >= 1 else 1.0)

    def limit(self, bitrate_bps: int, *, now: float) -> None:
        """What the peer says it can take (REMB)."""
        self._limit = bitrate_bps
        if not self.has_feedback:
            self._rate.target = bitrate_bps
        self._set(now)

    def probe(self, *, wanted_bps: int, now: float) -> Probe | None:
        """A cluster to send now, if one is due."""
        if wanted_bps <= self.target_bps or not self.has_feedback or now < self._probing.next_at:
            return None
        if self._probing.is_pending(now=now, round_trip=self.round_trip):
            return None
        if (
            self._draining_since is not None
            or self._trend.usage is Usage.OVER
            or self._path.least > _STANDING_S
            or not self._lossy.may_probe(now=now)
        ):
            return None
        factor = FIRST_FACTOR if self._probing.is_first else FACTOR
        if self._rate.reduced_at is not None and now - self._rate.reduced_at < 5:
            factor = 1.5
        if self._lossy.state is State.LIMITED or self._probing.trust < 1:
            factor = CAUTIOUS_FACTOR
        return self._probing.begin(min(factor * self.target_bps, 1.2 * wanted_bps), now=now)

    def handle_timer(self, now: float) -> None:
        """Feedback stopped coming."""
        due = self.next_timer()
        if due is not None and now >= due:
            self._heard_at = now
            self._rate.target = self.target_bps * _SILENCE_FACTOR
            self._set(now)

    def next_timer(self) -> float | None:
        """When `handle_timer` has something to do, None if never."""
        if not self.has_feedback or self._log is None or not self._log.in_flight_bytes:
            return None
        return self._heard_at + FEEDBACK_TIMEOUT_S

    def _set(self, now: float) -> None:
        if self._lossy.state is State.TESTING:
            self._probing.reduced(self._lossy.limit, now=now)
        if self._draining_since is None:
            self._probing.confirm(now=now)
        if self._lossy.state is State.LIMITED:
            self._rate.target = min(self._rate.target, 1.1 * self._lossy.limit)
        rate = min(self._rate.target, self._lossy.limit, self._limit)
        self.target_bps = int(min(max(rate, MIN_BPS), MAX_BPS))
        self._rate.target = max(self._rate.target, MIN_BPS)
