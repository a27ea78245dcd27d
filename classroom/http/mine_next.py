"""Free times like those of a booking, for the next one."""

from __future__ import annotations

from quart import Blueprint, Response, jsonify

from classroom.booking.zone import DAY_S
from classroom.clock import utc_now
from classroom.errors import Refused
from classroom.http.book_free import free_told
from classroom.http.book_told import FreeTimes
from classroom.http.doors import Doors
from classroom.http.mine_door import KNOWN, at_booking
from classroom.http.told import tells

NEXT_DAYS = 62


def add_next(doors: Doors, routes: Blueprint) -> None:
    """What can be booked again."""

    @routes.get("/api/mine/bookings/<booking_id>/next")
    @tells(FreeTimes, by="anybody", refuses=(*KNOWN, "offer.unknown"))
    async def following(booking_id: str) -> Response:
        """Tell free times like this one, for the next appointment: 62 days from now on."""
        scene = (await at_booking(doors, booking_id)).must_be_known()
        if scene.offer is None or not scene.offer.is_on or scene.host.removed_at is not None:
            raise Refused("offer.unknown")
        now_s = int(utc_now().timestamp())
        window = (now_s, now_s + NEXT_DAYS * DAY_S)
        return jsonify(await free_told(scene.host, scene.offer, window))
