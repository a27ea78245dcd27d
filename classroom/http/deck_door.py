"""The two doors to decks: an account's library, and a seat of staff in a class.

Both have the same routes; a door says who asks, as whom they look, and where what they send goes.
"""

from __future__ import annotations

from dataclasses import dataclass

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.shown_seat import leads_class, seat_key, seat_of
from classroom.http.told import By
from classroom.http.visitor import this_visitor
from classroom.people.throttle import Throttle
from classroom.store.deck_placing import reader_in
from classroom.store.decks import Reader, owner_of
from classroom.store.rooms import room_by_id


@dataclass(frozen=True, slots=True)
class DeckAsker:
    """`owner` is whose library they have, "" for none; `into` where goes what they send; `sender`
    who they are while pieces come, and the key of their limits."""

    owner: str
    into: str
    sender: str
    name: str
    room_id: str = ""

    @property
    def reader(self) -> Reader:
        """What they may see."""
        return Reader(self.owner, self.room_id)

    def must_own(self) -> str:
        """The library they may change; Refused `right.missing` without one."""
        if not self.owner:
            raise Refused("right.missing", {"right": "own"})
        return self.owner


class DeckDoor:
    """`prefix` stands before the addresses, `name` before the names of blueprints, `refuses` are
    the codes everybody may hear here."""

    def __init__(self, doors: Doors, by: By) -> None:
        is_seat = by == "seat"
        self.by: By = by
        self.prefix = "/api/rooms/by-code/<code>" if is_seat else "/api"
        self.name = "class_" if is_seat else ""
        self.refuses = ("rate.limited", *(("room.not_joined", "right.missing") if is_seat else ()))
        self._doors = doors

    async def asker(self, code: str, throttle: Throttle) -> DeckAsker:
        """Who asks, one try of the throttle later. Refused `session.required`; by seat
        `room.not_joined`, `right.missing` for who does not lead the class now."""
        asker = await (self._by_seat(code) if self.by == "seat" else self._by_account())
        spend(throttle, asker.sender)
        return asker

    async def _by_account(self) -> DeckAsker:
        account = (await this_visitor(self._doors)).must_be_signed_in()
        return DeckAsker(account.id, account.id, account.id, account.name)

    async def _by_seat(self, code: str) -> DeckAsker:
        doors = self._doors
        seat = seat_of(doors, code)
        if not doors.live.is_inside(seat.room_id, seat.participant_id):
            raise Refused("room.not_joined")
        if not leads_class(doors, seat):
            raise Refused("right.missing", {"right": "may_lead_board"})
        room = await room_by_id(seat.room_id)
        if room is None:
            raise Refused("room.not_joined")
        own = reader_in(room, seat.account_id).owner
        into = own or owner_of(room.owner_id, room.id)
        return DeckAsker(own, into, seat_key(seat), seat.name, room.id)
