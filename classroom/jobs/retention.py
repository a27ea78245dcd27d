"""Ends recordings at their time: their owner is reminded before, and then they are deleted.

Looked at each hour, and at the start. One that is held stays. Who watched is forgotten after two
years, and the record of who agreed ten years after the recording was deleted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from classroom.clock import utc_now
from classroom.store.consent import ConsentDeed, add_lines, sweep_lines
from classroom.store.recording_shares import sweep_views
from classroom.store.recordings import (
    RecordingRow,
    change_recording,
    expired_recordings,
    expiring_recordings,
)
from whiteboard.store import StoreFailed

EVERY_S = 3600.0
VIEWS_KEPT = timedelta(days=730)
RECORDS_KEPT = timedelta(days=3650)
"""After the recording was deleted."""

Delete = Callable[[str], Awaitable[None]]
Remind = Callable[[RecordingRow], Awaitable[None]]

log = structlog.get_logger("classroom.recordings")


class Retention:
    """Invariant: after `close` no task of it runs."""

    def __init__(
        self, delete: Delete, remind: Remind, go_on: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """`go_on` goes on with what was not deleted to its end."""
        self._delete = delete
        self._go_on = go_on or _nothing
        self._remind = remind
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on."""
        self._task = asyncio.create_task(self._keep_looking(), name="recordings' end")

    async def close(self) -> None:
        """Stop; what was broken off is done at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self, at: datetime) -> None:
        """Once: remind, delete, forget. StoreFailed, OSError."""
        for row in await expiring_recordings(at):
            await self._remind(row)
            await change_recording(row.id, reminded_at=at)
        for row in await expired_recordings(at):
            said = {"delete_after": row.delete_after.isoformat() if row.delete_after else ""}
            await add_lines(row.id, [ConsentDeed(at, "retention", body=said)])
            try:
                await self._delete(row.id)
            except OSError as failure:  # its keys are gone; others have their turn
                log.warning("recording.not_deleted", reason=type(failure).__name__)
        await self._go_on()
        await sweep_views(before=at - VIEWS_KEPT)
        await sweep_lines(before=at - RECORDS_KEPT)

    async def _keep_looking(self) -> None:
        while True:
            try:
                await self.look(utc_now())
            except (StoreFailed, OSError) as failure:  # in an hour again
                log.warning("recordings.not_looked_at", reason=type(failure).__name__)
            await asyncio.sleep(EVERY_S)


async def _nothing() -> None:
    """Nothing was broken off."""
