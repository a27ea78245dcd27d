"""Does jobs, some at a time, from starting to stopping; a restart goes on with what was left."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import timedelta

import structlog

from classroom.clock import monotonic, utc_now
from classroom.jobs.looking import Looking
from classroom.store.jobs import (
    JobRow,
    extend_job,
    give_back_job,
    put_off_job,
    sweep_jobs,
    take_job,
)
from whiteboard.store import StoreFailed

WORKERS = 4
SLOW_WORKERS = 2
"""So many at once do jobs of keys that were slow; the others are there for everybody else."""
SLOW_S = 2.0
SLOW_KEYS_MAX = 500
"""Remembered; beyond it all are forgotten, and found out again."""
LOOK_EVERY_S = 5.0
EXTEND_EVERY_S = 20.0
"""Three times within a lease: a job that takes long is not begun again beside itself."""
SWEEP_EVERY = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)
"""Jobs that are done, for whoever asks what became of them."""
FAILED_AGAIN = timedelta(minutes=5)

log = structlog.get_logger("classroom.jobs")

Handler = Callable[[JobRow], Awaitable[None]]
"""Does a job and says so to the store: done, or to be tried again."""


class JobLoop(Looking):
    """Invariant: after `close` no task of it runs; a job that was broken off is done later."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        workers: int = WORKERS,
        kinds: Collection[str] | None = None,
    ) -> None:
        """Of the kinds alone; None is every kind, also those nobody here can do."""
        super().__init__("jobs", LOOK_EVERY_S, workers=workers)
        self._handlers = handlers
        self._kinds = kinds
        self._taking = asyncio.Lock()
        self._busy: set[str] = set()
        """Keys somebody works for: of each key one job at a time."""
        self._sweep_at = utc_now()
        self._slow: set[str] = set()
        """Keys whose last job took long."""

    async def _look(self) -> None:
        await self._sweep()
        while (job := await self._take()) is not None:
            begun_at = monotonic()
            try:
                await self._do(job)
            finally:
                self._busy.discard(job.key)
                self._judge(job.key, monotonic() - begun_at)

    async def _sweep(self) -> None:
        """By one of the workers, now and then."""
        at = utc_now()
        if at >= self._sweep_at:
            self._sweep_at = at + SWEEP_EVERY
            await sweep_jobs(before=at - KEPT_FOR)

    async def _take(self) -> JobRow | None:
        """The next job, whose key is busy from now on."""
        async with self._taking:
            job = await take_job(at=utc_now(), but=self._not_now(), kinds=self._kinds)
            if job is not None:
                self._busy.add(job.key)
            return job

    def _not_now(self) -> Collection[str]:
        """Keys that have to wait: somebody works for them, or enough do for slow ones."""
        enough = len(self._busy & self._slow) >= SLOW_WORKERS
        return self._busy | self._slow if enough else self._busy

    def _judge(self, key: str, took_s: float) -> None:
        if took_s < SLOW_S:
            self._slow.discard(key)
            return
        if len(self._slow) >= SLOW_KEYS_MAX:
            self._slow.clear()
        self._slow.add(key)

    async def _do(self, job: JobRow) -> None:
        handler = self._handlers.get(job.kind)
        try:
            if handler is None:
                raise LookupError(f"nobody does jobs of kind {job.kind}")
            await _kept(handler(job), job.id)
        except asyncio.CancelledError:
            with contextlib.suppress(StoreFailed):  # then its lease ends by itself
                await give_back_job(job.id)
            raise
        except StoreFailed:
            raise
        except Exception:
            log.exception("job.failed", job=job.id, kind=job.kind)
            await put_off_job(job.id, until=utc_now() + FAILED_AGAIN, failure="a fault of ours")


async def _kept(work: Awaitable[None], job_id: int) -> None:
    """Do it, and keep its lease meanwhile."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(EXTEND_EVERY_S)
            with contextlib.suppress(StoreFailed):
                await extend_job(job_id, at=utc_now())

    keeper = asyncio.create_task(keep(), name="keep a lease")
    try:
        await work
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
