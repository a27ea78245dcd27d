"""Keeps the media workers of one machine running and says which rooms a dead one took along.

Each worker has a place (a port number). When its process dies the place goes to a spare process
that has everything imported and waits, so that rooms can come back within milliseconds; the next
spare is made at leisure. A place that cannot be filled is tried again, ever more slowly.

A room goes to the worker that is least busy, and stays there as long as it lives.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from typing import Any

from media.errors import Refused
from media.ids import RouterId
from media.server.events import MediaEvent, WorkerLost, WorkerReady, decode
from media.server.place import Place, Site, check_ports, place_of
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

FILL_WAIT_S = 0.3
"""For a place that is being filled: a spare takes 0.03 s, and the rooms of a dead worker that come
back at once would otherwise all end up on those that are left."""

PING_S = 2.0
"""Each also measures how busy the worker is."""
SILENT_S = 8.0
"""A worker that leaves a ping unanswered so long is killed; its rooms hear nothing anyway."""

BIRTH_S = 30.0
"""A new process imports for 0.2 s; on a machine in trouble it may take long."""


class MediaWorkers:
    """Supervises a fixed number of places."""

    def __init__(self, site: Site, *, count: int, on_event: Callable[[MediaEvent], None]) -> None:
        self._site = site
        self._places = [place_of(site, index) for index in range(count)]
        self._on_event = on_event
        self._names = (f"w{number}" for number in itertools.count(1))
        self._spare: MediaWorker | None = None
        self._processes: set[MediaWorker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled = asyncio.Event()
        """No place is about to be filled."""
        self._closed = False

    @property
    def running(self) -> list[MediaWorker]:
        """The workers that take verbs now."""
        return [place.worker for place in self._places if place.worker is not None]

    @property
    def running_at(self) -> dict[int, MediaWorker]:
        """The same, by the number of their place."""
        return {
            number: place.worker
            for number, place in enumerate(self._places)
            if place.worker is not None
        }

    @property
    def ready(self) -> bool:
        """Is at least one running?"""
        return bool(self.running)

    def find(self, name: str) -> MediaWorker | None:
        """The running worker of that name."""
        return next((worker for worker in self.running if worker.name == name), None)

    async def least_busy(self) -> MediaWorker:
        """The worker for a new room; Refused("media.unavailable") without any. A place that is
        being filled is waited for, for a moment."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FILL_WAIT_S):
                await self._settled.wait()
        if not self.ready:
            raise Refused("media.unavailable", "no media worker runs")
        now = asyncio.get_running_loop().time()
        return min(self.running, key=lambda one: one.load.expected(rooms=len(one.routers), now=now))

    async def start(self) -> None:
        """Fill all places, then make a spare and watch over them."""
        check_ports(self._places)
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

    async def _fill(self, place: Place) -> None:
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
        if len(self.running) == len(self._places):
            self._settled.set()

    async def _open(self, worker: MediaWorker, place: Place) -> None:
        for wait in RELEASE_S if place.was_filled else ():
            try:
                return await self._bind(worker, place)
            except Refused as refusal:
                if refusal.code != "media.port_in_use":
                    raise
            await asyncio.sleep(wait)
        return await self._bind(worker, place)

    async def _bind(self, worker: MediaWorker, place: Place) -> None:
        site = self._site
        await worker.open(
            site.host, place.port, place.announced, site.recordings, remedies=site.remedies
        )

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
        self._settled.clear()
        if asyncio.get_running_loop().time() - place.since >= STABLE_S:
            place.failures = 0
        log.warning("media worker lost pid=%d routers=%d", worker.pid, len(worker.routers))
        self._begin(self._restore(place))
        self._on_event(WorkerLost(tuple(RouterId(one) for one in sorted(worker.routers))))

    async def _restore(self, place: Place) -> None:
        for wait in _waits(place.failures):
            await asyncio.sleep(wait)
            place.failures += 1
            try:
                await self._fill(place)
            except (Refused, OSError) as error:
                log.warning("media worker not restarted: %s", error)
                self._settled.set()  # this takes longer: new rooms go where there are workers
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
            answer = await worker.request("ping", within=SILENT_S)
        except Refused:
            log.warning("media worker silent pid=%d", worker.pid)
            worker.kill()
        else:
            worker.load.measured(answer["cpu_s"], now=asyncio.get_running_loop().time())


def _waits(failures: int) -> Iterator[float]:
    last = len(RETRY_S) - 1
    return (RETRY_S[min(step, last)] for step in itertools.count(failures))
