"""Probing: short clusters of packets above the target, to learn whether the path carries more.

Decides when to send one and what its answer says. Filling it with padding is the sender's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from media.congestion.send_log import PacketResult

PROBE_S = 0.04
"""Seconds a cluster takes: four ticks, so that three intervals can be measured."""
PROBE_PACKETS = 5
_LEAST_BYTES = 1500
FIRST_FACTOR = 3.0
"""Times the target of the first probe: nothing is known, and a class should not begin blurred."""
FACTOR = 2.0
CAUTIOUS_FACTOR = 1.4
"""Behind a policer: its bucket lets a cluster pass that the rate would not."""
REFUTED_S = 3.0
REFUTED_SHARE = 0.8
CONFIRM_S = 0.7
INTERVAL_S = 5.0
_AFTER_DROP_S = 2.0
_ANSWER_S = 1.0
"""Seconds an answer may take; then the probe is given up."""
_SATURATED = 0.9
"""A cluster that came slower than this much of its sending rate filled the path."""
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


@dataclass(slots=True)
class _Pending:
    probe: Probe
    asked_at: float
    results: list[PacketResult]


class Probing:
    """Of one path; one cluster at a time."""

    def __init__(self) -> None:
        self.next_at = 0.0
        self._pending: _Pending | None = None
        self._clusters = 0
        self._raised: tuple[float, float] | None = None  # when a probe raised the target, to what
        self.trust = 1.0

    @property
    def is_first(self) -> bool:
        return not self._clusters

    def begin(self, rate: float, *, now: float) -> Probe:
        """A cluster at `rate`, to be sent from now on."""
        self._clusters += 1
        size = max(int(rate * PROBE_S / 8), _LEAST_BYTES)
        probe = Probe(self._clusters, int(rate), size, PROBE_PACKETS)
        self._pending = _Pending(probe, now, [])
        self.next_at = now + INTERVAL_S
        return probe

    def raised(self, rate: float, *, now: float) -> None:
        """The target follows what a probe found."""
        self._raised = (now, rate)

    def reduced(self, rate: float, *, now: float) -> None:
        """The target went down to `rate`; soon after a probe that means the probe was wrong."""
        if self._raised is None:
            return
        at, raised = self._raised
        self._raised = None
        if now - at < REFUTED_S and rate < REFUTED_SHARE * raised:
            self.trust = 0.0
            self.next_at = now + INTERVAL_S

    def confirm(self, *, now: float) -> bool:
        """Whether what a probe raised the target to has held for a while."""
        if self._raised is None:
            return True
        if now - self._raised[0] < CONFIRM_S:
            return False
        self._raised = None
        self.trust = min(self.trust + 0.34, 1.0)
        return True

    def is_pending(self, *, now: float, round_trip: float) -> bool:
        """Whether a cluster is out; one that was never answered is given up."""
        if self._pending is None:
            return False
        if now - self._pending.asked_at > _ANSWER_S + round_trip:
            self._pending = None
        return self._pending is not None

    def update(self, results: Sequence[PacketResult]) -> tuple[float, bool] | None:
        """(what the path delivered, whether it was full) once a cluster is told to its end."""
        pending = self._pending
        if pending is None:
            return None
        for each in results:
            if each.cluster == pending.probe.cluster:
                pending.results.append(each)
            elif pending.results and each.number > pending.results[-1].number:
                self._pending = None
                return _measured(pending)
        return None


def _measured(pending: _Pending) -> tuple[float, bool] | None:
    arrived = [each for each in pending.results if each.received_at is not None]
    if len(arrived) < PROBE_PACKETS or len(arrived) < len(pending.results) / 2:
        return None
    times = [each.received_at for each in arrived if each.received_at is not None]
    first, last = arrived[0], arrived[-1]
    interval = max(times) - times[0]
    sending = last.sent_at - first.sent_at
    if interval <= 0:
        return None
    received = (sum(each.size for each in arrived) - first.size) * 8 / interval
    sent = float(pending.probe.rate_bps)
    if sending > 0:
        tail = sum(each.size for each in arrived if each.sent_at == last.sent_at)
        sent = min(sent, (sum(each.size for each in arrived) - tail) * 8 / sending)
    if received < _SATURATED * sent:
        return _SHARE * received, True
    return min(sent, received), False
