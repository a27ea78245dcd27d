"""Writes that nobody waits for too long: a database that hangs raises nothing by itself.

What was given up may still be done: whoever writes the same thing again must not mind that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Hashable
from typing import Any

from whiteboard.store import StoreFailed

WRITE_WITHIN_S = 10.0
"""A write takes some milliseconds; SQLite waits 5 s for the command line."""


class Patience:
    """Invariant: while a write that was given up may still be done, nothing else of its key is
    begun, so that it never comes after what was written later."""

    def __init__(self, within_s: float = WRITE_WITHIN_S) -> None:
        self._within_s = within_s
        self._hanging: dict[Hashable, set[asyncio.Task[None]]] = {}

    async def write(self, key: Hashable, work: Coroutine[Any, Any, None]) -> None:
        """Do it; StoreFailed when it takes too long, and then it is not known whether it is done.

        It is never broken off: whoever is cancelled waits for its end as long as others do.
        """
        try:
            await self.settled(key)
        except BaseException:
            work.close()
            raise
        task = asyncio.create_task(work)
        self._hanging.setdefault(key, set()).add(task)
        task.add_done_callback(lambda done: self._forget(key, done))
        try:
            await asyncio.wait({task}, timeout=self._within_s)
        except asyncio.CancelledError:
            await asyncio.wait({task}, timeout=self._within_s)
            raise
        if not task.done():
            raise StoreFailed("the database does not answer in time")
        task.result()

    async def settled(self, key: Hashable) -> None:
        """Return when nothing of the key is being done; StoreFailed when that takes too long."""
        hanging = self._hanging.get(key)
        if hanging:
            _, late = await asyncio.wait(set(hanging), timeout=self._within_s)
            if late:
                raise StoreFailed("the database still has an earlier write to do")

    def _forget(self, key: Hashable, task: asyncio.Task[None]) -> None:
        hanging = self._hanging[key]
        hanging.discard(task)
        if not hanging:
            del self._hanging[key]
        if not task.cancelled():
            task.exception()  # looked at: whoever waited may be gone
