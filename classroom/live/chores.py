"""Small tasks with one owner: started here, ended here, their failures told once.

For work whose end nobody waits for, such as closing what somebody left behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger("classroom.live")


class Chores:
    """The tasks of one owner. Invariant: after `close` none of them runs."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Run it beside everything else."""
        if self._is_closed:
            work.close()
            return
        task = asyncio.create_task(self._run(work, name), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, *, within_s: float) -> None:
        """Let them finish for a while, then cancel the rest."""
        self._is_closed = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, work: Coroutine[Any, Any, None], name: str) -> None:
        try:
            await work
        except Exception:
            log.exception("chore.failed", chore=name)
