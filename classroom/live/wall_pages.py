"""Makes the pages of a board for everyone: their content first, then the room names them.

A page that nobody names is seen by nobody, and goes when the next class opens; a page that was
named before its content was there would be drawn on and lost.
"""

from __future__ import annotations

import asyncio
from functools import partial

import structlog

from classroom.errors import Refused
from classroom.ids import ParticipantId, new_id
from classroom.live.board.live_board import LiveBoard
from classroom.live.room import LiveRoom
from classroom.room.participant import SeatState
from classroom.room.wall_command import GiveWallPage, OpenWall
from classroom.room.wall_state import Per

AGAIN_S = 2.0
"""Until a page that could not be made is tried again."""

log = structlog.get_logger("classroom.live")


async def open_wall(
    live: LiveRoom, by: ParticipantId, task_page_id: str | None, per: Per = "student"
) -> None:
    """A page for every student who is here now, or for every group; Refused as the room or the
    store refuses."""
    async with live.board.making.turn:
        pages = tuple((whose, new_id()) for whose in _owners(live, per))
        opened = OpenWall(by, task_page_id, pages, per)
        live.room.check(opened)
        for _, page_id in opened.pages:
            await _copy(live.board, task_page_id, page_id)
        live.do(opened)
    await live.board.making.kept()


class LatePages:
    """Gives a page to every student who comes after the others got theirs.

    Invariant: for whoever is in `_asked` a page is being made, or was refused a moment ago.
    """

    def __init__(self, live: LiveRoom) -> None:
        self._live = live
        self._asked: set[ParticipantId] = set()

    def settle(self) -> None:
        """To be called whenever somebody may have come."""
        wall = self._live.room.parts.wall
        if not wall.state.is_on:
            return
        for who in self._live.room.participants.values():
            is_here = who.seat is SeatState.HERE
            if is_here and who.id not in self._asked and wall.wants_page(who.id):
                self._asked.add(who.id)
                self._live.start(partial(self._make, who.id), name="wall page")

    async def _make(self, who: ParticipantId) -> None:
        try:
            await self._give(who)
        except Refused as refused:
            room_id = self._live.room.terms.room_id
            log.warning("wall.page_not_given", room=room_id, code=refused.code)
            await asyncio.sleep(AGAIN_S)
        finally:
            self._asked.discard(who)
        self.settle()

    async def _give(self, who: ParticipantId) -> None:
        live, wall = self._live, self._live.room.parts.wall
        async with live.board.making.turn:
            if not wall.wants_page(who):
                return
            given = GiveWallPage(who, new_id())
            live.room.check(given)
            await _copy(live.board, wall.state.task_page_id, given.page_id)
            live.do(given)


def _owners(live: LiveRoom, per: Per) -> list[str]:
    """Those who need a page; groups that are open have theirs."""
    groups = live.room.parts.groups.state
    if per == "group":
        return [] if groups.is_open else [group.id for group in groups.groups]
    return [who.id for who in live.room.participants.values() if who.role == "student"]


async def _copy(board: LiveBoard, original: str | None, page_id: str) -> None:
    """Nothing for an empty page, or one that was removed meanwhile."""
    known = {page.id for page in board.making.state.pages}
    if original in known and not await board.making.is_empty(original):
        await board.making.copy_page(original, page_id)
