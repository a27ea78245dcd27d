"""Probing: short clusters of packets above the target, to learn whether the path carries more.

Decides when to send one and what its answer says. Filling it with padding is the sender's.
A cluster tells the truth of a queue, which spreads it to the rate of the link. A bucket that was
full lets it pass whole. So a target that had to come down again soon after a probe had raised it
makes probes doubted: they go up in smaller steps, and each has to hold for a while before the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from media.congestion.send_log import PacketResult

PROBE_S = 0.04
"""Seconds a cluster takes: four ticks, so that three intervals can be measured."""
PROBE_PACKETS = 5
_LEAST_BYTES = 1500
FIRST, FURTHER, NEAR, DOUBTED = 3.0, 2.0, 1.5, 1.4
"""Times the target: at the start, when nothing is known and a class should not begin blurred;
later; soon after the target came down; and while probes are doubted."""
RECOVERIES_S = (0.5, 4.0)
"""Seconds to the next cluster while the target lies below what worked lately; doubled each time."""
INTERVALS_S = (5.0, 15.0)
"""Seconds to the next cluster after one that found nothing more; doubled for each that deceived."""
EARLY, EARLY_S = 6, 0.5
"""So many of the first clusters that left slower than they should have are looked at again after
so long: of fifty lines that begin at once, some leave late, and nothing was learned.
"""
CONFIRM_S = 0.7
"""What a doubted probe raised the target to has to hold as long, and what is new soon after the
target came down: a bucket lets two clusters pass as well as one.
"""
_REFUTED_S, _REFUTED_SHARE = 3.0, 0.8
_DOUBTS = 3
_AFTERMATH_S = 0.35
"""Seconds a cluster's own queue may show, beyond its round trip: a feedback, and draining."""
_ANSWER_S = 1.0
"""Seconds an answer may take; then the probe is given up."""
_SATURATED = 0.9
"""A cluster that came slower than this much of its sending rate filled the path."""
_NOISY = 0.2
"""Of the path's own loss, from which on what it loses of a cluster says nothing of its rate."""
_NOISY_PACKETS, _NOISY_PART = 3, 0.5
"""Where the path loses so much, packets of a cluster that have to come, and the part of its bytes
from the first of them to the last; with less nothing was learned."""
UNCLEAR_S = 0.5
"""Seconds to the next cluster after one of which nothing was learned for that reason."""
_SHARE = 0.95
"""Of what a saturated path delivered; as libwebrtc takes it."""


class Probe(NamedTuple):
    """For `bytes` in at least `packets` packets, everything of the line together leaves at
    `rate_bps`, all of it marked with `cluster` in the send log. Media that leaves anyway counts;
    padding fills the rest.
    """

    cluster: int
    rate_bps: int
    bytes: int
    packets: int


class Answer(NamedTuple):
    """What the path delivered of a cluster, and whether that filled it."""

    rate_bps: float
    is_full: bool


@dataclass(slots=True)
class _Pending:
    probe: Probe
    asked_at: float
    results: list[PacketResult] = field(default_factory=list)
    size: int = 0


