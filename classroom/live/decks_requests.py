"""What each request about decks on the stage does. What a deck keeps is stored before it goes, and
the list of pages before an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from classroom.clock import iso
from classroom.errors import Refused
from classroom.live.board_port import DeckDrawer
from classroom.live.deck_pages import DeckPages
from classroom.live.hub import Claim
from classroom.live.limits import Limit
from classroom.live.room import LiveRoom
from classroom.room import decks_command as command
from classroom.room.decks import pages_of
from classroom.room.page import Placement
from classroom.wire import decks
from classroom.wire.requests import Done

DONE = Done()
TRIES = 10
"""Of putting away a deck whose pages change meanwhile."""
PLACED = Limit(1, 10)
"""Each may make a thousand pages, and is told to everybody."""
LIMITS: dict[type[Any], Limit] = {
    decks.PlaceDeck: PLACED,
    decks.LeaveDeck: PLACED,
    decks.UpdateDeck: PLACED,
    decks.ListPlacements: PLACED,
}


class DeckRequests:
    """The answers to every request whose name begins with `deck.`."""

    def __init__(self, drawer: DeckDrawer, utc_now: Callable[[], datetime]) -> None:
        self._pages = DeckPages(drawer, utc_now)

    def answers(self) -> dict[type[Any], Callable[[LiveRoom, Claim, Any], Awaitable[Any]]]:
        """A function for each request."""
        return {
            decks.PlaceDeck: self._place,
            decks.LeaveDeck: self._leave,
            decks.UpdateDeck: self._update,
            decks.ListPlacements: self._list,
        }

    async def _place(
        self, live: LiveRoom, claim: Claim, request: decks.PlaceDeck
    ) -> decks.DeckPlaced:
        live.room.ground.must(claim.who, "may_lead_board")
        deck = await self._pages.coming(claim.seat, request.deck_id, request.placement_id)
        live.do(command.PlaceDeck(claim.who, deck.placement, deck.pages, deck.page_id))
        await live.board.making.kept()
        await self._pages.note_placed(claim.seat.room_id, request.deck_id)
        return decks.DeckPlaced(deck.placement.id)

    async def _leave(self, live: LiveRoom, claim: Claim, request: decks.LeaveDeck) -> Done:
        leave = command.LeaveDeck(claim.who, request.placement_id)
        async with live.board.making.turn:
            for _ in range(TRIES):
                if await self._left(live, claim, leave):
                    break
            else:
                raise Refused("server.busy")
        await live.board.making.kept()
        return DONE

    async def _left(self, live: LiveRoom, claim: Claim, leave: command.LeaveDeck) -> bool:
        """Whether it is put away; not, when its pages changed while they were stored."""
        live.room.check(leave)
        board = live.room.board
        pages = pages_of(board, leave.placement_id)
        placement = _placed(live, leave.placement_id)
        await self._pages.keep(claim.seat.room_id, placement, pages)
        if pages_of(live.room.board, leave.placement_id) != pages:
            return False
        live.do(leave)
        return True

    async def _update(self, live: LiveRoom, claim: Claim, request: decks.UpdateDeck) -> Done:
        live.room.ground.must(claim.who, "may_lead_board")
        placement = _placed(live, request.placement_id)
        newest = await self._pages.newest(claim.seat, placement)
        if newest.placement.print_id != placement.print_id:
            live.do(command.UpdateDeck(claim.who, newest.placement, newest.pages))
            await live.board.making.kept()
        return DONE

    async def _list(
        self, live: LiveRoom, claim: Claim, request: decks.ListPlacements
    ) -> decks.Placements:
        live.room.ground.must(claim.who, "may_lead_board")
        kept = await self._pages.kept(claim.seat.room_id, request.deck_id)
        here = {one.id for one in live.room.board.placements}
        away = [one for one in kept if one.placement.id not in here]
        return decks.Placements(
            [
                decks.PutAway(
                    id=one.placement.id,
                    begun_at=one.placement.begun_at,
                    left_at=iso(one.left_at),
                    slides=len({page.slide for page in one.pages}),
                )
                for one in away
            ]
        )


def _placed(live: LiveRoom, placement_id: str) -> Placement:
    """The deck on the stage; Refused `deck.unknown`."""
    for one in live.room.board.placements:
        if one.id == placement_id:
            return one
    raise Refused("deck.unknown")
