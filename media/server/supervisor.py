"""Keeps the media workers of one machine running and says which rooms a dead one took along.

Each worker has a place (a UDP port). When its process dies the place goes to a spare process that
has everything imported and waits, so that rooms can come back within milliseconds; the next spare
is made at leisure. A place that cannot be filled is tried again, ever more slowly.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from media.errors import Refused
from media.ids import RouterId
from media.server.events import MediaEvent, WorkerLost, WorkerReady, decode
from media.server.process import MediaWorker

log = logging.getLogger(__name__)

RETRY_S = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0)
"""Waits before each attempt to fill a place; the last repeats."""

RELEASE_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Waits for the kernel to let go of a dead worker's port: the control socket may end before it."""

SPARE_AFTER_S = 1.0
"""A spare is made when the start, or the return of everybody to a new worker, is over."""

STABLE_S = 10.0
"""A worker that lived so long did not die of its start: begin again without waiting."""

PING_S = 2.0
SILENT_S = 8.0
"""A worker that leaves a ping unanswered so long is killed; its rooms hear nothing anyway."""

BIRTH_S = 30.0
"""A new process imports for 0.2 s; on a machine in trouble it may take long."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where workers bind and what browsers are told."""

    host: str
    port: int
    announced: tuple[str, ...] = ()


@dataclass(slots=True)
class _Place:
    port: int
    announced: tuple[str, ...]
    worker: MediaWorker | None = None
    failures: int = 0
    was_filled: bool = False
    since: float = 0.0


class MediaWorkers:
    """Supervises a fixed number of places."""

    def __init__(self, site: Site, *, count: int, on_event: Callable[[MediaEvent], None]) -> None:
        self._host = site.host
        self._places = [_place(site, index) for index in range(count)]
        self._on_event = on_event
        self._names = (f"w{number}" for number in itertools.count(1))
        self._spare: MediaWorker | None = None
        self._processes: set[MediaWorker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def running(self) -> list[MediaWorker]:
        """The workers that take verbs now."""
        return [place.worker for place in self._places if place.worker is not None]

    @property
    def ready(self) -> bool:
        """Is at least one running?"""
        return bool(self.running)

    def find(self, name: str) -> MediaWorker | None:
        """The running worker of that name."""
        return next((worker for worker in self.running if worker.name == name), None)

    def least_loaded(self) -> MediaWorker:
        """The worker with the fewest routers; Refused("media.unavailable") without any."""
        if not self.ready:
            raise Refused("media.unavailable", "no media worker runs")
        return min(self.running, key=lambda worker: len(worker.routers))

    async def start(self) -> None:
        """Fill all places, then make a spare and watch over them."""
        filled = await asyncio.gather(
            *(self._fill(place) for place in self._places), return_exceptions=True
        )
        failed = next((one for one in filled if isinstance(one, BaseException)), None)
        if failed is not None:
            await self.close()
            raise failed
        self._begin(self._make_spare())
        self._begin(self._watch())

    async def close(self) -> None:
        """End everything, the spare too."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._spare = None
        for place in self._places:
            place.worker = None
        await asyncio.gather(*(self._end(worker) for worker in tuple(self._processes)))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _spawn(self) -> MediaWorker:
        worker = MediaWorker(
            next(self._names),
            on_notice=lambda notice: self._on_event(decode(notice.event, notice.params)),
            on_lost=self._lost,
        )
        self._processes.add(worker)
        try:
            await worker.spawn()
            await worker.request("ping", within=BIRTH_S)
        except BaseException:
            await self._end(worker)
            raise
        return worker

    async def _end(self, worker: MediaWorker) -> None:
        await worker.close()
        self._processes.discard(worker)

    async def _fill(self, place: _Place) -> None:
        worker, self._spare = self._spare, None
        if worker is None:
            worker = await self._spawn()
        try:
            await self._open(worker, place)
        except BaseException:
            await self._end(worker)
            raise
        place.port = worker.port
        place.worker = worker
        place.was_filled = True
        place.since = asyncio.get_running_loop().time()

    async def _open(self, worker: MediaWorker, place: _Place) -> None:
        for wait in RELEASE_S if place.was_filled else ():
            try:
                return await worker.open(self._host, place.port, place.announced)
            except Refused as refusal:
                if refusal.code != "media.port_in_use":
                    raise
            await asyncio.sleep(wait)
        return await worker.open(self._host, place.port, place.announced)

    def _lost(self, worker: MediaWorker) -> None:
        if self._closed:
            return
        self._begin(self._end(worker))
        if worker is self._spare:
            self._spare = None
            self._begin(self._make_spare())
            return
        place = next((one for one in self._places if one.worker is worker), None)
        if place is None:
            return  # died before it had its place: whoever was filling it hears of it
        place.worker = None
        if asyncio.get_running_loop().time() - place.since >= STABLE_S:
            place.failures = 0
        log.warning("media worker lost pid=%d routers=%d", worker.pid, len(worker.routers))
        self._begin(self._restore(place))
        self._on_event(WorkerLost(tuple(RouterId(one) for one in sorted(worker.routers))))

    async def _restore(self, place: _Place) -> None:
        for wait in _waits(place.failures):
            await asyncio.sleep(wait)
            place.failures += 1
            try:
                await self._fill(place)
            except (Refused, OSError) as error:
                log.warning("media worker not restarted: %s", error)
            else:
                break
        self._on_event(WorkerReady())
        await self._make_spare()

    async def _make_spare(self) -> None:
        for wait in _waits(0):
            await asyncio.sleep(SPARE_AFTER_S + wait)
            if self._spare is not None:
                return
            try:
                spare = await self._spawn()
            except (Refused, OSError) as error:
                log.warning("no spare media worker: %s", error)
                continue
            if self._spare is None and spare.alive:
                self._spare = spare
            else:
                await self._end(spare)
            return

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(PING_S)
            await asyncio.gather(*(self._ping(worker) for worker in self.running))

    async def _ping(self, worker: MediaWorker) -> None:
        try:
            await worker.request("ping", within=SILENT_S)
        except Refused:
            log.warning("media worker silent pid=%d", worker.pid)
            worker.kill()


def _place(site: Site, index: int) -> _Place:
    """Place `index` has the index-th port; announced addresses with a port of their own move along
    with it. Port 0 stays the kernel's choice."""
    port = site.port + index if site.port else 0
    return _Place(port, tuple(_shifted(text, index) for text in site.announced))


def _shifted(text: str, index: int) -> str:
    host, colon, port = text.rpartition(":")
    own_port = bool(colon) and port.isdecimal() and (":" not in host or host.endswith("]"))
    return f"{host}:{int(port) + index}" if own_port else text


def _waits(failures: int) -> Iterator[float]:
    last = len(RETRY_S) - 1
    return (RETRY_S[min(step, last)] for step in itertools.count(failures))
