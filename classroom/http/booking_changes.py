"""Bookings changed at the desk: moved, cancelled, held, missed, corrected."""

from __future__ import annotations

from quart import Blueprint, Response

from classroom.booking.states import Deed as Turn
from classroom.clock import utc_now
from classroom.http.body import read_body
from classroom.http.book_free import TAKING, naming_next_move
from classroom.http.book_told import read_at
from classroom.http.desk_asked import DeskCancel, DeskMove, Missed
from classroom.http.desk_booking_door import at_desk, changed
from classroom.http.desk_bookings_told import DeskBookingWhole
from classroom.http.doors import Doors
from classroom.http.told import tells

_ONE = ("booking.unknown", "right.missing")
_ENDED = (*_ONE, "booking.over", "booking.unbegun")


def booking_change_routes(doors: Doors) -> Blueprint:
    """What is done with one booking below `/api/bookings/<booking_id>`."""
    routes = Blueprint("booking_changes", __name__)

    @routes.post("/api/bookings/<booking_id>/move")
    @tells(
        DeskBookingWhole,
        by="account",
        body=DeskMove,
        refuses=(
            *_ONE,
            *TAKING,
            "booking.moved",
            "booking.begun",
            "booking.over",
            "host.unknown",
        ),
    )
    async def move(booking_id: str) -> Response:
        """Move a booking; the terms of the client do not count here."""
        mine, scene = await at_desk(doors, booking_id, "booking.change")
        body = await read_body(DeskMove)
        start_s = read_at(body.at)
        async with naming_next_move(scene, start_s):
            await doors.appointments.bookings.shift(
                booking_id,
                start_s,
                revision=body.revision,
                by=mine.by,
                at=utc_now(),
                anyway=body.anyway,
            )
        return await changed(doors, mine, booking_id)

    _add_cancel(doors, routes)
    _add_ends(doors, routes)
    return routes


def _add_cancel(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/bookings/<booking_id>/cancel")
    @tells(
        DeskBookingWhole,
        by="account",
        body=DeskCancel,
        refuses=(*_ONE, "booking.begun", "booking.over"),
    )
    async def cancel(booking_id: str) -> Response:
        """Cancel a booking; twice is once. `refund` needs the right to give money back."""
        mine, scene = await at_desk(doors, booking_id, "booking.change")
        body = await read_body(DeskCancel)
        more: dict[str, object] = {"tell": body.tell}
        if body.refund is not None:
            mine.must("money.refund", scene.host.id)
            more["refund"] = body.refund
        await doors.appointments.bookings.drop(
            booking_id, by=mine.by, why=body.why.strip(), at=utc_now(), body=more
        )
        return await changed(doors, mine, booking_id)


def _add_ends(doors: Doors, routes: Blueprint) -> None:
    @routes.post("/api/bookings/<booking_id>/held")
    @tells(DeskBookingWhole, by="account", refuses=_ENDED)
    async def held(booking_id: str) -> Response:
        """It was held."""
        return await _turn(doors, booking_id, "held", {})

    @routes.post("/api/bookings/<booking_id>/missed")
    @tells(DeskBookingWhole, by="account", body=Missed, refuses=_ENDED)
    async def missed(booking_id: str) -> Response:
        """Somebody did not come: the client, or the host."""
        body = await read_body(Missed)
        return await _turn(doors, booking_id, "missed", {"who": body.who, "tell": body.tell})

    @routes.post("/api/bookings/<booking_id>/correct")
    @tells(DeskBookingWhole, by="account", refuses=_ENDED)
    async def correct(booking_id: str) -> Response:
        """Held for missed and the other way round, within 30 days."""
        return await _turn(doors, booking_id, "correct", {})


async def _turn(doors: Doors, booking_id: str, deed: Turn, body: dict[str, object]) -> Response:
    mine, _ = await at_desk(doors, booking_id, "booking.change")
    await doors.appointments.bookings.turn(booking_id, deed, by=mine.by, at=utc_now(), body=body)
    return await changed(doors, mine, booking_id)
