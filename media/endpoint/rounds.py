"""Rounds: what is looked after ten times a second, whatever packets come.

Reports that are due, layers that came alive or died, who is speaking, which receivers get other
layers than last said, whose network is bad, and what is recorded. Decides only when; each of them
decides for itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from media.endpoint import reports
from media.endpoint.directory import Directory
from media.endpoint.downlinks import Downlinks
from media.endpoint.event import ConsumerLayersChanged, Event, SpeakersChanged
from media.endpoint.line import Subscription
from media.endpoint.remedies import Remedies
from media.endpoint.requests import Requests
from media.endpoint.taps import Taps
from media.source import Kind

INTERVAL = 0.1


class Rounds:
    """Of one exchange."""

    def __init__(
        self,
        directory: Directory,
        requests: Requests,
        downlinks: Downlinks,
        *,
        remedies: bool = True,
    ) -> None:
        self.next_at: float | None = None
        self.taps = Taps(requests)
        self._directory = directory
        self._requests = requests
        self._downlinks = downlinks
        self.remedies = Remedies(directory, downlinks, requests, is_on=remedies)

    def start(self, *, now: float) -> None:
        """There is something to look after."""
        if self.next_at is None:
            self.next_at = now + INTERVAL

    def make(self, *, now: float) -> Iterator[Event]:
        """One round, when it is time."""
        if self.next_at is None or now < self.next_at:
            return
        self.next_at = now + INTERVAL if self._directory.lines else None
        for line in self._directory.lines.values():
            for compound in reports.due(line, now=now):
                self._requests.repeating.send(line, compound, now=now)
        for publication in self._directory.publications.values():
            if publication.producer.track.kind is Kind.VIDEO:
                publication.producer.look_after(now=now)
                self._requests.look(publication, now=now)
        yield from self._speakers(now)
        yield from self._layers()
        yield from self.remedies.look_after(now=now)
        yield from self._downlinks.look_after(now=now)
        self.taps.look(now=now)

    def _speakers(self, now: float) -> Iterator[Event]:
        for router in self._directory.routers.values():
            speakers, before = router.speakers, router.speakers.dominant
            if speakers.judge(now=now):
                if speakers.dominant != before:
                    self._downlinks.sharing.mark_room(router)
                yield SpeakersChanged(router.router_id, speakers.ranking, speakers.dominant)

    def _layers(self) -> Iterator[Event]:
        for subscription in self._directory.subscriptions.values():
            event = layers_changed(subscription)
            if event is not None:
                yield event


def layers_changed(subscription: Subscription) -> ConsumerLayersChanged | None:
    """What to say of a picture whose layers are other than last said; None if nothing is new."""
    consumer = subscription.consumer
    if consumer.delivery.kind is Kind.AUDIO:
        return None
    selector = consumer.selector
    layers = None if selector.spatial is None else (selector.spatial, min(selector.temporal, 2))
    if layers == consumer.reported_layers:
        return None
    consumer.reported_layers = layers
    return ConsumerLayersChanged(consumer.consumer_id, *(layers or (None, None)))
