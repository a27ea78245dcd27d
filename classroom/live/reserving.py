"""Keeps the board in line with the pages the room reserves, and tells everybody of their own.

After each change it compares; nothing is done while nothing is reserved. It decides nothing: who
may see which page is the room's word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from classroom.ids import ParticipantId
from classroom.live.board.live_board import LiveBoard
from classroom.room.policy import is_staff
from classroom.room.reserve import Reserve
from classroom.room.room import Room
from classroom.wire.reserved import BoardReserved, Reserved
from classroom.wire.reserved_form import NOTHING, reserved_form


class Reserving:
    """Of one room. Invariant: `_told` is what each participant knows who knows of any page."""

    def __init__(
        self, room: Room, board: LiveBoard, tell: Callable[[ParticipantId, Any], None]
    ) -> None:
        self._room = room
        self._board = board
        self._tell = tell
        self._reserve = Reserve()
        self._seen: object = None
        self._told: dict[ParticipantId, Reserved] = {}

    def settle(self) -> None:
        """To be called whenever something may have changed in the room."""
        reserve = self._room.reserve()
        if reserve != self._reserve:
            self._reserve = reserve
            self._board.on_reserve(reserve.pens(), reserve.unnamed())
        if not reserve.pages and not self._told:
            return
        seen = self._what_is_seen(reserve)
        if seen != self._seen:
            self._seen = seen
            self._tell_all(reserve)

    def _what_is_seen(self, reserve: Reserve) -> object:
        """Equal as long as nobody has to be told anything."""
        people = self._room.participants.values()
        pages = tuple(page for page in self._room.board.pages if page.belongs_to)
        return reserve, pages, frozenset((who.id, is_staff(who.role)) for who in people)

    def _tell_all(self, reserve: Reserve) -> None:
        told: dict[ParticipantId, Reserved] = {}
        for who in self._room.participants.values():
            form = reserved_form(reserve, self._room.board, who)
            if form != self._told.get(who.id, NOTHING):
                self._tell(who.id, BoardReserved(form.pages, form.own, form.shown))
            if form != NOTHING:
                told[who.id] = form
        self._told = told
