"""Notices of one live room on their way to its sockets: in order, each encoded once.

To whom a notice goes is fixed when it is posted, so nobody hears of what happened before they
came. The outbox is bounded; a notice that finds it full is dropped and counted, and whoever misses
a room event notices the gap in its numbers and asks for the whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from classroom.live.metrics import NOTICES_DROPPED
from classroom.wire import codec

LETTERS_MAX = 10_000
"""Several seconds of the busiest room; reached only when the process is stuck."""

Post = Callable[[str, dict[str, Any], list[str]], Awaitable[None]]
"""Sends an event with its payload to sockets."""


@dataclass(frozen=True, slots=True)
class Letter:
    event: str
    payload: dict[str, Any]
    sockets: list[str]


class Outbox:
    """A queue with one reader, the room's task."""

    def __init__(self) -> None:
        self._letters: asyncio.Queue[Letter] = asyncio.Queue(LETTERS_MAX)

    def put(self, notice: Any, sockets: Iterable[str]) -> None:
        """Enter a notice of the wire; never waits. One for nobody still wakes the reader."""
        self._enter(Letter(notice.NAME, codec.encode(notice), list(sockets)))

    def wake(self) -> None:
        """Make the reader look at its timers again."""
        self._enter(Letter("", {}, []))

    def _enter(self, letter: Letter) -> None:
        try:
            self._letters.put_nowait(letter)
        except asyncio.QueueFull:
            NOTICES_DROPPED.inc()

    @property
    def is_empty(self) -> bool:
        """Whether everything was taken."""
        return self._letters.empty()

    async def take(self, *, within_s: float | None) -> Letter | None:
        """The next letter; None when none came in time."""
        try:
            async with asyncio.timeout(within_s):
                return await self._letters.get()
        except TimeoutError:
            return None
