"""Taps: which producers are recorded, looked after ten times a second.

Decides nothing of what is written; that is `forward.tap`'s. Costs nothing while nobody records.
"""

from __future__ import annotations

from contextlib import suppress

from media.endpoint.line import Publication
from media.endpoint.outlet import Sink
from media.endpoint.requests import Requests
from media.errors import Refused
from media.forward.tap import Tap
from media.ids import ProducerId


class Taps:
    """Of one exchange."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._recorded: dict[ProducerId, Publication] = {}

    def __len__(self) -> int:
        return len(self._recorded)

    def check(self, publication: Publication) -> None:
        """Refused `recording.exists` when the producer is recorded already."""
        producer = publication.producer
        if producer.tap is not None:
            raise Refused("recording.exists", producer.track.producer_id)

    def begin(self, publication: Publication, sink: Sink, began: float, *, now: float) -> None:
        """The producer is recorded. Refused as by `check`."""
        self.check(publication)
        producer = publication.producer
        self._recorded[producer.track.producer_id] = publication
        kind = producer.track.kind
        producer.record(Tap(producer.streams, kind, sink, began, now=now), now=now)
        self._requests.look(publication, now=now)

    def end(self, producer_id: ProducerId, *, at: float) -> bool:
        """No more of it; False when it was not recorded."""
        publication = self._recorded.pop(producer_id, None)
        if publication is None:
            return False
        publication.producer.stop_record(at=at)
        return True

    def end_all(self, *, now: float) -> None:
        """The worker ends."""
        for producer_id in list(self._recorded):
            self.end(producer_id, at=now)

    def look(self, *, now: float) -> None:
        """One round. A bug that met one of them ends it, which is told; and is raised when all had
        their turn."""
        fault: Exception | None = None
        for producer_id, publication in list(self._recorded.items()):
            tap = publication.producer.tap
            if tap is None or now < tap.due:
                continue
            try:
                tap.look(now=now)
                self._requests.look(publication, now=now)
            except Exception as error:
                fault = fault or error
                publication.producer.tap = None
                del self._recorded[producer_id]
                with suppress(Exception):  # it is the same one again
                    tap.fault(now=now)
        if fault is not None:
            raise fault
