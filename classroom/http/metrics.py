"""The server's numbers in Prometheus' text form: our own, the live rooms', the media workers'.

Numbers only: no name, address, room or account ever becomes a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from classroom.http.doors import Media
from media.errors import RemoteError

SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """Counts requests as they end and collects the rest when asked."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "classroom_http_requests",
            "Requests by route and status",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "classroom_http_seconds",
            "Time to answer a request",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._refusals = Counter(
            "classroom_http_refusals",
            "Refusals by code",
            ("code",),
            registry=self._registry,
        )
        self._seen = _Seen()
        self._registry.register(self._seen)

    def count(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """One request has been answered."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def refused(self, code: str) -> None:
        """One request has been refused."""
        self._refusals.labels(code).inc()

    async def text(self, *, live: Mapping[str, int], media: Media) -> bytes:
        """Everything, now."""
        self._seen.live = dict(live)
        try:
            self._seen.media = await media.metrics()
        except RemoteError:
            self._seen.media = []  # a worker is being replaced; the rest is still worth telling
        return generate_latest(self._registry)


class _Seen(Collector):
    """What the live rooms and the media workers told last."""

    def __init__(self) -> None:
        self.live: dict[str, int] = {}
        self.media: list[dict[str, Any]] = []

    def collect(self) -> Iterable[Metric]:
        for name, value in sorted(self.live.items()):
            gauge = GaugeMetricFamily(f"classroom_live_{name}", f"Live {name}")
            gauge.add_metric((), value)
            yield gauge
        workers = GaugeMetricFamily("classroom_media_workers", "Media workers that answer")
        workers.add_metric((), len(self.media))
        yield workers
        yield from _worker_gauges(self.media)


def _worker_gauges(workers: list[dict[str, Any]]) -> Iterable[Metric]:
    """A gauge for each counter of the workers; a counter by reason gets a label `reason`."""
    names = sorted({name for worker in workers for name in worker} - {"pid", "port"})
    for name in names:
        values = [(str(i), worker.get(name)) for i, worker in enumerate(workers)]
        if any(isinstance(value, dict) for _, value in values):
            gauge = GaugeMetricFamily(
                f"classroom_media_{name}", f"Media {name} by reason", labels=("worker", "reason")
            )
            for index, value in values:
                for reason, number in (value or {}).items():
                    gauge.add_metric((index, str(reason)), number)
            yield gauge
        elif all(isinstance(value, int | float) for _, value in values):
            gauge = GaugeMetricFamily(
                f"classroom_media_{name}", f"Media {name}", labels=("worker",)
            )
            for index, value in values:
                gauge.add_metric((index,), float(value or 0))
            yield gauge
