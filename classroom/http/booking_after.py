"""What the desk does after a talk: it sums up, and shows the rating or not."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.desk_asked import ShownBody, SummaryBody
from classroom.http.desk_booking_door import at_desk, changed
from classroom.http.desk_bookings_told import DeskBookingWhole
from classroom.http.doors import Doors
from classroom.http.talk_files import talk_file
from classroom.http.told import tells
from classroom.store.ratings import show_rating
from classroom.store.summaries import send_summary

_ONE = ("booking.unknown", "right.missing")


def booking_after_routes(doors: Doors) -> Blueprint:
    """`PATCH` and `summary` below `/api/bookings/<booking_id>`."""
    routes = Blueprint("booking_after", __name__)

    @routes.patch("/api/bookings/<booking_id>")
    @tells(DeskBookingWhole, by="account", body=ShownBody, refuses=_ONE)
    async def show(booking_id: str) -> Response:
        """Show a rating on the public page, or not; it is seen when the client allows it too."""
        mine, _ = await at_desk(doors, booking_id, "booking.change")
        body = await read_body(ShownBody)
        await show_rating(booking_id, is_shown=body.is_shown, by=mine.by, at=utc_now())
        return await changed(doors, mine, booking_id)

    @routes.post("/api/bookings/<booking_id>/summary")
    @tells(DeskBookingWhole, by="account", body=SummaryBody, refuses=(*_ONE, "file.unknown"))
    async def summary(booking_id: str) -> Response:
        """Send the client a summary, and files of the class by their ids."""
        mine, scene = await at_desk(doors, booking_id, "summary.write")
        body = await read_body(SummaryBody)
        files = [await talk_file(scene, one.id) for one in body.files]
        await send_summary(
            doors.appointments.letters,
            booking_id,
            body.text.strip(),
            [{"id": one.id, "name": one.name, "bytes": one.bytes} for one in files],
            by=mine.by,
            at=utc_now(),
        )
        return await changed(doors, mine, booking_id)

    return routes
