"""UplinkEstimator: how much a publisher may send us, from abs-send-time, arrivals and loss
(draft-alvestrand-rmcat-congestion-03, the receiver's side of GCC).

A line nobody has seen congested is trusted with the ceiling: a sender that is told less than it
could send must climb, which takes Chromium 9 s for each doubling. Once a queue grew, the line is
known: the target is below what it delivered, grows back while no queue is seen, and what is not in
use may not grow far beyond what is known, so that a new track does not flood a narrow line again.
"""

from __future__ import annotations

from media.congestion.arrival_groups import ArrivalGroups
from media.congestion.path_delay import PathDelay
from media.congestion.rate_control import DECREASE, RateControl
from media.congestion.send_log import PacketResult
from media.congestion.throughput import Throughput
from media.congestion.trend import Trend, Usage

MIN_BPS = 100_000
RESPONSE_S = 0.3
"""From an estimate to packets sent by it: a round trip, the sender's encoder and pacer. What comes
sooner does not judge it."""
UNUSED_FACTOR = 2.0
FADES_S = 20.0
"""A line that is not filled may be trusted with twice the rate it had at the last congestion, and
with as much again each `FADES_S` since."""
LOSS = 0.1
"""With a queue, loss beyond this is the queue's overflow; below it may be a radio link's."""
IDLE_BPS = 150_000
PATIENCE = 4
"""Steps down after which a queue that does not shrink is the path itself, which got longer."""

_TICKS = 1 << 18  # abs-send-time: 6.18 fixed point seconds
_WRAP = 1 << 24
_SILENCE_S = 20.0
"""After as long the 64 s of abs-send-time might have wrapped, and the path may be another."""
_STANDING_S = 0.015
_LONG_S = 0.06
_HOPELESS_S = 0.25
_SHRUNK = 0.95
_FILLED = 0.8
_PACKET_BITS = 1200 * 8
_LEARNS = 0.15
"""Of what is lost now, told ten times a second, that goes into what the line loses by itself."""
_MOST_OWN = 0.95
_NOISY, _NOISY_STEP = 0.2, 0.7
"""Of the line's own loss, beyond which it is brought down by steps; and how deep one is."""


class UplinkEstimator:
    """Of one publisher. `ceiling_bps` may be changed at any time."""

    def __init__(self, *, ceiling_bps: int, now: float) -> None:
        self.ceiling_bps = ceiling_bps
        self._rate = RateControl(float(ceiling_bps), now=now)
        self._pending: list[PacketResult] = []
        self._number = 0
        self._stamp = 0
        """The newest abs-send-time, unwrapped."""
        self._arrival: float | None = None
        self._known_bps: float | None = None
        self._waited = 0.0
        """The queue when the target was last reduced or the queue last seen to shrink."""
        self._patience = PATIENCE
        self._inherent = 0.0
        self._forget()

    def packet(self, abs_send_time: int, size: int, *, arrival: float) -> None:
        """A packet of `size` bytes came; `abs_send_time` is its 24-bit extension in 2^-18 s."""
        if self._arrival is not None and arrival - self._arrival > _SILENCE_S:
            self._forget()
        ahead = (abs_send_time - self._stamp) & (_WRAP - 1)
        if ahead >= _WRAP >> 1:
            ahead -= _WRAP
        sent_at = (self._stamp + ahead) / _TICKS
        if ahead > 0:
            self._stamp += ahead
        self._arrival = arrival
        self._number += 1
        self._pending.append(PacketResult(sent_at, size, arrival, None, self._number))

    def lost(self, fraction: float, *, now: float) -> None:
        """Of the packets since the last call, `fraction` did not come.

        Only where packets wait too; loss alone the sender answers itself, by receiver reports.
        """
        excess = (fraction - self._inherent) / (1 - self._inherent)
        if excess > LOSS and self._path.least > self._standing:
            self._reduce(now)

    def loses(self, share: float) -> None:
        """The line loses `share` of late. While nothing waits that is its own loss, whatever is
        sent: so much less arrives than it carries.
        """
        if self._path.least <= self._standing and self._trend.usage is Usage.NORMAL:
            self._inherent += (min(share, _MOST_OWN) - self._inherent) * _LEARNS

    def target_bps(self, now: float) -> int:
        """What REMB should say now."""
        if self._pending:
            results, self._pending = self._pending, []
            groups = self._groups.add(results)
            self._trend.update(groups)
            self._path.update(groups)
            self._throughput.update(results, groups, self._path.base)
            self._control(now)
        self._rate.target = min(max(self._rate.target, MIN_BPS), self.ceiling_bps)
        return int(self._rate.target)

    @property
    def _standing(self) -> float:
        """Seconds of delay that are no queue: a packet takes as long on a narrow line."""
        return _STANDING_S + _PACKET_BITS / self._rate.target

    def _control(self, now: float) -> None:
        rate, path, usage = self._rate, self._path, self._trend.usage
        is_over = path.least > (self._standing if usage is Usage.OVER else _LONG_S)
        since = now - rate.reduced_at if rate.reduced_at is not None else float("inf")
        if since < RESPONSE_S:
            rate.hold(now=now)
        elif is_over and not self._is_idle:
            self._answer_queue(now)
        elif usage is not Usage.NORMAL or path.least > self._standing:
            rate.hold(now=now)
        else:
            self._patience, self._waited = PATIENCE, 0.0
            self._grow(since, now)

    @property
    def _is_idle(self) -> bool:
        """Whether so little comes that what makes it wait is hardly it: sound alone, late for a
        moment on a radio link.
        """
        return self._received_bps < IDLE_BPS and self._path.least < _HOPELESS_S

    def _answer_queue(self, now: float) -> None:
        """Once by a step down; then by deeper ones, as long as it does not shrink: what the sender
        does not count (sound, headers) fills a narrow line as well.
        """
        if self._path.least < self._waited * _SHRUNK:
            self._waited, self._rate.reduced_at = self._path.least, now
        elif self._patience:
            if self._patience < PATIENCE:
                self._rate.target *= DECREASE
            self._patience -= 1
            self._reduce(now)
        else:
            self._path.forget()
        self._rate.hold(now=now)

    def _reduce(self, now: float) -> None:
        """To less than what the path delivers."""
        self._waited = self._path.least
        received, target = self._received_bps, self._rate.target
        busy = (self._throughput.busy_bps or 0.0) / (1 - self._inherent)
        delivered = received if received > _FILLED * target else max(busy, received)
        if not delivered:
            return
        # Of few packets that come, chance makes more or less: one look is no more than a step.
        if self._inherent > _NOISY and self._known_bps is not None:
            delivered = max(delivered, _NOISY_STEP * target)
        self._known_bps = delivered
        self._rate.reduce(delivered, now=now)

    @property
    def _received_bps(self) -> float:
        """What arrives, and what would if the line lost nothing of its own."""
        return (self._throughput.received_bps or 0.0) / (1 - self._inherent)

    def _grow(self, since: float, now: float) -> None:
        received = self._received_bps
        if self._known_bps is not None:
            self._known_bps = max(self._known_bps, received)
            unused = self._known_bps * UNUSED_FACTOR * 2 ** (since / FADES_S)
            if received < _FILLED * self._rate.target and self._rate.target > unused:
                self._rate.hold(now=now)
                return
        self._rate.grow(round_trip=RESPONSE_S, now=now)

    def _forget(self) -> None:
        self._groups = ArrivalGroups()
        self._trend = Trend()
        self._path = PathDelay()
        self._throughput = Throughput()
