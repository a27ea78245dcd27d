"""The last write of all: nothing comes after it, so it is tried some times."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from whiteboard.store import StoreFailed

TRIES = 4
AGAIN_AFTER_S = 0.05
"""The database waits a moment by itself each time (`store.background`)."""


async def try_last(work: Callable[[], Awaitable[None]]) -> None:
    """Do it; StoreFailed when it never worked."""
    for _ in range(TRIES - 1):
        try:
            return await work()
        except StoreFailed:
            await asyncio.sleep(AGAIN_AFTER_S)
    await work()
