"""What waits to be written down of a live room: each thing once, in its latest form, by one task.

A class goes on while the database does not answer; what waits is written later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog

from classroom.live.last_tries import try_last
from whiteboard.store import StoreFailed

AGAIN_S = 2.0
CLOSE_WITHIN_S = 1.2

log = structlog.get_logger("classroom.live")

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Shelved:
    """What is kept, for the log: of which lesson, and what one is called."""

    lesson_id: str
    kind: str
    many: str


class Backlog(Generic[Thing]):
    """Invariant: `waiting` has each thing once, in its latest form, in the order of its coming.

    `write` keeps a batch, or raises what `faults` names: then the batch waits on. `batch_s` is how
    long the first of a batch waits for others.
    """

    def __init__(
        self,
        what: Shelved,
        write: Callable[[Mapping[str, Thing]], Awaitable[None]],
        sleep: Callable[[float], Awaitable[Any]],
        *,
        batch_s: float = 0.0,
        faults: tuple[type[Exception], ...] = (StoreFailed,),
    ) -> None:
        self._what = what
        self._keep = write
        self._sleep = sleep
        self._batch_s = batch_s
        self._faults = faults
        self.waiting: dict[str, Thing] = {}
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False

    def note(self, key: str, thing: Thing) -> None:
        """Have it written soon, or its new form."""
        self.waiting[key] = thing
        if self._task is None or self._task.done():
            what = self._what
            self._task = asyncio.create_task(self._run(), name=f"{what.kind} {what.lesson_id}")

    async def close(self) -> None:
        """Write what waits, within CLOSE_WITHIN_S; end the task."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        lost: tuple[type[Exception], ...] = (*self._faults, TimeoutError)
        try:
            until = asyncio.get_running_loop().time() + CLOSE_WITHIN_S
            async with asyncio.timeout_at(until):
                while self.waiting:
                    await try_last(self._write, until=until)
        except lost:
            what = self._what
            count = {what.many: len(self.waiting)}
            log.warning(f"{what.kind}.lost", lesson=what.lesson_id, **count)

    async def _run(self) -> None:
        while self.waiting:
            if pause_s := AGAIN_S if self._is_failing else self._batch_s:
                await self._sleep(pause_s)
            try:
                await self._write()
                self._is_failing = False
            except self._faults:
                if not self._is_failing:
                    log.warning(f"{self._what.kind}.write_failed", lesson=self._what.lesson_id)
                self._is_failing = True

    async def _write(self) -> None:
        """All that waits now; what changed meanwhile, and what failed, waits on."""
        batch = dict(self.waiting)
        await self._keep(batch)
        for key, thing in batch.items():
            if self.waiting.get(key, ...) is thing:
                del self.waiting[key]
