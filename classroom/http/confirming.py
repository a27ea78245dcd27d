"""A booking confirmed by whoever got its letter."""

from __future__ import annotations

from quart import Response, jsonify

from classroom.clock import utc_now
from classroom.http.booked import booked
from classroom.http.doors import Doors
from classroom.http.known_client import is_known_as, remember_clients
from classroom.http.mine_door import by_client
from classroom.store.booking_asked import Scene
from classroom.store.client_codes import has_only, mark_proved


async def confirm_by_link(doors: Doors, scene: Scene) -> Response:
    """The link of the letter was opened, so the letter arrived: nobody else was told that link
    before the booking counted. Once it counts, its link proves nothing any more."""
    booking_id, client = scene.booking.id, scene.client
    if scene.booking.state != "unconfirmed":
        is_known = await is_known_as(doors, client.id)
        return jsonify(await booked(doors, booking_id, is_known=is_known))
    client = await mark_proved(client.id)
    await confirm_now(doors, scene)
    # A link does not show a person; who has only this booking has nothing else to be seen.
    is_known = await has_only(client.id, booking_id)
    response = jsonify(await booked(doors, booking_id, is_known=is_known))
    if is_known:
        remember_clients(doors, response, [client])
    return response


async def confirm_now(doors: Doors, scene: Scene) -> None:
    """It counts from now on, or is to be paid first."""
    bookings = doors.appointments.bookings
    await bookings.turn(scene.booking.id, "confirm", by=by_client(scene), at=utc_now())
    doors.appointments.wake("post")