class Probing:
    """Of one path; one cluster at a time. `next_at` is when the next one may be sent."""

    def __init__(self) -> None:
        self.next_at = 0.0
        self._pending: _Pending | None = None
        self._clusters = 0
        self._early = EARLY
        self._interval = INTERVALS_S[0]
        self._recovery = RECOVERIES_S[0]
        self._begun_at = 0.0
        self._doubts = 0
        self._raised: tuple[float, float] | None = None  # when a probe raised the target, to what

    @property
    def is_running(self) -> bool:
        """Whether a cluster is not answered yet."""
        return self._pending is not None

    def is_due(self, *, round_trip: float, now: float, is_lossy: bool = False) -> bool:
        """Whether one may be sent now; one that was not answered in time is given up. Where the
        path `is_lossy` its answer was lost, and nothing was learned: the next one may follow.
        """
        pending = self._pending
        if pending is not None and now - pending.asked_at > _ANSWER_S + round_trip:
            self._pending = None
            if is_lossy and not pending.results:
                self.next_at = min(self.next_at, now)
        return self._pending is None and now >= self.next_at

    def is_felt(self, *, round_trip: float, now: float) -> bool:
        """Whether a queue that shows now may be the newest cluster's own. Not where a cluster has
        just raised the target: then the queue says that it deceived.
        """
        if not self._clusters or self._raised is not None:
            return False
        return now - self._begun_at < PROBE_S + round_trip + _AFTERMATH_S

    def factor(self, *, is_near: bool) -> float:
        """Times the target the next cluster is to be sent at; `is_near` what the path carries."""
        if self._doubts:
            return DOUBTED
        if not self._clusters:
            return FIRST
        return NEAR if is_near else FURTHER

    def begin(self, rate: float, *, now: float) -> Probe:
        """A cluster at `rate`, to be sent from now on."""
        self._clusters += 1
        size = max(int(rate * PROBE_S / 8), _LEAST_BYTES)
        probe = Probe(self._clusters, int(rate), size, PROBE_PACKETS)
        self._pending = _Pending(probe, now)
        self._begun_at = now
        self.next_at = now + self._interval
        return probe

    def recover(self) -> None:
        """The target came down, but the path has been free for a while: the next cluster comes
        sooner than otherwise.
        """
        at = self._begun_at + self._recovery
        if at < self.next_at and self._pending is None:
            self.next_at = at
            self._recovery = min(2 * self._recovery, RECOVERIES_S[1])

    def recovered(self) -> None:
        """The target is where it was."""
        self._recovery = RECOVERIES_S[0]

    def update(self, results: Sequence[PacketResult], inherent: float) -> Answer | None:
        """What the cluster told, once feedback came to its end; the path loses the share
        `inherent` of everything.
        """
        pending = self._pending
        if pending is None:
            return None
        for each in results:
            if each.cluster == pending.probe.cluster:
                pending.results.append(each)
                pending.size += each.size
            elif pending.results and each.number > pending.results[-1].number:
                return self._measured(pending, inherent)
        told = pending.size >= pending.probe.bytes
        if told and len(pending.results) >= PROBE_PACKETS:
            return self._measured(pending, inherent)
        return None

    def raised(self, rate: float, *, is_full: bool, is_new: bool, now: float) -> None:
        """The target followed the answer up to `rate`; the next cluster goes on from there. At
        once, but where `is_new`: soon after coming down, and above what worked lately.
        """
        self._raised = (now, rate)
        if not is_full:
            self.next_at = now + CONFIRM_S if self._doubts or is_new else now

    def reduced(self, rate: float, *, now: float) -> None:
        """The target had to come down to `rate`; soon after a probe, the probe has deceived."""
        self._early = 0
        if self._raised is None:
            return
        at, raised = self._raised
        self._raised = None
        if now - at < _REFUTED_S and rate < _REFUTED_SHARE * raised:
            self.doubt()
            self._interval = min(2 * self._interval, INTERVALS_S[1])
            self.next_at = now + self._interval

    def doubt(self) -> None:
        """The path has a bucket."""
        self._doubts = _DOUBTS

    def held(self, *, now: float) -> None:
        """Nothing speaks against the target."""
        if self._raised is not None and now - self._raised[0] >= CONFIRM_S:
            self._raised = None
            self._doubts = max(self._doubts - 1, 0)
            self._interval = INTERVALS_S[0]

    def _measured(self, pending: _Pending, inherent: float) -> Answer | None:
        """All packets of a burst have one sending time, so a cluster of n bursts was sent in n - 1
        intervals; it was received from its first packet to its last.
        """
        self._pending = None
        told = pending.results
        received = _noisy_rate(told) if inherent >= _NOISY else _rate(told, inherent)
        if received is None:
            if inherent >= _NOISY:
                self.next_at = min(self.next_at, pending.asked_at + UNCLEAR_S)
            return None
        sent, sending = float(pending.probe.rate_bps), told[-1].sent_at - told[0].sent_at
        if sending > 0:
            size = sum(each.size for each in told if each.sent_at < told[-1].sent_at)
            sent = min(sent, size * 8 / sending)
        if self._early and sent < _SATURATED * pending.probe.rate_bps:
            self._early -= 1
            self.next_at = min(self.next_at, pending.asked_at + EARLY_S)
        if received < _SATURATED * sent:
            return Answer(_SHARE * received, True)
        return Answer(min(sent, received), False)


def _rate(told: Sequence[PacketResult], inherent: float) -> float | None:
    """What of a cluster came in the time from its first packet to its last."""
    arrived = [each for each in told if each.received_at is not None]
    if len(arrived) < PROBE_PACKETS:
        return None
    interval = _interval(arrived)
    if interval <= 0:
        return None
    return (sum(each.size for each in arrived) - arrived[0].size) * 8 / interval / (1 - inherent)


def _noisy_rate(told: Sequence[PacketResult]) -> float | None:
    """Of the few that came the number is chance, and how far they were spread is not."""
    arrived = [each for each in told if each.received_at is not None]
    if len(arrived) < _NOISY_PACKETS:
        return None
    first, last = arrived[0].number, arrived[-1].number
    spread = sum(each.size for each in told if first < each.number <= last)
    if spread < _NOISY_PART * sum(each.size for each in told):
        return None
    interval = _interval(arrived)
    return spread * 8 / interval if interval > 0 else None


def _interval(arrived: Sequence[PacketResult]) -> float:
    """Seconds from when the first of them came to when the last did."""
    times = [each.received_at for each in arrived if each.received_at is not None]
    return max(times) - times[0]
