"""The links that carry a right: they give it to this browser and go on to the room.

The right is gone from the address bar with that.
"""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.http.asker import asker_here
from classroom.http.at_door import room_at_door
from classroom.http.doors import Doors
from classroom.http.enrolled import (
    forget_enrolled,
    note_coming,
    read_link,
    remember_enrolled,
)
from classroom.http.told import tells
from classroom.http.visitor import TOKEN_MAX, remember_host
from classroom.people.links import enrolment_of_token, read_host_token
from classroom.store.rooms import room_by_id

OLD_LINK = "/old-link"
FRESH = "#own"
"""To our page: a seat that this tab had as somebody else is not theirs now."""
NOT_TAKEN = "#other"
"""To our page: whoever teaches, or is enrolled, is not made somebody else by a link they press."""


def entering_routes(doors: Doors) -> Blueprint:
    """`/enter/...`, and being somebody else in this browser."""
    routes = Blueprint("entering", __name__)

    @routes.get("/enter/<token>")
    async def enter(token: str) -> Response:
        """A host's link, or that of somebody enrolled."""
        if enrolment_of_token(token[:TOKEN_MAX]) is not None:
            return await _enter_enrolled(doors, token[:TOKEN_MAX])
        room_id = read_host_token(doors.secret, token[:TOKEN_MAX])
        room = None if room_id is None else await room_by_id(room_id)
        if room is None:
            return _onward("/")
        response = _onward(f"/r/{room.code}")
        remember_host(doors, response, room.id, token)
        forget_enrolled(response, room.id)  # else they were a student again when it runs out
        return response

    @routes.delete("/api/rooms/by-code/<code>/enrolled")
    @tells(None, by="browser", status=204, refuses=("room.unknown", "rate.limited"))
    async def be_a_guest(code: str) -> Response:
        """Forget in this browser who opened their own link to the room."""
        room = await room_at_door(doors, code)
        response = Response(b"", status=204)
        forget_enrolled(response, room.id)
        return response

    return routes


async def _enter_enrolled(doors: Doors, token: str) -> Response:
    """Who was removed is told so at the room's door. No link can be guessed."""
    found = await read_link(doors, token)
    room = None if found.named is None else await room_by_id(found.named.room_id)
    if room is None or found.named is None:
        return _onward(OLD_LINK)
    asker = await asker_here(doors, room)
    is_somebody_else = asker.enrolment is not None and asker.enrolment.id != found.named.id
    if asker.role == "host" or is_somebody_else:
        return _onward(f"/r/{room.code}{NOT_TAKEN}")
    response = _onward(f"/r/{room.code}{FRESH}")
    remember_enrolled(doors, response, room.id, token)
    if found.enrolment is not None:
        await note_coming(doors, found.enrolment)
    return response


def _onward(to: str) -> Response:
    return Response(b"", status=303, headers={"Location": to})
