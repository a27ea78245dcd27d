"""A booking made at the desk, for a client who is known already or new."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.book_free import TAKING, naming_next
from classroom.http.book_told import read_at
from classroom.http.desk_asked import DeskBooking
from classroom.http.desk_booking_door import changed, made_by
from classroom.http.desk_bookings_told import DeskBookingWhole
from classroom.http.desk_door import desk_of_host
from classroom.http.doors import Doors
from classroom.http.told import tells
from classroom.store.booking_asked import Take
from classroom.store.offers import offered

_NAMES = ("name.empty", "name.long", "account.invalid_email", "booking.zone")
_PACKAGES = ("voucher.unknown", "voucher.used", "voucher.old", "voucher.offer")


def booking_on_behalf_routes(doors: Doors) -> Blueprint:
    """`POST /api/bookings`."""
    routes = Blueprint("booking_on_behalf", __name__)

    @routes.post("/api/bookings")
    @tells(
        DeskBookingWhole,
        by="account",
        status=201,
        body=DeskBooking,
        refuses=(
            *TAKING,
            *_NAMES,
            *_PACKAGES,
            "booking.intake",
            "client.unknown",
            "client.erased",
            "host.unknown",
            "offer.unknown",
            "right.missing",
        ),
    )
    async def create() -> Response:
        """Book on behalf of a client, who is known already or new."""
        body = await read_body(DeskBooking)
        mine = await desk_of_host(doors, body.host_id, "booking.change")
        given = await body.given(mine)
        host, offer = await offered(body.host_id, body.offer_id)
        start_s = read_at(body.at)
        ask = Take(
            host_id=host.id,
            offer_id=offer.id,
            start_s=start_s,
            client=given,
            by=mine.by,
            intake=body.answers(offer),
            once=body.once,
            made_by=made_by(mine, host.id),
            anyway=body.anyway,
            body={"tell": body.tell, "credit": body.credit_id},
        )
        async with naming_next(host, offer, start_s):
            made = await doors.appointments.bookings.take(ask, at=utc_now())
        response = await changed(doors, mine, made.id)
        response.status_code = 201
        return response

    return routes
