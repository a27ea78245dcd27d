"""Looks once after each start whether the rules of zones changed: they come with a new version."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from classroom.clock import utc_now
from classroom.store.drifting import tell_drifted
from whiteboard.store import StoreFailed

AGAIN_AFTER_S = 60.0

log = structlog.get_logger("classroom.zones")


class Zones:
    """Begins and ends with the others; after one look there is nothing more to do."""

    def __init__(self, on_letter: Callable[[], None]) -> None:
        self._on_letter = on_letter
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look now, and again only when that failed."""
        self._task = asyncio.create_task(self._work(), name="zones")

    def wake(self) -> None:
        """Zones change with a start alone."""

    async def close(self) -> None:
        """Stop; the next start looks again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            try:
                letters = await tell_drifted(at=utc_now())
            except StoreFailed as failure:
                log.warning("zones.not_read", reason=str(failure))
            except Exception:
                log.exception("zones.failed")
            else:
                if letters:
                    log.info("zones.changed", letters=letters)
                    self._on_letter()
                return
            await asyncio.sleep(AGAIN_AFTER_S)
