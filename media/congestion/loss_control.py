"""LossControl: the limit by loss, where the delay tells nothing: policers, and queues so short
that they overflow before they are seen.

Loss above the known one is not answered before it is known what it comes of. Where the windows do
not tell (LossModel), the experiment is made: one step down, and the next window tells. So a path
that loses a third of everything keeps its rate but for half a second, and a policer is found in a
second.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import inf, sqrt

from media.congestion.loss_model import LossModel, Window
from media.congestion.send_log import PacketResult

WINDOW_S = 0.3
LONGEST_WINDOW_S = 1.0
WINDOW_PACKETS = 20
"""A window has at least as many packets, so that one lost packet is not yet a loss of 10 %."""
EXCESS = 0.03
"""Loss above the known one that is looked into, beyond twice its chance deviation."""
EVIDENCE = 3.0
"""A hypothesis is believed when it is twenty times as likely."""
SHARE = 0.97
"""Of the capacity found: below it, or the loss would go on."""
LEAST_STEP, DEEPEST_STEP = 0.85, 0.5
"""Of what was sent: a smaller step would hide in the chance of a few packets."""
TESTS = 4
"""Windows of an experiment; undecided until then, the likelier one is taken."""
HOLD_S = 2.5
"""Seconds at a limit before more is tried."""
_FIRST_GROWTH_BPS, _DOUBLES = 50_000.0, 1.6  # in a second; times with each clean window
_MOST_A_SECOND = 1.0
_FREE = 4.0
"""Times the limit once found at which it is no limit any more."""
_FILLED = 0.66
_SMOOTHING = 0.4


class State(StrEnum):
    """What is thought of the loss. CLEAR: nothing to answer. TESTING: stepped down, waiting for
    what that does. LIMITED: there is a capacity.
    """

    CLEAR = "clear"
    TESTING = "testing"
    LIMITED = "limited"


class LossControl:
    """Of one path. `limit` is bits a second, inf without one; `loss` the share lost lately;
    `inherent` the share the path loses whatever is sent.
    """

    def __init__(self) -> None:
        self.limit = inf
        self.loss = 0.0
        self.inherent = 0.0
        self.state = State.CLEAR
        self._model = LossModel()
        self._window = _Counting()
        self._clean_from = 0.0  # what left earlier says nothing about the step
        self._tests = 0
        self._found = inf  # the limit as it was found
        self._held_until = 0.0
        self._growth = 0.0
        self._is_filled = True
        self._updated_at = 0.0

    def update(
        self, results: Sequence[PacketResult], *, is_queued: bool, round_trip: float, now: float
    ) -> None:
        """What one feedback told. With `is_queued` the delay answers, and this only counts."""
        self._grow(now)
        if results[0].sent_at < self._clean_from:
            results = [each for each in results if each.sent_at >= self._clean_from]
        if results:
            self._window.add(results)
        if not self._window.is_complete:
            return
        window, loss = self._window.taken(), self._window.loss
        self._window = _Counting()
        self.loss += (loss - self.loss) * _SMOOTHING
        if is_queued:
            return
        self._model.add(window)
        if self._model.has_loss:
            self._judge(window, round_trip, now)
        else:
            self.inherent = 0.0
            if self.state is State.TESTING:
                self._limit(window.sent_bps, now)
        self._is_filled = window.sent_bps > _FILLED * self.limit

    def raise_to(self, rate: float) -> None:
        """A probe came through at `rate`."""
        if self.state is State.LIMITED and rate > self.limit:
            self.limit = rate
            self._growth = _FIRST_GROWTH_BPS

    def may_probe(self, *, now: float) -> bool:
        """Whether more may be tried as far as loss goes."""
        return self.state is State.CLEAR or (
            self.state is State.LIMITED and now >= self._held_until
        )

    def _judge(self, window: Window, round_trip: float, now: float) -> None:
        chance = 2 * sqrt(self.inherent * (1 - self.inherent) / window.packets)
        is_over = window.loss > self.inherent + EXCESS + chance
        finding = self._model.finding()
        if self.state is State.TESTING:
            self._tests += 1
            is_told = finding.evidence > EVIDENCE and not (
                is_over and finding.residual > EXCESS and self._tests < TESTS
            )
            if is_told or (finding.evidence > 0 and self._tests >= TESTS):
                self.inherent = finding.residual
                self._limit(finding.capacity_bps * SHARE, now)
            elif finding.evidence < -EVIDENCE or self._tests >= TESTS:
                self.inherent = finding.inherent
                self.state, self.limit, self._found = State.CLEAR, inf, inf
            elif is_over:
                self._step(window, round_trip, now)
        elif is_over:
            if finding.evidence > EVIDENCE:
                self.inherent = finding.residual
                self._limit(finding.capacity_bps * SHARE, now)
            elif finding.evidence < -EVIDENCE:
                self.inherent = finding.inherent
            else:
                self._tests = 0
                self._step(window, round_trip, now)
        elif self.state is State.CLEAR:
            self.inherent = finding.inherent
        elif now >= self._held_until:
            self._growth *= _DOUBLES

    def _step(self, window: Window, round_trip: float, now: float) -> None:
        self.state = State.TESTING
        share = min(max(SHARE * (1 - window.loss), DEEPEST_STEP), LEAST_STEP)
        self.limit = window.sent_bps * share
        self._clean_from = now + round_trip / 2

    def _limit(self, rate: float, now: float) -> None:
        self.state = State.LIMITED
        self.limit = self._found = rate
        self._growth = _FIRST_GROWTH_BPS
        self._held_until = now + HOLD_S

    def _grow(self, now: float) -> None:
        if self.state is State.LIMITED and now >= self._held_until and self._is_filled:
            growth = min(self._growth, _MOST_A_SECOND * self.limit)
            self.limit += growth * min(now - self._updated_at, WINDOW_S)
            if self.limit > _FREE * self._found:
                self.state, self.limit = State.CLEAR, inf
        self._updated_at = now


class _Counting:
    """A window that is being filled. The first feedback only marks its beginning in time."""

    __slots__ = (
        "_bytes",
        "_first_bytes",
        "_lost",
        "_lost_bytes",
        "_packets",
        "_since",
        "_squares",
        "_until",
    )

    def __init__(self) -> None:
        self._packets = self._lost = self._bytes = self._lost_bytes = self._first_bytes = 0
        self._squares = 0
        self._since: float | None = None
        self._until = 0.0

    def add(self, results: Sequence[PacketResult]) -> None:
        sizes = [each.size for each in results]
        lost = [each.size for each in results if each.received_at is None]
        self._until = results[-1].sent_at
        self._packets += len(results)
        self._lost += len(lost)
        self._lost_bytes += sum(lost)
        self._bytes += sum(sizes)
        self._squares += sum([size * size for size in sizes])
        if self._since is None:
            self._since = self._until
            self._first_bytes = self._bytes

    @property
    def weight(self) -> float:
        """As many packets of one size would say as much: small ones hardly count."""
        return self._bytes * self._bytes / self._squares

    @property
    def is_complete(self) -> bool:
        return (
            self._since is not None
            and self._until - self._since >= WINDOW_S
            and (self.weight >= WINDOW_PACKETS or self._until - self._since >= LONGEST_WINDOW_S)
        )

    @property
    def loss(self) -> float:
        """Of the packets."""
        return self._lost / self._packets

    def taken(self) -> Window:
        assert self._since is not None
        rate = (self._bytes - self._first_bytes) * 8 / (self._until - self._since)
        return Window(self.weight, self._lost_bytes / self._bytes, max(rate, 1.0))
