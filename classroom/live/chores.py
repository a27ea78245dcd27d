"""Small tasks with one owner: started here, ended here, their failures told once.

For work whose end nobody waits for, such as closing what somebody left behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger("classroom.live")

Work = Callable[[], Awaitable[None]]
"""Called when the task begins: what never begins leaves no coroutine behind."""


class Chores:
    """The tasks of one owner. Invariant: after `close` none of them runs."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def start(self, work: Work, *, name: str) -> None:
        """Run it beside everything else; not at all when the owner is closed."""
        if self._is_closed:
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

    async def _run(self, work: Work, name: str) -> None:
        try:
            await work()
        except Exception:
            log.exception("chore.failed", chore=name)
