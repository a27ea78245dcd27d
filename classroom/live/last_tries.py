"""The last write of all: nothing comes after it, so it is tried for as long as there is time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from whiteboard.store import StoreFailed

FIRST_PAUSE_S = 0.05
LAST_PAUSE_S = 0.5
"""People's requests come between; the database waits a moment by itself each time, too
(`store.background`)."""


async def try_last(work: Callable[[], Awaitable[None]], *, until: float) -> None:
    """Do it; StoreFailed when it never worked until then (on the loop's clock)."""
    pause_s, time = FIRST_PAUSE_S, asyncio.get_running_loop().time
    while True:
        try:
            return await work()
        except StoreFailed:
            if time() + pause_s >= until:
                raise
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, LAST_PAUSE_S)
