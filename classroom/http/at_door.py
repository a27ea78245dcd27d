"""The room somebody stands in front of, by the code they have."""

from __future__ import annotations

from quart import request

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.limits import spend
from classroom.http.visitor import asking_address
from classroom.ids import read_room_code
from classroom.people.address import address_key
from classroom.store.rooms import RoomRow, room_by_code


async def room_at_door(doors: Doors, code: str) -> RoomRow:
    """The room; wrong codes are counted, so that nobody can try them all.

    A try is paid for before the answer is known: who has used theirs up learns nothing any more,
    not even of a code that is right.
    """
    tries, key = doors.limits.wrong_code, address_key(request.remote_addr)
    spend(tries, key)
    spelled = read_room_code(code)
    room = None if spelled is None else await room_by_code(spelled)
    if room is None:
        raise Refused("room.unknown")
    tries.give_back(key)
    return room


async def room_of_seat(doors: Doors, code: str) -> RoomRow:
    """The same for whoever asks for a seat, which is paid for as well."""
    spend(doors.limits.seat, asking_address())
    return await room_at_door(doors, code)
