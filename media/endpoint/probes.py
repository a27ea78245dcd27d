"""Probes: short bursts above the estimate, to learn whether a line carries more.

Decides with what they are filled; when one is due and what it tells is `congestion`'s. Media that
leaves anyway counts. The rest are packets the receiver just got, once more by RTX, so that a probe
may even repair something; where there are none, packets of padding (RFC 4588 has no rule against
either; libwebrtc sends both). A line without pictures that have RTX does not probe.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from media.congestion.probing import Probe
from media.endpoint.faults import Faults
from media.endpoint.line import Line, Subscription
from media.endpoint.resending import again, padding
from media.endpoint.sharing import Sharing
from media.endpoint.single import Single
from media.endpoint.singles import Singles

STEP = 0.01
"""Seconds from one part of a cluster to the next: the tick of a busy worker."""
ROOM_TO_RISE = 1.4
"""More than everything wanted: the allocator goes up only where there is room to spare."""
ROOM_TO_STAY = 1.1
_FILLERS = 8
_MOST_STEPS = 20
"""Of a cluster that cannot be filled, because nothing leaves."""


@dataclass(slots=True)
class _Running:
    probe: Probe
    begun_at: float
    next_at: float
    steps: int = 0


class Probes:
    """Of all lines of an exchange. `count` is of clusters, `packets` of what filled them up."""

    def __init__(self, singles: Singles, sharing: Sharing, faults: Faults) -> None:
        self.count = 0
        self.packets = 0
        self._singles = singles
        self._sharing = sharing
        self._faults = faults
        self._running: dict[Line, _Running] = {}

    def consider(self, line: Line, *, now: float) -> None:
        """Begins a cluster if one is due."""
        downlink = line.downlink
        if not downlink.is_measured or line in self._running or not line.is_flowing:
            return
        wanted_bps, is_reduced = self._sharing.wanted_bps(line)
        wanted_bps = int(wanted_bps * (ROOM_TO_RISE if is_reduced else ROOM_TO_STAY))
        wanted_bps = max(wanted_bps, downlink.wished_bps)
        if wanted_bps <= downlink.estimator.target_bps or _filler(line) is None:
            return
        probe = downlink.estimator.probe(wanted_bps=wanted_bps, now=now)
        if probe is not None:
            self.count += 1
            downlink.begin_probe(probe)
            self._running[line] = _Running(probe, now, now)

    def next_at(self) -> float | None:
        """When `flush` has something to do."""
        return min((running.next_at for running in self._running.values()), default=None)

    def flush(self, *, now: float) -> None:
        """Sends what is due of every cluster. Nothing that views gained is pending."""
        for line, running in list(self._running.items()):
            if running.next_at <= now:
                try:
                    self._step(line, running, now)
                except Exception as error:  # a bug of ours must not cost another line its packets
                    self._faults.note(error)
                    line.downlink.end_probe()
                    self.close(line)

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._running.pop(line, None)

    def _step(self, line: Line, running: _Running, now: float) -> None:
        probe, downlink = running.probe, line.downlink
        elapsed = min(now - running.begun_at, running.steps * STEP) + STEP
        due = min(probe.rate_bps * elapsed / 8, probe.bytes)
        octets, packets = due - downlink.probed_bytes, running.steps + 1 - downlink.probed_packets
        if not downlink.pacer.queued_bytes and downlink.cluster == probe.cluster:
            for single in self._fillers(line):
                if octets <= 0 and packets <= 0:
                    break
                self._singles.send(line, single, now)
                self.packets += 1
                octets -= single.wire_bytes
                packets -= 1
        running.steps += 1
        running.next_at = now + STEP
        is_done = downlink.cluster != probe.cluster or (
            downlink.probed_bytes >= probe.bytes and downlink.probed_packets >= probe.packets
        )
        if is_done or running.steps >= _MOST_STEPS or not line.is_flowing:
            downlink.end_probe()
            del self._running[line]
            self._conclude(line, now)

    def _conclude(self, line: Line, now: float) -> None:
        """One packet behind the cluster: where nothing follows, nobody would tell that it ended."""
        single = next(self._fillers(line), None)
        if single is not None and not line.downlink.pacer.queued_bytes:
            self._singles.send(line, single, now)
            self.packets += 1

    def _fillers(self, line: Line) -> Iterator[Single]:
        """Packets to fill with, for ever."""
        subscription = _filler(line)
        if subscription is None or subscription.resends is None:
            return
        recent = list(islice(subscription.consumer.recent(), _FILLERS))
        if recent:
            for found in cycle(recent):
                yield again(found, subscription, subscription.resends)
        while True:
            yield padding(subscription, subscription.resends)


def _filler(line: Line) -> Subscription | None:
    """The picture whose packets fill a cluster: one that flows, else any that has RTX."""
    found = None
    for subscription in line.subscriptions.values():
        if subscription.resends is not None and _is_numbered(subscription):
            if subscription.consumer.stretch is not None:
                return subscription
            found = found or subscription
    return found


def _is_numbered(subscription: Subscription) -> bool:
    """Whether its packets are told of by transport-wide feedback."""
    return bool(subscription.consumer.delivery.extensions.transport)
