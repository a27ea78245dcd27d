"""How many pictures are on their way at once: what is sent lies in memory, what is fetched goes out
in pieces.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from weakref import WeakValueDictionary

from quart import Response
from quart.wrappers.response import ResponseBody

from classroom.errors import Refused
from classroom.http.body import PICTURE_WITHIN_S

SENT_MAX = 160 * 1024 * 1024
"""Bytes of all pictures that are being received and decoded; each lies in memory, once or twice."""
SENT_BY_SEAT_MAX = 40 * 1024 * 1024
"""A stack of photographs dropped at once; four seats that are slow on purpose fill all of it."""
COME_BACK_S = 5
FETCHED_AT_ONCE = 6
"""By one seat: as many connections as a browser opens."""
KEPT_BY_BROWSERS = "private, max-age=31536000, immutable"

Pieces = AsyncGenerator[bytes, None]


class SendingRoom:
    """Bytes promised to pictures on their way in. Invariant: never more than the two bounds."""

    def __init__(self, total: int = SENT_MAX, each: int = SENT_BY_SEAT_MAX) -> None:
        self._total = total
        self._each = each
        self._held: Counter[str] = Counter()

    @contextmanager
    def held(self, seat: str, size: int) -> Iterator[None]:
        """Hold `size` bytes for a seat; Refused `server.busy`, or `rate.limited` for its own."""
        if self._held.get(seat, 0) + size > self._each:
            raise Refused("rate.limited", {"retry_after_s": COME_BACK_S})
        if self._held.total() + size > self._total:
            raise Refused("server.busy", {"retry_after_s": COME_BACK_S})
        self._held[seat] += size
        try:
            yield
        finally:
            self._held[seat] -= size
            if not self._held[seat]:
                del self._held[seat]


class FetchingTurns:
    """Whose turn it is to be sent a picture: of one seat so many at once, the others wait."""

    def __init__(self, at_once: int = FETCHED_AT_ONCE) -> None:
        self._at_once = at_once
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def of(self, seat: str) -> asyncio.Semaphore:
        """To be held while a picture goes out to the seat."""
        turn = self._turns.get(seat)
        if turn is None:
            turn = self._turns[seat] = asyncio.Semaphore(self._at_once)
        return turn


class PictureBody(ResponseBody):
    """A picture on its way out: begun when it is its turn, piece by piece as they are taken."""

    def __init__(self, pieces: Callable[[], Pieces], turn: asyncio.Semaphore) -> None:
        self._pieces = pieces
        self._turn = turn
        self._begun: Pieces | None = None

    async def __aenter__(self) -> Pieces:
        await self._turn.acquire()
        self._begun = self._pieces()
        return self._begun

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        try:
            if self._begun is not None:
                await self._begun.aclose()
        finally:
            self._turn.release()


def picture_response(body: PictureBody, *, kind: str, size: int) -> Response:
    """The answer that has a picture of `size` bytes; it may take as long as sending one."""
    response = Response(body, content_type=kind)
    response.timeout = PICTURE_WITHIN_S
    response.headers["Content-Length"] = str(size)
    response.headers["Cache-Control"] = KEPT_BY_BROWSERS
    return response
