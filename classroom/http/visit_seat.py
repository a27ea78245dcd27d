"""The seat of a client who was let in, given to the browser they wait in."""

from __future__ import annotations

from collections.abc import Callable

from quart import Response

from classroom.errors import Refused
from classroom.http.doors import Doors
from classroom.http.enrolled import remember_enrolled
from classroom.http.known_client import remember_clients
from classroom.http.visit_key import Here
from classroom.people.links import enrolment_token
from classroom.store.clients_found import find_client
from classroom.store.enrolments import find_enrolment
from classroom.store.rooms import RoomRow, room_by_id


async def give_seat(doors: Doors, here: Here, answer: Callable[[RoomRow], Response]) -> Response:
    """The answer, with which the browser is the client's in that room; Refused `visit.unknown`
    when the room is gone."""
    visit = here.visit
    seat = await find_enrolment(visit.enrolment_id)
    room = None if seat is None else await room_by_id(seat.room_id)
    if seat is None or room is None:
        raise Refused("visit.unknown")
    response = answer(room)
    await _know_visitor(doors, response, here)
    remember_enrolled(doors, response, room.id, enrolment_token(doors.secret, seat.ticket))
    return response


async def _know_visitor(doors: Doors, response: Response, here: Here) -> None:
    """Whoever came without an appointment, and is a new client with that, is known as such from
    now on; who gave the address of another client is not."""
    visit = here.visit
    if visit.planned_s is None and visit.is_known and here.is_known:
        client = await find_client(visit.client_id)
        if client is not None:
            remember_clients(doors, response, [client])
