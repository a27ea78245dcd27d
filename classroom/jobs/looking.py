"""Looks whether there is something to do, again and again, and at once when woken."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod

import structlog

from whiteboard.store import StoreFailed

log = structlog.get_logger("classroom.jobs")


class Looking(ABC):
    """Invariant: a look that fails ends nothing, and after `close` none goes on: what was broken
    off has to be found again by a look after the next start."""

    def __init__(self, name: str, every_s: float, *, workers: int = 1) -> None:
        """`workers` look beside each other."""
        self._name = name
        self._every_s = every_s
        self._workers = workers
        self._woken = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @abstractmethod
    async def _look(self) -> None:
        """Do all that is to be done now."""

    async def start(self) -> None:
        """Begin to look."""
        self._tasks = [
            asyncio.create_task(self._work(), name=f"{self._name} {number}")
            for number in range(self._workers)
        ]

    def wake(self) -> None:
        """There is something to do: it is not to wait until somebody looks."""
        self._woken.set()

    async def close(self) -> None:
        """Stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            self._woken.clear()  # before looking: who is woken while they look looks again
            try:
                await self._look()
            except StoreFailed as failure:
                log.warning("jobs.not_read", loop=self._name, reason=str(failure))
            except Exception:  # the next look may find it mended
                log.exception("jobs.failed", loop=self._name)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every_s):
                    await self._woken.wait()
