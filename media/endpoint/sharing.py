"""Sharing: how what each line carries is divided among its consumers.

Decides when it is divided anew: soon when the link carries less, somebody wants something else,
another one speaks, or a consumer comes or goes; otherwise now and then, as far as it may matter.
How it is divided is the allocator's; lines whose receivers tell nothing get everything.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from media.endpoint.demands import Measured, demands_of
from media.endpoint.directory import Directory
from media.endpoint.event import DownlinkChanged
from media.endpoint.faults import Faults
from media.endpoint.line import Line, Subscription
from media.endpoint.queues import Queues
from media.endpoint.requests import Requests
from media.forward.allocator import Allocation, Allocator, Reduction
from media.forward.demand import Layers
from media.forward.router import Router
from media.ids import EndpointId

SELDOM = 1.0
"""Seconds between two looks at a line that carries all that is wanted; that it does no longer shows
in its queue or its estimate, and is seen at once."""
TOLD_EACH = 0.5
"""Seconds between two tellings to one receiver."""
NOTABLE = 0.2
"""Change of the estimate that is told, as a share of what was."""

Reductions = tuple[tuple[str, str], ...]


class _Share:
    """What is known of one line besides its downlink."""

    __slots__ = ("allocation", "allocator", "due_at", "reductions", "told", "told_at")

    def __init__(self) -> None:
        self.allocator = Allocator()
        self.allocation: Allocation | None = None
        self.due_at = 0.0
        self.reductions: Reductions = ()
        self.told: tuple[int, Reductions] = (0, ())
        self.told_at = -TOLD_EACH


class Sharing:
    """Of all lines of an exchange."""

    def __init__(
        self, directory: Directory, queues: Queues, requests: Requests, faults: Faults
    ) -> None:
        self._directory = directory
        self._queues = queues
        self._requests = requests
        self._faults = faults
        self._shares: dict[Line, _Share] = {}
        self._due: dict[Line, None] = {}  # in the order they were marked

    def mark(self, line: Line) -> None:
        """It has to be divided anew, at the next flush."""
        if line.downlink.is_measured:
            self._due[line] = None

    def mark_room(self, router: Router) -> None:
        """The same for all lines of a room: another one speaks."""
        for line in self._directory.lines.values():
            if line.router is router:
                self.mark(line)

    def close(self, line: Line) -> None:
        """The line is gone."""
        self._due.pop(line, None)
        self._shares.pop(line, None)

    def reductions(self, line: Line) -> Reductions:
        """(consumer id, what is reduced), in order of importance."""
        share = self._shares.get(line)
        return share.reductions if share else ()

    def counts(self) -> dict[str, int]:
        """Lines that are measured, those of them that get less than they want, and the least of
        what any is estimated to carry.
        """
        measured = [line for line in self._directory.lines.values() if line.downlink.is_measured]
        estimates = [line.downlink.estimator.target_bps for line in measured]
        return {
            "downlinks": len(measured),
            "downlinks_reduced": sum(bool(self.reductions(line)) for line in measured),
            "downlink_bps_least": min(estimates, default=0),
        }

    def wanted_bps(self, line: Line) -> tuple[int, bool]:
        """What everything together would take, and whether some of it is not given."""
        share = self._shares.get(line)
        if share is None or share.allocation is None:
            return 0, False
        return share.allocation.wanted_bps, bool(share.reductions)

    def flush(self, *, now: float) -> None:
        """Divides what was marked."""
        if self._due:
            due, self._due = self._due, {}
            measured: Measured = {}
            for line in due:
                try:
                    self._divide(line, measured, now)
                except Exception as error:  # a bug of ours must not cost another room its class
                    self._faults.note(error)

    def look_after(self, *, now: float) -> Iterator[DownlinkChanged]:
        """Divides what is due, and says what receivers should know."""
        measured: Measured = {}
        for line in self._directory.lines.values():
            try:
                event = self._looked_after(line, measured, now)
            except Exception as error:  # as above
                self._faults.note(error)
                continue
            if event is not None:
                yield event

    def _looked_after(self, line: Line, measured: Measured, now: float) -> DownlinkChanged | None:
        downlink = line.downlink
        if not downlink.is_measured:
            return None
        share = self._share(line)
        if share.due_at <= now or downlink.has_fallen or downlink.pacer.queued_bytes:
            self._divide(line, measured, now)
        return self._news(line, share, now)

    def _share(self, line: Line) -> _Share:
        share = self._shares.get(line)
        if share is None:
            share = self._shares[line] = _Share()
        return share

    def _divide(self, line: Line, measured: Measured, now: float) -> None:
        share, downlink = self._share(line), line.downlink
        speaker = self._speaker(line.router)
        demands = demands_of(line, speaker, measured, now=now)
        downlink.planned_bps = downlink.estimator.target_bps if demands else 0
        share.due_at = now + SELDOM
        if not demands:
            share.allocation, share.reductions = None, ()
            return
        allocation = share.allocation = share.allocator.allocate(
            demands,
            capacity_bps=downlink.planned_bps,
            backlog_bytes=downlink.pacer.queued_bytes,
            now=now,
        )
        is_all_known = all(any(demand.rates) for demand in demands)
        if allocation.reductions or not is_all_known:
            share.due_at = now
        share.reductions = _named(allocation.reductions)
        for key, layers in allocation.layers.items():
            if isinstance(key, Subscription):
                self._allow(key, layers, now)

    def _allow(self, subscription: Subscription, layers: Layers | None, now: float) -> None:
        consumer, publication = subscription.consumer, subscription.publication
        if consumer.selector.allowed == layers:
            return
        publication.producer.allow(consumer, layers, now=now)
        if layers is None:
            self._queues.forget(subscription)
        self._requests.look(publication, now=now)

    def _speaker(self, router: Router) -> EndpointId | None:
        dominant = router.speakers.dominant
        publication = self._directory.publications.get(dominant) if dominant else None
        return publication.line.endpoint_id if publication else None

    def _news(self, line: Line, share: _Share, now: float) -> DownlinkChanged | None:
        if share.allocation is None and share.told == (0, ()):
            return None  # nothing but sound so far
        bitrate = line.downlink.estimator.target_bps
        told_bps, told = share.told
        is_notable = abs(bitrate - told_bps) > NOTABLE * told_bps
        if (share.reductions == told and not is_notable) or now < share.told_at + TOLD_EACH:
            return None
        share.told, share.told_at = (bitrate, share.reductions), now
        return DownlinkChanged(line.endpoint_id, bitrate, share.reductions)


def _named(reductions: Mapping[Hashable, Reduction]) -> Reductions:
    return tuple(
        (key.consumer.consumer_id, reduction.value)
        for key, reduction in reductions.items()
        if isinstance(key, Subscription)
    )
