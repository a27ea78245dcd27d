"""A room of the person who is signed in. Somebody else's room does not exist here."""

from __future__ import annotations

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.visitor import this_visitor
from classroom.ids import RoomId, may_be_id
from classroom.store.rooms import RoomRow, room_by_id


async def own_room(doors: Doors, room_id: str) -> RoomRow:
    """The room, for its owner; Refused `session.required`, `room.unknown`."""
    account = (await this_visitor(doors)).must_be_signed_in()
    room = await room_by_id(RoomId(room_id)) if may_be_id(room_id) else None
    if room is None or room.owner_id != account.id:
        raise Refused("room.unknown")
    return room
