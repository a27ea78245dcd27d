"""What each request about the ink on a shared screen does. What a page will show is stored first,
and the list of pages before an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.ids import new_id
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import ink_command as command
from classroom.room.page import STANDARD
from classroom.wire import ink
from classroom.wire.requests import Done

DONE = Done()
DRAWN = Limit(5, 60)
COPIED = Limit(1, 10)
"""Each makes a page in the store, and everybody opens it."""


async def _begin(live: LiveRoom, claim: Claim, request: ink.BeginInk) -> ink.InkBegun:
    live.do(command.BeginInk(claim.who, new_id(), request.look))
    begun = live.room.parts.ink.state.page_id
    await live.board.making.kept()
    return ink.InkBegun(begun)


async def _set(live: LiveRoom, claim: Claim, request: ink.SetInk) -> Done:
    live.do(command.SetInk(claim.who, request.look, request.open))
    return DONE


async def _clear(live: LiveRoom, claim: Claim, request: ink.ClearInk) -> Done:
    clear, making = command.ClearInk(claim.who), live.board.making
    async with making.turn:
        live.room.check(clear)
        page_id = live.room.parts.ink.state.page_id
        if await making.is_empty(page_id):
            return DONE
        await making.empty_next(page_id)
        live.do(clear)
    await making.kept()
    return DONE


async def _unclear(live: LiveRoom, claim: Claim, request: ink.UnclearInk) -> Done:
    unclear, making = command.UnclearInk(claim.who), live.board.making
    async with making.turn:
        live.room.check(unclear)
        await making.bring_back(live.room.parts.ink.state.page_id)
        live.do(unclear)
    await making.kept()
    return DONE


async def _freeze(live: LiveRoom, claim: Claim, request: ink.FreezeInk) -> ink.InkFrozen:
    height = round(STANDARD[0] * request.height / request.width)
    backdrop = f"asset:{request.asset}"
    freeze = command.FreezeInk(claim.who, new_id(), request.name, backdrop, height)
    making = live.board.making
    async with making.turn:
        live.room.check(freeze)
        drawn = live.room.parts.ink.state.page_id
        if drawn and not await making.is_empty(drawn):
            await making.copy_page(drawn, freeze.page_id)
        live.do(freeze)
    await making.kept()
    return ink.InkFrozen(freeze.page_id)


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    ink.BeginInk: _begin,
    ink.SetInk: _set,
    ink.ClearInk: _clear,
    ink.UnclearInk: _unclear,
    ink.FreezeInk: _freeze,
}
LIMITS: dict[type[Any], Limit] = {
    ink.BeginInk: DRAWN,
    ink.SetInk: DRAWN,
    ink.ClearInk: COPIED,
    ink.UnclearInk: COPIED,
    ink.FreezeInk: COPIED,
}
