"""Asks the media side for something, for so long; its refusals become the classroom's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from classroom.errors import Refused
from media import errors as media_errors

MEDIA_WAIT_S = 2.0
"""Longest wait for a media worker; a healthy one answers within milliseconds, a busy one within
some hundred. The client waits 3 s for JoinMedia."""

UNAVAILABLE = "media.unavailable"
"""No worker can do it now; the client asks again."""

_LOST = ("router.unknown",)
"""Codes that say the worker is not the one we spoke to before."""

T = TypeVar("T")


async def ask(asked: Awaitable[T]) -> T:
    """What was asked for, or Refused."""
    try:
        async with asyncio.timeout(MEDIA_WAIT_S):
            return await asked
    except media_errors.RemoteError as refusal:
        raise Refused(UNAVAILABLE if refusal.code in _LOST else refusal.code) from refusal
    except (TimeoutError, OSError) as error:
        raise Refused(UNAVAILABLE) from error


async def ask_quietly(close: Callable[[T], Awaitable[None]], thing: T) -> None:
    """For closing what may be gone already."""
    try:
        await ask(close(thing))
    except Refused:
        return
