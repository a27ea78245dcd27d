"""The record of one recording's consents: lines in their order, each stored before what it allows.

What only tells is tried again for a while; a yes that could not be stored counts for nothing, and
whoever gave it is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from classroom.store.consent import ConsentDeed
from whiteboard.store import StoreFailed

WITHIN_S = 5.0
"""For one write; one that hangs has failed."""
AGAIN_AFTER_S = 1.0
TRIES = 10

log = structlog.get_logger("classroom.live.recording")


@dataclass(frozen=True, slots=True)
class _Waiting:
    deed: ConsentDeed
    then: Callable[[], None] | None
    otherwise: Callable[[], None] | None


class Ledger:
    """Invariant: `then` of a line is called after it was stored, or never."""

    def __init__(
        self,
        recording_id: str,
        lines: Callable[[Sequence[ConsentDeed]], Awaitable[None]],
        sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    ) -> None:
        self.recording_id = recording_id
        self._lines = lines
        self._sleep = sleep
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    def note(
        self,
        deed: ConsentDeed,
        then: Callable[[], None] | None = None,
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Have it stored. With `otherwise` it is tried once, else for a while."""
        self._waiting.append(_Waiting(deed, then, otherwise))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="consents")

    async def settled(self) -> None:
        """Returns when nothing waits any more."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _run(self) -> None:
        tries = 0
        while self._waiting:
            batch, self._waiting = self._waiting, []
            if await self._store([one.deed for one in batch]):
                tries = 0
                for one in batch:
                    _call(one.then)
                continue
            tries += 1
            for one in batch:
                _call(one.otherwise)
            left = [one for one in batch if one.otherwise is None]
            if tries >= TRIES:
                log.error("consent.lines_lost", recording=self.recording_id, lines=len(left))
                continue
            self._waiting = [*left, *self._waiting]
            if left:
                await self._sleep(AGAIN_AFTER_S)

    async def _store(self, deeds: list[ConsentDeed]) -> bool:
        try:
            async with asyncio.timeout(WITHIN_S):
                await self._lines(deeds)
        except (StoreFailed, TimeoutError) as failure:
            log.error("consent.not_stored", recording=self.recording_id, reason=str(failure))
            return False
        return True


def _call(what: Callable[[], None] | None) -> None:
    if what is None:
        return
    try:
        what()
    except Exception:
        log.exception("consent.follow_failed")
