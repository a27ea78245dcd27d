"""What is answered when something was booked or confirmed."""

from __future__ import annotations

from typing import Any

from quart import Response, jsonify

from classroom.clock import iso, utc_now
from classroom.http.book_free import naming_next
from classroom.http.book_told import Booked
from classroom.http.doors import Doors
from classroom.http.known_client import remember_clients
from classroom.http.mine_told import mine_told, token_of
from classroom.http.sent import sent
from classroom.ids import new_id
from classroom.store.booking_asked import Take, scene_of
from classroom.store.booking_making import CONFIRM_WITHIN
from classroom.store.booking_rows import HostRow, OfferRow


async def booked(doors: Doors, booking_id: str, *, is_known: bool) -> dict[str, Any]:
    """With the token and, for who is known as the client, the booking; neither before it was
    confirmed, because whoever asks may have typed the address of somebody else."""
    scene = await scene_of(booking_id)
    booking = scene.booking
    is_open = booking.state != "unconfirmed"
    told = Booked(
        id=booking.id,
        state=booking.state,
        token=token_of(doors, scene) if is_open else "",
        until=None if booking.hold_until is None else iso(booking.hold_until),
        booking=None,
    )
    whole = sent(mine_told(doors, scene)) if is_open and is_known else None
    return {name: getattr(told, name) for name in Booked.__slots__} | {"booking": whole}


async def taken(doors: Doors, ask: Take, host: HostRow, offer: OfferRow) -> Response:
    """Book, and tell what came of it; a refusal names the next free times."""
    async with naming_next(host, offer, ask.start_s):
        taking = await doors.appointments.bookings.book(ask, at=utc_now())
    doors.appointments.wake("post")
    is_known = taking.is_known and taking.booking.state != "unconfirmed"
    response = jsonify(await booked(doors, taking.booking.id, is_known=is_known))
    if is_known:
        remember_clients(doors, response, [taking.client])
    response.status_code = 201
    return response


def booked_by_program() -> Response:
    """The same for whoever is no person: nothing was stored."""
    until = iso(utc_now() + CONFIRM_WITHIN)
    told = Booked(new_id(), "unconfirmed", "", until, None)
    response = jsonify(told)
    response.status_code = 201
    return response
