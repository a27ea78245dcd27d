"""Looks every two seconds which reminders are due, and has them written some at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from classroom.clock import utc_now
from classroom.jobs.looking import Looking
from classroom.store.jobs import JobRow, finish_job, free_jobs, take_jobs
from classroom.store.lesson_reminding import remind_of_lessons
from classroom.store.letter_posting import Letters
from classroom.store.reminding import KIND, TellDue, remind
from whiteboard.store import StoreFailed

LOOK_EVERY_S = 2.0
LESSONS_EVERY = timedelta(seconds=30)
BATCH = 25
"""Written in one transaction; the class goes on between two."""

log = structlog.get_logger("classroom.reminders")


class Reminders(Looking):
    """A restart repeats a batch that was broken off, and each letter still is one letter."""

    def __init__(self, letters: Letters, *, tell: TellDue | None = None) -> None:
        """`tell` is told of what is due for other systems."""
        super().__init__("reminders", LOOK_EVERY_S)
        self._letters = letters
        self._tell = tell
        self._is_freed = False
        """What was broken off before the start may be taken again."""
        self._lessons_at = utc_now()
        self.on_written: Callable[[], None] = lambda: None
        """There are new letters."""

    async def _look(self) -> None:
        if not self._is_freed:
            await free_jobs(KIND)
            self._is_freed = True
        is_more = True
        while is_more:
            is_more = await self._batch() > 0
            await asyncio.sleep(0)  # the class goes on
        await self._lessons()

    async def _lessons(self) -> None:
        """Those of timetables, now and then."""
        at = utc_now()
        if at >= self._lessons_at or at < self._lessons_at - LESSONS_EVERY:
            self._lessons_at = at + LESSONS_EVERY
            if await remind_of_lessons(at=at):
                self.on_written()

    async def _batch(self) -> int:
        jobs = await take_jobs(KIND, limit=BATCH, at=utc_now())
        try:
            await self._remind(jobs)
        except StoreFailed:
            raise
        except Exception:  # one that cannot be written keeps no other waiting
            for job in jobs:
                try:
                    await self._remind([job])
                except StoreFailed:
                    raise
                except Exception as error:
                    log.error("reminders.not_written", job=job.id, reason=type(error).__name__)
                    await finish_job(job.id, at=utc_now(), failure="a fault of ours")
        return len(jobs)

    async def _remind(self, jobs: Sequence[JobRow]) -> None:
        if jobs:
            await remind(jobs, self._letters, self._tell, at=utc_now())
            self.on_written()
