"""The server's numbers in Prometheus' text form: this process's registry and the media workers'.

Numbers only: no name, address, room or account ever becomes a label.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from classroom.clock import monotonic, utc_now
from classroom.http.doors import Media
from classroom.store.jobs import JobCounts, count_jobs
from classroom.store.letter_log import LetterCounts, count_letters
from media.errors import RemoteError
from whiteboard.store import StoreFailed

CONTENT_TYPE = CONTENT_TYPE_LATEST

REQUESTS = Counter(
    "classroom_http_requests", "Requests by route and status", ("route", "method", "status")
)
SECONDS = Histogram(
    "classroom_http_seconds",
    "Time to answer a request",
    ("route",),
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),
)
REFUSALS = Counter("classroom_http_refusals", "Requests refused, by code", ("code",))

NOT_NUMBERS = frozenset({"pid", "port", "place"})


KEPT_S = 1.0
"""How long an answer is good for: whoever asks more often hears the same."""


class Numbers:
    """The last answer, and when it was made."""

    def __init__(self, media: Media) -> None:
        self._media = media
        self._lock = asyncio.Lock()
        self._text = b""
        self._made_at = float("-inf")

    async def text(self) -> bytes:
        """Everything, as it was a second ago at most."""
        async with self._lock:
            if monotonic() - self._made_at >= KEPT_S:
                self._text = await metrics_text(self._media)
                self._made_at = monotonic()
            return self._text


async def metrics_text(media: Media) -> bytes:
    """Everything, now."""
    try:
        workers = await media.metrics()
    except RemoteError:
        workers = []  # one is being replaced; the rest is still worth telling
    registry = CollectorRegistry()
    registry.register(_Workers(workers))
    with suppress(StoreFailed):  # `/readyz` says that the database does not answer
        registry.register(_Jobs(await count_jobs(at=utc_now())))
        registry.register(_Letters(await count_letters(at=utc_now())))
    return generate_latest(REGISTRY) + generate_latest(registry)


class _Jobs(Collector):
    """What waits to be done, and what became of the rest."""

    def __init__(self, counts: JobCounts) -> None:
        self._counts = counts

    def collect(self) -> Iterable[Metric]:
        jobs = GaugeMetricFamily("classroom_jobs", "Jobs kept, by state", labels=("state",))
        for state in ("waiting", "done", "given_up"):
            jobs.add_metric((state,), getattr(self._counts, state))
        yield jobs
        late = GaugeMetricFamily("classroom_jobs_late_seconds", "How long a due job has waited")
        late.add_metric((), self._counts.late_s)
        yield late


class _Letters(Collector):
    """What was mailed and what waits."""

    def __init__(self, counts: LetterCounts) -> None:
        self._counts = counts

    def collect(self) -> Iterable[Metric]:
        letters = GaugeMetricFamily(
            "classroom_letters", "Letters kept, by state", labels=("state",)
        )
        for state, count in self._counts.states.items():
            letters.add_metric((state,), count)
        yield letters
        late = GaugeMetricFamily("classroom_letters_late_seconds", "How long a letter has waited")
        late.add_metric((), self._counts.late_s)
        yield late


class _Workers(Collector):
    """What the media workers told."""

    def __init__(self, workers: list[dict[str, Any]]) -> None:
        self._workers = workers

    def collect(self) -> Iterable[Metric]:
        count = GaugeMetricFamily("classroom_media_workers", "Media workers that answer")
        count.add_metric((), len(self._workers))
        yield count
        for name in sorted({name for worker in self._workers for name in worker} - NOT_NUMBERS):
            yield _gauge(name, {str(one.get("place", 0)): one.get(name) for one in self._workers})


def _gauge(name: str, values: dict[str, Any]) -> Metric:
    """A value by the worker's place; a counter by reason gets a label `reason`."""
    by_reason = any(isinstance(value, dict) for value in values.values())
    labels = ("worker", "reason") if by_reason else ("worker",)
    gauge = GaugeMetricFamily(f"classroom_media_{name}", f"Media {name}", labels=labels)
    for place, value in values.items():
        if isinstance(value, dict):
            for reason, number in value.items():
                gauge.add_metric((place, str(reason)), float(number))
        elif isinstance(value, int | float):
            gauge.add_metric((place, "")[: len(labels)], float(value))
    return gauge
