"""The boards of all live rooms together: who may come to which, and their common end."""

from __future__ import annotations

import asyncio

from classroom.live.board.door import BoardDoor
from classroom.live.board.live_board import LiveBoard
from classroom.live.board.tickets import Tickets
from classroom.live.board_port import DeckDrawer
from classroom.live.board_requests import BoardRequests
from classroom.live.decks_requests import DeckRequests
from classroom.live.hub import Claim, Hub
from classroom.live.ports import Clocks
from classroom.people.author import author_of
from classroom.room.policy import is_staff
from whiteboard.ids import AuthorId
from whiteboard.visitor import Visitor

PATH = "/ws/board"


class Boards:
    """A ticket is given over signalling to a claim, and is worth something while that claim holds
    its seat in the room."""

    def __init__(self, hub: Hub, public_url: str, clocks: Clocks, decks: DeckDrawer) -> None:
        self._hub = hub
        self._monotonic = monotonic = clocks.monotonic
        self._tickets: Tickets[Claim] = Tickets()
        self.answers = {
            **BoardRequests(self._tickets, monotonic).answers(),
            **DeckRequests(decks, clocks.utc_now).answers(),
        }
        self.door = BoardDoor(self._admit, public_url)

    async def stop(self) -> None:
        """Store what was drawn and close every connection; a second or so."""
        self.door.close()
        await asyncio.gather(*(live.board.stop() for live in list(self._hub.rooms.values())))

    def _admit(self, ticket: str) -> tuple[LiveBoard, Visitor] | None:
        claim = self._tickets.take(ticket, now=self._monotonic())
        if claim is None or claim.live is None or not self._hub.is_held(claim):
            return None
        live, seat = claim.live, claim.seat
        who = live.room.participants.get(claim.who)
        if who is None or live.board.is_closing:
            return None
        author = AuthorId(author_of(seat.room_id, seat.account_id, who.id))
        return live.board, Visitor(who.id, who.name, author, who.pen, is_staff(who.role))
