"""Digits that are mailed to a client, and what they open: this browser is known from then on.

Letters with digits go to the address that was written down, whoever asks for them.
"""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.http.body import read_body
from classroom.http.book_told import Booked
from classroom.http.booked import booked
from classroom.http.confirming import confirm_by_link, confirm_now
from classroom.http.doors import Doors
from classroom.http.mine_bodies import Digits
from classroom.http.mine_door import at_booking, at_letter
from classroom.http.mine_told import MineTold, mine_now
from classroom.http.proving import mail_digits, prove, remember
from classroom.http.told import tells

_DIGITS = ("client.code", "client.code_old", "rate.limited")


def mine_code_routes(doors: Doors) -> Blueprint:
    """`code`, `known` and `confirm` below `/api/mine/bookings/<booking_id>`."""
    routes = Blueprint("mine_codes", __name__)

    @routes.post("/api/mine/bookings/<booking_id>/code")
    @tells(None, by="browser", status=202, refuses=("booking.unknown", "rate.limited"))
    async def code(booking_id: str) -> Response:
        """Mail six digits to the client, good for 10 minutes and five tries."""
        scene = (await at_booking(doors, booking_id)).scene
        await mail_digits(doors, scene)
        return Response(b"", status=202)

    @routes.post("/api/mine/bookings/<booking_id>/known")
    @tells(MineTold, by="browser", body=Digits, refuses=("booking.unknown", *_DIGITS))
    async def known(booking_id: str) -> Response:
        """Type the digits: this browser is known as the client from now on."""
        scene = (await at_booking(doors, booking_id)).scene
        body = await read_body(Digits)
        client = await prove(doors, scene.client.id, body.digits)
        response = jsonify(await mine_now(doors, booking_id))
        await remember(doors, response, client)
        return response

    @routes.post("/api/mine/bookings/<booking_id>/confirm")
    @tells(
        Booked,
        by="browser",
        body=Digits,
        refuses=("booking.unknown", "booking.over", *_DIGITS),
    )
    async def confirm(booking_id: str) -> Response:
        """Confirm a booking with the digits of the letter, or with its link (`X-Booking`)."""
        body = await read_body(Digits)
        scene, by_link = await at_letter(doors, booking_id)
        if by_link:
            return await confirm_by_link(doors, scene)
        client = await prove(doors, scene.client.id, body.digits)
        await confirm_now(doors, scene)
        response = jsonify(await booked(doors, booking_id, is_known=True))
        await remember(doors, response, client)
        return response

    return routes
