"""Downlinks: congestion control of all lines: when each part of it has something to do.

Decides the order: what a link was found to carry is divided first, then packets leave, then
clusters that probe for more are filled up.
"""

from __future__ import annotations

from collections.abc import Iterator

from media.endpoint.directory import Directory
from media.endpoint.egress import Egress
from media.endpoint.event import DownlinkChanged
from media.endpoint.flow import Flow
from media.endpoint.line import Line, Subscription
from media.endpoint.probes import Probes
from media.endpoint.requests import Requests
from media.endpoint.sharing import Sharing


class Downlinks:
    """Of one exchange."""

    def __init__(self, directory: Directory, egress: Egress, requests: Requests) -> None:
        self.sharing = Sharing(directory, egress.queues, requests, egress.faults)
        self.flow = Flow(egress, requests, self.sharing)
        self.probes = Probes(egress.singles, self.sharing, egress.faults)
        self._directory = directory
        self.egress = egress
        self._requests = requests

    def told(self, line: Line, *, now: float) -> None:
        """The receiver told what arrives."""
        if line.downlink.has_fallen:
            self.sharing.mark(line)
        else:
            self.probes.consider(line, now=now)

    def flush(self, *, now: float) -> None:
        """Sends what is pending, and what waited for its turn."""
        self.sharing.flush(now=now)
        self.egress.flush(now)
        self.probes.flush(now=now)

    def look_after(self, *, now: float) -> Iterator[DownlinkChanged]:
        """Ten times a second: what needs no packet to happen."""
        for line in self._directory.lines.values():
            line.downlink.handle_timer(now=now)
            self.probes.consider(line, now=now)
        for subscription in self.egress.queues.overfull(now):
            self._start_again(subscription, now)
        for subscription in self.egress.queues.late():
            self._catch_up(subscription, now)
        yield from self.sharing.look_after(now=now)

    def next_at(self) -> float | None:
        """When `flush` has something to do that no datagram is the cause of."""
        egress = self.egress
        parts = (egress.queues, egress.echoes, egress.copies, self.probes)
        times = [part.next_at() for part in parts]
        return min((at for at in times if at is not None), default=None)

    def close(self, line: Line) -> None:
        """The line is gone."""
        self.sharing.close(line)
        self.probes.close(line)
        self.egress.queues.close(line)
        self.egress.echoes.close(line)
        self.egress.copies.close(line)

    def _catch_up(self, subscription: Subscription, now: float) -> None:
        """The next key frame makes what waits needless. It is asked for as late as others bear."""
        stretch = subscription.consumer.stretch
        publication = subscription.publication
        if stretch is not None:
            stream = publication.producer.streams[stretch.view.spatial]
            stream.key_frames.want(now=now, is_patient=True)
            self._requests.look(publication, now=now)

    def _start_again(self, subscription: Subscription, now: float) -> None:
        """What waited too long is dropped; its receiver goes on at a key frame, as late as others
        bear to pay for one.
        """
        producer = subscription.publication.producer
        producer.stop(subscription.consumer, now=now)
        self.egress.queues.forget(subscription)
        producer.review(now=now)
        self._requests.look(subscription.publication, now=now)
        self.sharing.mark(subscription.line)
