"""A new booking from a public page, and what is answered when a program filled the form in.

Then nothing is stored, and the answer is that of a booking which has to be confirmed by mail:
whoever tries learns nothing, and takes nobody's time.
"""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.http.body import read_body
from classroom.http.book_ask import asked_of
from classroom.http.book_free import TAKING
from classroom.http.book_told import Booked, NewBooking
from classroom.http.booked import booked_by_program, taken
from classroom.http.doors import Doors
from classroom.http.public_place import public_host, public_offer
from classroom.http.spending import spend_here
from classroom.http.told import tells

_REFUSES = (
    *TAKING,
    "booking.many",
    "booking.intake",
    "booking.zone",
    "host.unknown",
    "offer.unknown",
    "name.empty",
    "name.long",
    "account.invalid_email",
    "rate.limited",
)


def book_new_routes(doors: Doors) -> Blueprint:
    """`/api/book/<org>/<host>/bookings`."""
    routes = Blueprint("book_new", __name__)

    @routes.post("/api/book/<org>/<host>/bookings")
    @tells(Booked, by="browser", status=201, body=NewBooking, refuses=_REFUSES)
    async def book(org: str, host: str) -> Response:
        """Book a free time. The same `once` again is the same booking.

        A refusal because the time is gone names the next free ones in `next`.
        """
        spend_here(doors.limits.book_new)
        body = await read_body(NewBooking)
        place, found = await public_host(org, host)
        offer = await public_offer(found, body.offer_id)
        ask = await asked_of(doors, body, place, found, offer)
        return booked_by_program() if ask is None else await taken(doors, ask, found, offer)

    return routes
