"""What each request about the wall of boards does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.live.wall_pages import open_wall
from classroom.room import wall_command
from classroom.wire import wall
from classroom.wire.requests import Done

DONE = Done()

OPENED = Limit(1, 10)
"""Each may make sixty pages."""
LED = Limit(5, 60)
MARKED = Limit(2, 10)


async def _open(live: LiveRoom, claim: Claim, request: wall.OpenWall) -> Done:
    await open_wall(live, claim.who, request.task_page_id, request.per)
    return DONE


async def _mark(live: LiveRoom, claim: Claim, request: wall.MarkTile) -> Done:
    live.do(wall_command.MarkTile(claim.who, request.mark))
    return DONE


async def _show(live: LiveRoom, claim: Claim, request: wall.ShowTile) -> Done:
    live.do(wall_command.ShowTile(claim.who, request.page_id, request.named))
    return DONE


async def _lock(live: LiveRoom, claim: Claim, request: wall.LockWall) -> Done:
    live.do(wall_command.LockWall(claim.who, request.on))
    return DONE


async def _close(live: LiveRoom, claim: Claim, request: wall.CloseWall) -> Done:
    live.do(wall_command.CloseWall(claim.who, request.keep))
    await live.board.making.kept()
    return DONE


ANSWERS: dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]] = {
    wall.OpenWall: _open,
    wall.MarkTile: _mark,
    wall.ShowTile: _show,
    wall.LockWall: _lock,
    wall.CloseWall: _close,
}
LIMITS: dict[type[Any], Limit] = {
    wall.OpenWall: OPENED,
    wall.MarkTile: MARKED,
    wall.ShowTile: LED,
    wall.LockWall: LED,
    wall.CloseWall: LED,
}
