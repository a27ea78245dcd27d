"""Asks the media side for something, for so long; its refusals become the classroom's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

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


class Asking:
    """The questions of one live room to its worker.

    While an answer is overdue no other question is put: everything a socket asks is done in order,
    and one wait after the other would keep it from all that needs no worker.
    """

    def __init__(self) -> None:
        self._overdue: set[asyncio.Future[Any]] = set()

    async def ask(
        self,
        verb: Callable[..., Awaitable[T]],
        *arguments: Any,
        too_late: Callable[[T], None] | None = None,
    ) -> T:
        """The answer, or Refused; `too_late` is given one that comes after that."""
        if self._overdue:
            raise Refused(UNAVAILABLE)
        asked = asyncio.ensure_future(verb(*arguments))
        try:
            await asyncio.wait((asked,), timeout=MEDIA_WAIT_S)
        except asyncio.CancelledError:
            asked.cancel()
            raise
        if not asked.done():
            self._overdue.add(asked)
            asked.add_done_callback(partial(self._came, too_late))
            raise Refused(UNAVAILABLE)
        return _answer(asked)

    def forget(self) -> None:
        """The worker is gone: nothing is overdue any more."""
        for asked in self._overdue:
            asked.cancel()  # ends later; what it made went with the worker
        self._overdue.clear()

    def _came(self, too_late: Callable[[T], None] | None, asked: asyncio.Future[T]) -> None:
        """Too late to be of use, but the worker answers again."""
        self._overdue.discard(asked)
        if not asked.cancelled() and asked.exception() is None and too_late is not None:
            too_late(asked.result())


def _answer(asked: asyncio.Future[T]) -> T:
    try:
        return asked.result()
    except media_errors.RemoteError as refusal:
        raise Refused(UNAVAILABLE if refusal.code in _LOST else refusal.code) from refusal
    except (TimeoutError, OSError) as error:
        raise Refused(UNAVAILABLE) from error


async def ask_quietly(close: Callable[[T], Awaitable[None]], thing: T) -> None:
    """For closing what may be gone already; asked even of a worker that owes us an answer."""
    try:
        await Asking().ask(close, thing)
    except Refused:
        return
