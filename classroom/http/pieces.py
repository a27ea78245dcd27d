"""Pieces of files on their way in, whatever they are for: how slow one may be, whose turn it is.

A slow or silent piece is over; what came of it stays, and the next one goes on from there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from weakref import WeakValueDictionary

from quart import request

from classroom.clock import monotonic
from classroom.errors import Refused
from classroom.people.throttle import Throttle

QUIET_MAX_S = 10.0
"""Without a byte a piece is over: who lost the network must not keep themselves out."""
SLOWEST_BPS = 16 * 1024
"""Bytes a second that a piece must come at, each QUIET_MAX_S anew; else it is over as well."""
PIECE_WITHIN_S = 120.0


def asked_offset() -> int:
    """Where the piece of this request begins; Refused `body.malformed`."""
    offset = request.args.get("offset", type=int)
    if offset is None or offset < 0:
        raise Refused("body.malformed", {"field": "offset"})
    return offset


class PieceTurns:
    """Who sends pieces faster than they may waits for their turn."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, key: str) -> None:
        """Wait as long as pieces of this person come too fast."""
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = asyncio.Lock()
        async with turn:
            wait_s = self._throttle.take(key, now=monotonic())
            if wait_s > 0:
                await asyncio.sleep(wait_s)
                self._throttle.take(key, now=monotonic())


async def bounded(body: AsyncIterator[bytes], most: int, too_much: Refused) -> AsyncIterator[bytes]:
    """The pieces of a body as long as they come in time; the refusal beyond `most`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PIECE_WITHIN_S
    since, came = loop.time(), 0
    while True:
        try:
            async with asyncio.timeout_at(min(end, loop.time() + QUIET_MAX_S)):
                piece = await anext(body)
        except (StopAsyncIteration, TimeoutError):
            return
        most -= len(piece)
        if most < 0:
            raise too_much
        yield piece
        came += len(piece)
        if loop.time() - since >= QUIET_MAX_S:
            if came < SLOWEST_BPS * QUIET_MAX_S:
                return
            since, came = loop.time(), 0
